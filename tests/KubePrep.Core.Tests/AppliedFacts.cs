using System.Globalization;
using KubePrep.Changes;
using KubePrep.Facts;

namespace KubePrep.Core.Tests;

/// <summary>What a probe would find on a node after changes were made to it.</summary>
internal static class AppliedFacts
{
    private static readonly Dictionary<string, string[]> SysctlsByModule = new()
    {
        ["br_netfilter"] = ["net.bridge.bridge-nf-call-iptables", "net.bridge.bridge-nf-call-ip6tables"],
        ["nf_conntrack"] = ["net.netfilter.nf_conntrack_max"],
    };

    public static NodeFacts Of(NodeFacts facts, IEnumerable<Change> changes) => changes.Aggregate(facts, Apply);

    private static NodeFacts Apply(NodeFacts facts, Change change)
    {
        switch (change.Action)
        {
            case ChangeAction.RepairPackages:
                return facts with
                {
                    IsDpkgInterrupted = false,
                    Packages = [.. facts.Packages.Select(p => p.IsBroken ? p with { Status = "ii" } : p)],
                };
            case ChangeAction.InstallPackage:
                return facts with
                {
                    Packages = [.. facts.Packages.Where(p => p.Name != change.Target), new PackageState(change.Target, "1", "ii")],
                };
            case ChangeAction.WriteFile:
                Assert.Equal(facts.Files[change.Target]?.Content.ToArray(), change.ExpectedContent?.ToArray());
                return facts with { Files = facts.Files.With(change.Target, change.Content) };
            case ChangeAction.CreateDirectory:
                return facts with { HasPersistentJournal = true };
            case ChangeAction.DisableSwap:
                return facts with { Swaps = [.. facts.Swaps.Where(swap => swap.Path != change.Target)] };
            case ChangeAction.MaskUnit:
                return facts with
                {
                    Units = [.. facts.Units.Select(u => u.Name == change.Target ? u with { LoadState = "masked", UnitFileState = "masked" } : u)],
                };
            case ChangeAction.LoadModule:
                return AppliedTime.ModuleLoaded(facts, change.Target) with
                {
                    LoadedModules = facts.LoadedModules.Append(change.Target).ToHashSet(),
                    Sysctls = facts.Sysctls
                        .Concat(SysctlsByModule.GetValueOrDefault(change.Target, []).Select(key => KeyValuePair.Create(key, "0")))
                        .DistinctBy(pair => pair.Key).ToDictionary(),
                };
            case ChangeAction.SetSysctl:
                Assert.True(facts.Sysctls.ContainsKey(change.Target), $"{change.Target} is not there yet");
                return facts with
                {
                    Sysctls = facts.Sysctls.ToDictionary(
                        pair => pair.Key,
                        pair => pair.Key == change.Target ? change.Value.Replace(' ', '\t') : pair.Value),
                };
            case ChangeAction.ReloadManager when change.Value.Length == 0:
                return AppliedTime.Reloaded(facts with { Units = [.. facts.Units.Where(unit => !IsGone(facts, unit))] });
            case ChangeAction.ReloadManager:
                return facts;
            case ChangeAction.RestartUnit:
                return AppliedTime.Restarted(facts, change.Target);
            case ChangeAction.ReplacePackage:
                return AppliedTime.Replaced(facts, change.Target, change.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries));
            case ChangeAction.EnableUnit:
                return AppliedTime.Enabled(facts, change.Target);
            case ChangeAction.DisableUnit:
                return AppliedTime.Disabled(facts, change.Target);
            case ChangeAction.DeleteFile:
                Assert.Equal(facts.Files[change.Target]?.Content.ToArray(), change.ExpectedContent?.ToArray());
                return AppliedTime.Deleted(facts, change.Target);
            case ChangeAction.SetClock:
                return AppliedTime.ClockSet(facts, double.Parse(change.Value, CultureInfo.InvariantCulture));
            case ChangeAction.SetHostName:
                return facts with { HostName = change.Value };
            default:
                throw new InvalidOperationException($"{change.Action} is unknown");
        }
    }

    /// <summary>Units of rows that are comments by now are not made again.</summary>
    private static bool IsGone(NodeFacts facts, UnitState unit) =>
        unit.FragmentPath.StartsWith("/run/systemd/generator/", StringComparison.Ordinal)
        && !unit.Name.Contains("zram", StringComparison.Ordinal)
        && facts.Files["/etc/fstab"] is { } table
        && new FileSystemTable(table.Content).SwapRows.Count == 0;
}
