using KubePrep.Facts;

namespace KubePrep.TimeSync;

/// <summary>The packages of time daemons, of which Debian lets no two be installed at a time.</summary>
internal static class TimePackages
{
    /// <summary>That of chronyd(8).</summary>
    public const string Chrony = "chrony";

    /// <summary>That of systemd-timesyncd(8).</summary>
    public const string Timesyncd = "systemd-timesyncd";

    /// <summary>Those that chrony conflicts with.</summary>
    private static readonly string[] Others = [.. ProbeRequest.TimePackages.Where(name => name != Chrony)];

    /// <summary>The package of a kind of daemon.</summary>
    public static string Of(TimeDaemonKind kind) => kind switch
    {
        TimeDaemonKind.Chrony => Chrony,
        TimeDaemonKind.Timesyncd => Timesyncd,
        TimeDaemonKind.Ntpsec => "ntpsec",
        TimeDaemonKind.Ntp => "ntp",
        _ => "openntpd",
    };

    /// <summary>Whether a package is installed.</summary>
    public static bool IsInstalled(NodeFacts facts, string name) => StateOf(facts, name) is { IsInstalled: true };

    /// <summary>A package's state; null if dpkg does not know it.</summary>
    public static PackageState? StateOf(NodeFacts facts, string name) => facts.Packages.FirstOrDefault(package => package.Name == name);

    /// <summary>The packages that would have to give way to chrony.</summary>
    public static IReadOnlyList<PackageState> InTheWayOfChrony(NodeFacts facts) =>
        [.. Others.Select(name => StateOf(facts, name)).OfType<PackageState>().Where(package => package.IsInstalled || package.IsBroken)];
}
