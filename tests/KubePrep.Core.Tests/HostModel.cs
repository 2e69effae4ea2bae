using FsCheck;
using FsCheck.Fluent;

namespace KubePrep.Core.Tests;

/// <summary>A host of a made-up inventory.</summary>
/// <param name="Address">0 if it has none, 1 for IPv4, 2 for IPv6.</param>
/// <param name="Port">The port divided by 22; -1 for none, 0 for a variable that no node needs.</param>
/// <param name="User">The user, or empty.</param>
/// <param name="Ip">Which addresses in the cluster it has: IPv4, IPv6, a bit each.</param>
/// <param name="Groups">The groups it is in, a bit each.</param>
internal sealed record HostModel(int Address, int Port, string User, int Ip, int Groups)
{
    public static Gen<HostModel> Any { get; } =
        from address in Gen.Choose(0, 2)
        from port in Gen.Choose(-1, 2)
        from user in Gen.Elements("", "me", "a user", "o'x", "x#y", "é", "12", "true", "0x1f", "null", "a\\b", "\"q\"", "a: b", "- a", "*x")
        from ip in Gen.Choose(0, 3)
        from groups in Gen.Choose(0, 63)
        select new HostModel(address, port, user, ip, groups);
}
