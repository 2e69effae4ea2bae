using System.Text;
using KubePrep.Changes;
using KubePrep.Facts;
using KubePrep.Inventory;
using KubePrep.Preparation;

namespace KubePrep.Core.Tests;

/// <summary>Facts of a node that nothing was done to yet, and what to make of them.</summary>
internal static class SampleNode
{
    public const string SysctlFile = "/etc/sysctl.d/99-zz-kubeprep.conf";
    public const string JournalFile = "/etc/systemd/journald.conf.d/95-kubeprep.conf";
    public const string LimitsFile = "/etc/systemd/system.conf.d/95-kubeprep.conf";
    public const string ModulesFile = "/etc/modules-load.d/kubeprep.conf";
    public const string BlockFile = "/etc/modprobe.d/kubeprep.conf";
    public const string Table = "/etc/fstab";

    /// <summary>A Debian 12 with a kernel of its own.</summary>
    public static NodeFacts Debian { get; } = new()
    {
        Node = new Node("n1"),
        HostName = "n1",
        Release = new DebianRelease("debian", "12", "Debian GNU/Linux 12 (bookworm)", ""),
        Kernel = "6.1.0-39-amd64",
        Architecture = "x86_64",
        IsRoot = true,
        HasSystemd = true,
        CgroupVersion = 2,
        CgroupControllers = ["cpuset", "cpu", "io", "memory", "hugetlb", "pids", "rdma"],
        ProcessorCount = 2,
        MemoryBytes = 2L << 30,
        AvailableMemoryBytes = 1L << 30,
        MachineId = "0123456789abcdef0123456789abcdef",
        Files = new NodeFileCollection(),
    };

    /// <summary>The same in a container.</summary>
    public static NodeFacts Container { get; } = Debian with { Container = "systemd-nspawn" };

    /// <summary>A profile that wants nothing.</summary>
    public static PreparationProfile Nothing { get; } = new() { Name = "test", Swap = SwapPolicy.Keep };

    public static NodeFile File(string path, string content) => new(path, Encoding.UTF8.GetBytes(content));

    /// <summary>The node with one more file.</summary>
    public static NodeFacts WithFile(this NodeFacts facts, string path, string content) =>
        facts with { Files = facts.Files.With(path, Encoding.UTF8.GetBytes(content)) };

    /// <summary>The node after changes.</summary>
    public static NodeFacts After(this NodeFacts facts, StepPlan plan) => AppliedFacts.Of(facts, plan.Changes);

    /// <summary>What a step has to do.</summary>
    public static StepPlan Plan(
        StepName step, NodeFacts facts, PreparationProfile profile, bool setHostName = false, params StepName[] skipped) =>
        PreparationPlanner
            .Plan(new PlanContext(facts, profile, setHostName), PreparationPlanner.StepNames.Except(skipped).ToHashSet())
            .Single(planned => planned.Name == step).Plan ?? throw new InvalidOperationException($"{step} is not wanted");

    /// <summary>The changes, a line each: what is done to what.</summary>
    public static string[] Actions(this StepPlan plan) =>
        [.. plan.Changes.Select(c => c.Value == c.Target ? $"{c.Action} {c.Target}" : $"{c.Action} {c.Target} {c.Value}".TrimEnd())];

    /// <summary>The content that a plan gives a file.</summary>
    public static string Written(this StepPlan plan, string path) =>
        Encoding.UTF8.GetString(plan.Changes.Single(c => c.Action == ChangeAction.WriteFile && c.Target == path).Content.Span);

    /// <summary>Expects a plan that leaves the node alone, and finds no fault with it.</summary>
    public static void AssertNothing(this StepPlan plan)
    {
        Assert.Empty(plan.Actions());
        Assert.Empty(plan.Faults);
        Assert.Empty(plan.HostOwned);
    }

    public static UnitState Unit(
        string name, string active = "inactive", string file = "enabled", string fragment = "", string what = "") =>
        new(name, "loaded", active, file, fragment, what);
}
