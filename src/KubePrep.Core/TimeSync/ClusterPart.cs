using System.Net;

namespace KubePrep.TimeSync;

/// <summary>A node's part where the cluster keeps its own time.</summary>
/// <param name="IsServer">Whether others follow it.</param>
/// <param name="Servers">The servers it follows: all, but for itself.</param>
/// <param name="Others">Every other node of the run; they may ask it, if it is a server.</param>
internal sealed record ClusterPart(bool IsServer, IReadOnlyList<IPAddress> Servers, IReadOnlyList<IPAddress> Others);
