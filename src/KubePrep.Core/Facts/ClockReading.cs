namespace KubePrep.Facts;

/// <summary>A node's clock, compared with that of this machine over the open connection.</summary>
/// <param name="Offset">How far the node's clock is ahead; negative if it is behind.</param>
/// <param name="ErrorBound">
/// Half of the shortest round trip: the true offset differs from <paramref name="Offset"/> by no more, wherever in the round trip the
/// node read its clock.
/// </param>
/// <param name="IsKernelSynchronized">
/// Whether the node's kernel says that something disciplines its clock (adjtimex(2), with a maximum error below 16 s, as timedatectl(1)
/// has it); in a container it is the host's. Null if it does not tell.
/// </param>
public sealed record ClockReading(TimeSpan Offset, TimeSpan ErrorBound, bool? IsKernelSynchronized);
