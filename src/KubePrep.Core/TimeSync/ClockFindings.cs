namespace KubePrep.TimeSync;

/// <summary>What came of comparing a node's clock with those of the other nodes and of this machine.</summary>
/// <param name="OffsetFromMedian">How far it is ahead of the median of the other nodes' clocks; null if there is none.</param>
/// <param name="MedianErrorBound">By how much that can be wrong; null likewise.</param>
/// <param name="Warnings">What should be known, as sentences without a full stop.</param>
/// <param name="Faults">Differences beyond a limit that nodes do not bear, as sentences without a full stop.</param>
internal sealed record ClockFindings(
    TimeSpan? OffsetFromMedian, TimeSpan? MedianErrorBound, IReadOnlyList<string> Warnings, IReadOnlyList<string> Faults);
