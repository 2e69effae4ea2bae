namespace KubePrep.Bench.Deploy;

/// <summary>What one run took: time on the wall, and on all cores together where it was a process of its own.</summary>
internal readonly record struct Sample(TimeSpan Wall, TimeSpan Cpu = default);
