using System.Net;

namespace KubePrep.HostsFile;

/// <summary>What a row of a hosts file says.</summary>
/// <param name="Address">The address.</param>
/// <param name="Names">The names that stand for it, the canonical one first; at least one.</param>
public sealed record HostsEntry(IPAddress Address, IReadOnlyList<string> Names)
{
    /// <summary>The row: the address and its names, with a blank between them.</summary>
    public override string ToString() => $"{Address} {string.Join(' ', Names)}";
}
