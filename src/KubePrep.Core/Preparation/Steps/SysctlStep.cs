using System.Net;
using System.Net.Sockets;
using KubePrep.Changes;
using KubePrep.Facts;

namespace KubePrep.Preparation.Steps;

/// <summary>
/// Sets kernel parameters now and at boot (sysctl.d(5)), by a file whose name sorts after the usual ones. In a container only parameters of
/// the network that can be written are the node's own.
/// </summary>
internal sealed class SysctlStep : IPreparationStep
{
    private const string Path = "/etc/sysctl.d/99-zz-kubeprep.conf";

    /// <summary>The modules that bring parameters with them.</summary>
    private static readonly (string Prefix, string Module)[] ModulesByPrefix =
    [
        ("net.bridge.", "br_netfilter"),
        ("net.netfilter.nf_conntrack_", "nf_conntrack"),
        ("net.nf_conntrack_max", "nf_conntrack"),
        ("net.ipv4.vs.", "ip_vs"),
    ];

    /// <inheritdoc/>
    public StepName Name => StepName.Sysctl;

    /// <inheritdoc/>
    public bool IsWanted(PlanContext context) => Settings(context).Any();

    /// <inheritdoc/>
    public StepPlan Plan(PlanContext context)
    {
        var facts = context.Facts;
        var others = SysctlConfiguration.Read(facts.Files.Without(Path));
        var (own, faults, hostOwned) = (new List<(SysctlSetting Setting, string Value)>(), new List<string>(), new List<string>());
        foreach (var setting in Settings(context))
        {
            var live = facts.Sysctls.GetValueOrDefault(setting.Key);
            if (facts.IsContainer && !IsOwnInContainer(facts, setting.Key))
            {
                var value = Wanted(setting, live, atBoot: null);
                if (live is null ? !setting.IsOptional : SysctlValue.Normalized(live) != value)
                {
                    hostOwned.Add(live is null ? $"The kernel parameter {setting.Key} is not there"
                        : $"The kernel parameter {setting.Key} is '{Shown(live)}' and not '{value}'");
                }
            }
            else if (live is not null || IsComing(context, setting.Key))
            {
                own.Add((setting, Wanted(setting, live, others[setting.Key]?.Value)));
            }
            else if (!setting.IsOptional)
            {
                faults.Add(MissingFault(context, setting.Key));
            }
        }

        var changes = new List<Change>();
        if (FileChange(facts, own) is { } file)
        {
            changes.Add(file);
        }

        foreach (var (setting, value) in own)
        {
            var live = facts.Sysctls.GetValueOrDefault(setting.Key);
            if (live is not null && SysctlValue.Normalized(live) == value)
            {
                continue;
            }

            if (facts.ReadOnlySysctls.Contains(setting.Key))
            {
                faults.Add($"The kernel parameter {setting.Key} is '{Shown(live ?? "")}' and not '{value}', and cannot be written");
                continue;
            }

            changes.Add(new Change
            {
                Step = Name,
                Action = ChangeAction.SetSysctl,
                Target = setting.Key,
                Value = value,
                Reason = live is null ? "it comes with a module that is loaded first" : setting.IsMinimum ? "it is too low" : "it differs",
                Diff = UnifiedDiff.OfValue(live is null ? null : SysctlValue.Normalized(live), value),
            });
        }

        return new StepPlan { Changes = changes, Faults = [.. faults, .. OverrideFaults(facts, own)], HostOwned = hostOwned };
    }

    private static IEnumerable<SysctlSetting> Settings(PlanContext context)
    {
        var hasIPv6 = context.Facts.Node.IPAddress.Any(
            text => IPAddress.TryParse(text, out var address) && address.AddressFamily == AddressFamily.InterNetworkV6);
        return context.Profile.Sysctl.Where(setting => hasIPv6 || !setting.IsForIPv6);
    }

    /// <summary>The value to set: of a minimum the highest there is, now or by another file at boot.</summary>
    private static string Wanted(SysctlSetting setting, string? live, string? atBoot)
    {
        var value = SysctlValue.Normalized(setting.Value);
        return !setting.IsMinimum ? value
            : new[] { live, atBoot }.Aggregate(value, (highest, other) => other is null ? highest : SysctlValue.Highest(other, highest));
    }

    private static bool IsOwnInContainer(NodeFacts facts, string key) =>
        key.StartsWith("net.", StringComparison.Ordinal) && facts.Sysctls.ContainsKey(key) && !facts.ReadOnlySysctls.Contains(key);

    private static string? ModuleOf(string key) =>
        ModulesByPrefix.FirstOrDefault(entry => key.StartsWith(entry.Prefix, StringComparison.Ordinal)).Module;

    /// <summary>Whether a module brings the parameter, and the step before this one loads it.</summary>
    private static bool IsComing(PlanContext context, string key) =>
        ModuleOf(key) is { } module
        && context.Steps.Contains(StepName.KernelModules)
        && context.Profile.KernelModules.Any(wanted => KernelModule.Canonical(wanted) == module)
        && !IsThere(context.Facts, module)
        && context.Facts.LoadableModules.Contains(module);

    private static bool IsThere(NodeFacts facts, string module) =>
        facts.LoadedModules.Contains(module) || facts.BuiltInModules.Contains(module);

    private static string MissingFault(PlanContext context, string key) =>
        ModuleOf(key) is { } module && !IsThere(context.Facts, module)
            ? $"The kernel {context.Facts.Kernel} has no parameter {key}, as its module {module} is not loaded"
            : $"The kernel {context.Facts.Kernel} has no parameter {key}";

    private Change? FileChange(NodeFacts facts, List<(SysctlSetting Setting, string Value)> own)
    {
        var content = Render(own);
        if (ManagedFile.IsWritten(facts, Path, content) || (own.Count == 0 && facts.Files[Path] is null))
        {
            return null;
        }

        var now = SysctlConfiguration.Read(facts.Files);
        var differing = own.Where(entry => !IsAtBoot(now, entry.Setting.Key, entry.Value)).Select(entry => entry.Setting.Key).ToList();
        var reason = differing.Count > 0 ? $"{string.Join(", ", differing)} would not be set at boot" : "it is not as KubePrep writes it";
        return ManagedFile.Write(Name, facts, Path, content, reason);
    }

    private static byte[] Render(IEnumerable<(SysctlSetting Setting, string Value)> own) =>
        ManagedFile.Render(own.Select(entry => $"{entry.Setting.Key} = {entry.Value}"));

    private static IEnumerable<string> OverrideFaults(NodeFacts facts, List<(SysctlSetting Setting, string Value)> own)
    {
        var after = SysctlConfiguration.Read(facts.Files.With(Path, Render(own)));
        return
        [
            .. own.Where(entry => !IsAtBoot(after, entry.Setting.Key, entry.Value)).Select(entry => after[entry.Setting.Key] switch
            {
                { Value: { } value } winner =>
                    $"{Shown(winner.Location)} sets {entry.Setting.Key} to '{Shown(value)}', "
                        + $"and is read after {Path}, which sets it to '{entry.Value}'",
                { } winner => $"{Shown(winner.Location)} keeps {entry.Setting.Key} from being set at boot, and is read after {Path}",
                null => $"{Path} would not set {entry.Setting.Key}",
            }),
        ];
    }

    private static bool IsAtBoot(SysctlConfiguration configuration, string key, string value) =>
        configuration[key]?.Value is { } set && SysctlValue.Normalized(set) == value;

    private static string Shown(string text) => PlainText.Printable(SysctlValue.Normalized(text));
}
