namespace KubePrep.Bench.Deploy;

/// <summary>One contender's samples, in the order of the rounds.</summary>
internal sealed class Series(IReadOnlyList<Sample> samples)
{
    public int Count => samples.Count;

    public TimeSpan Median => MedianOf(samples.Select(s => s.Wall));

    public TimeSpan MedianCpu => MedianOf(samples.Select(s => s.Cpu));

    public TimeSpan Sum => SumOf(Enumerable.Range(0, Count));

    public TimeSpan SumOf(IEnumerable<int> rounds) => rounds.Aggregate(TimeSpan.Zero, (sum, round) => sum + samples[round].Wall);

    private static TimeSpan MedianOf(IEnumerable<TimeSpan> times)
    {
        var sorted = times.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
