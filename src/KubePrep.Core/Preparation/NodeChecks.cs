using System.Globalization;
using KubePrep.Facts;
using KubePrep.Inventory;

namespace KubePrep.Preparation;

/// <summary>
/// What a node should be that no step can change. The limits and names are those of kubeadm's preflight checks
/// (<c>cmd/kubeadm/app/preflight</c>) and of kubernetes/system-validators.
/// </summary>
internal static class NodeChecks
{
    private const int MinimumProcessors = 2;
    private const int MinimumMemory = 1700;

    private static readonly Version MinimumKernel = new(5, 10);
    private static readonly Version MinimumKernelForNftables = new(5, 13);

    /// <summary>The controllers kubelet needs; <c>devices</c> and <c>freezer</c> are part of every version 2 hierarchy, and never listed.</summary>
    private static readonly string[] NeededControllers = ["cpu", "cpuset", "memory", "pids"];

    private static readonly string[] FirewallUnits = ["ufw.service", "firewalld.service"];

    /// <summary>What is found, as sentences without a full stop that begin with the check's name in brackets.</summary>
    /// <param name="facts">The node.</param>
    /// <param name="profile">What it should be, for one proxy mode.</param>
    public static IReadOnlyList<string> Warnings(NodeFacts facts, PreparationProfile profile) =>
        [.. System(facts), .. Kernel(facts, profile.ProxyMode), .. Resources(facts), .. Firewalls(facts), .. Mode(profile.ProxyMode)];

    private static IEnumerable<string> System(NodeFacts facts)
    {
        if (!facts.Release.IsTested)
        {
            var release = PlainText.Printable(facts.Release.PrettyName);
            yield return $"[SystemVerification] {release} is none of the releases that KubePrep is tested for";
        }

        if (facts.CgroupVersion != 2)
        {
            yield return facts.CgroupVersion == 1
                ? "[SystemVerification] cgroups are version 1, with which the kubelet does not start since 1.35 (KEP-5573)"
                : "[SystemVerification] no cgroup hierarchy is mounted";
        }
        else if (NeededControllers.Except(facts.CgroupControllers).ToList() is { Count: > 0 } missing)
        {
            yield return $"[SystemVerification] missing cgroup controllers: {string.Join(", ", missing)}";
        }
    }

    private static IEnumerable<string> Kernel(NodeFacts facts, ProxyMode mode)
    {
        if (VersionOf(facts.Kernel) is not { } version)
        {
            yield break;
        }

        var kernel = PlainText.Printable(facts.Kernel);
        if (version < MinimumKernel)
        {
            yield return $"[SystemVerification] the kernel {kernel} is older than {MinimumKernel}";
        }
        else if (version < MinimumKernelForNftables && mode == ProxyMode.Nftables)
        {
            yield return $"[SystemVerification] the kernel {kernel} is older than {MinimumKernelForNftables}, "
                + "which the proxy mode nftables needs";
        }
    }

    private static IEnumerable<string> Resources(NodeFacts facts)
    {
        if (!facts.Node.Role.HasFlag(NodeRole.ControlPlane))
        {
            yield break;
        }

        if (facts.ProcessorCount < MinimumProcessors)
        {
            yield return $"[NumCPU] the number of available CPUs, {facts.ProcessorCount}, is less than the required {MinimumProcessors}";
        }

        var memory = facts.MemoryBytes >> 20;
        if (memory < MinimumMemory)
        {
            yield return $"[Mem] the system RAM, {memory} MB, is less than the minimum {MinimumMemory} MB";
        }
    }

    private static IEnumerable<string> Firewalls(NodeFacts facts)
    {
        var ports = facts.Node.Role.HasFlag(NodeRole.ControlPlane) ? "6443 and 10250" : "10250";
        return FirewallUnits
            .Where(unit => facts.Unit(unit) is { IsActive: true })
            .Select(unit => $"[Firewalld] {unit} is active; make sure that it lets in the ports {ports} and what the pod network needs");
    }

    private static IEnumerable<string> Mode(ProxyMode mode) => mode == ProxyMode.Ipvs
        ? ["[ProxyMode] Kubernetes deprecates the proxy mode ipvs since 1.35 (KEP-5495); nftables takes its place"]
        : [];

    /// <summary>The first two numbers of a kernel's release; null if they cannot be read.</summary>
    private static Version? VersionOf(string release)
    {
        var parts = release.Split('.', '-', '+');
        return parts.Length > 1
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var major)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var minor)
            ? new Version(major, minor)
            : null;
    }
}
