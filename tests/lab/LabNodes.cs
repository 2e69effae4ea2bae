using System.Collections;
using System.Globalization;

namespace KubePrep.Lab.Tests;

/// <summary>Nodes that one test or class has for itself until it disposes of them.</summary>
internal sealed class LabNodes<T> : IReadOnlyList<T>, IDisposable
    where T : LabNode
{
    private readonly LabScript _script;
    private readonly IndexPool _pool;
    private readonly IReadOnlyList<int> _indices;
    private readonly List<T> _nodes;

    public LabNodes(LabScript script, IndexPool pool, int count, Func<string[], T> describe)
    {
        _script = script;
        _pool = pool;
        _indices = pool.Take(count);
        try
        {
            _nodes = [.. Reset().Select(describe)];
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public int Count => _nodes.Count;

    public T this[int index] => _nodes[index];

    /// <summary>Makes them all what they were at first, with the same names, addresses and host keys.</summary>
    public IEnumerable<string[]> Reset() =>
        _script.Run(["reset", .. Names]).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t'));

    public IEnumerator<T> GetEnumerator() => _nodes.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public void Dispose()
    {
        _script.Run(["down", .. Names]);
        _pool.Return(_indices);
    }

    private IEnumerable<string> Names => _indices.Select(index => index.ToString(CultureInfo.InvariantCulture));
}
