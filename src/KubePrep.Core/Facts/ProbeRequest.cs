using System.Text.RegularExpressions;
using KubePrep.Connections;

namespace KubePrep.Facts;

/// <summary>What a probe looks for besides what it always does.</summary>
/// <param name="Packages">Packages, by name.</param>
/// <param name="KernelModules">Kernel modules, by name.</param>
/// <param name="SysctlKeys">Kernel parameters, by key with dots.</param>
internal sealed record ProbeRequest(IReadOnlyList<string> Packages, IReadOnlyList<string> KernelModules, IReadOnlyList<string> SysctlKeys)
{
    private const string AllParts =
        "identity system memory control_groups interfaces routes kernel_modules kernel_parameters packages services configuration_files "
        + "cloud_init run_in_progress";

    private const string TimeParts = "clock time_daemons";

    private const string TimeUnits = "chrony.service chronyd.service systemd-timesyncd.service ntpsec.service ntp.service ntpd.service openntpd.service ";

    private const string OtherUnits =
        "rsyslog.service syslog-ng.service systemd-journald.service ufw.service firewalld.service "
        + "*.swap systemd-zram-setup@*.service zramswap.service zram-config.service";

    /// <summary>A probe of no more than what a node is called, where it is found, and what its hosts file holds.</summary>
    public static ProbeRequest OfHostsFile { get; } = new([], [], []) { Parts = "identity routes hosts_files cloud_init run_in_progress" };

    /// <summary>A probe of no more than what keeps the clock, or could.</summary>
    public static ProbeRequest OfTime { get; } = new([], [], [])
    {
        Parts = "identity system routes kernel_modules packages services time_configuration run_in_progress",
        Units = TimeUnits,
        AsksTime = true,
    };

    /// <summary>Packages that keep the time, of which one excludes the others.</summary>
    public static IReadOnlyList<string> TimePackages { get; } = ["chrony", "systemd-timesyncd", "ntpsec", "ntp", "openntpd"];

    /// <summary>The module of KVM's clock for its guests.</summary>
    public const string PtpModule = "ptp_kvm";

    /// <summary>Whether the clock is asked about, and what keeps it.</summary>
    public bool AsksTime { get; init; }

    /// <summary>The parts of <c>probe.sh</c> that are run.</summary>
    private string Parts { get; init; } = AllParts;

    /// <summary>The units that are asked about.</summary>
    private string Units { get; init; } = TimeUnits + OtherUnits;

    /// <summary>The script for a node's shell.</summary>
    public string ToScript() => Variables() + (AsksTime ? ShellText.Script("probe-time.sh") : "") + ShellText.Script("probe.sh");

    /// <summary>An extended regular expression for any of the words; for none of them, one that nothing matches.</summary>
    private static string Alternatives(IEnumerable<string> words) => string.Join('|', words.DefaultIfEmpty(" "));

    private string Variables() => ShellText.Assign(
        ("parts", AsksTime ? $"{Parts} {TimeParts}" : Parts),
        ("packages", Alternatives(Packages.Concat(TimePackages).Select(Regex.Escape))),
        ("modules", Alternatives(KernelModules.Append(PtpModule).Select(module => Regex.Replace(Regex.Escape(module), "[-_]", "[-_]")))),
        ("units", Units),
        ("sysctls", string.Join(' ', SysctlKeys.Select(SysctlKey.ToPath).DefaultIfEmpty("kernel/ostype"))));
}
