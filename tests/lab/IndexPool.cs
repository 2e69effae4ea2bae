namespace KubePrep.Lab.Tests;

/// <summary>Gives every test indices of its own, so that tests may run beside each other.</summary>
internal sealed class IndexPool(int first)
{
    private readonly Lock _access = new();
    private readonly SortedSet<int> _taken = [];

    public IReadOnlyList<int> Take(int count)
    {
        lock (_access)
        {
            int[] free = [.. Enumerable.Range(first, _taken.Count + count).Where(index => !_taken.Contains(index)).Take(count)];
            _taken.UnionWith(free);
            return free;
        }
    }

    public void Return(IEnumerable<int> indices)
    {
        lock (_access)
        {
            _taken.ExceptWith(indices);
        }
    }
}
