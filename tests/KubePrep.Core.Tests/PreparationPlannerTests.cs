using FsCheck;
using FsCheck.Fluent;
using KubePrep.Changes;
using KubePrep.Facts;
using KubePrep.Inventory;
using KubePrep.Preparation;

namespace KubePrep.Core.Tests;

public sealed class PreparationPlannerTests
{
    private static readonly StepName[] AllSteps = [.. PreparationPlanner.StepNames];
    private static readonly string[] Modules = ["overlay", "br_netfilter", "nf_conntrack", "sctp"];

    private static readonly string[] Keys =
    [
        "net.ipv4.ip_forward", "fs.inotify.max_user_watches", "net.bridge.bridge-nf-call-iptables", "net.netfilter.nf_conntrack_max",
        "kernel.panic",
    ];

    private static readonly PreparationProfile Profile = new()
    {
        Name = "test",
        Packages = ["socat", "conntrack"],
        Journal = new Dictionary<string, string> { ["Storage"] = "persistent", ["SystemMaxUse"] = "2G", ["ForwardToSyslog"] = "no" },
        KernelModules = ["overlay", "br_netfilter", "nf_conntrack"],
        BlockedModules = ["sctp"],
        Sysctl =
        [
            new("net.ipv4.ip_forward", "1"), new("fs.inotify.max_user_watches", "524288") { IsMinimum = true },
            new("net.bridge.bridge-nf-call-iptables", "1"), new("net.netfilter.nf_conntrack_max", "1048576") { IsOptional = true },
            new("kernel.panic", "10"),
        ],
        Limits = new Dictionary<string, string> { ["DefaultLimitNOFILE"] = "100000" },
    };

    private static Gen<NodeFile> ConfigurationFile { get; } = Gen.OneOf(
        from name in Gen.Elements("50-x", "99-sysctl", "99-zz-kubeprep", "99-zzz")
        from key in Gen.Elements([.. Keys, "-kernel.panic", "*.panic"])
        from value in Gen.Elements("0", "1", "10", "600000")
        select SampleNode.File($"/etc/sysctl.d/{name}.conf", $"{key} = {value}\n"),
        from name in Gen.Elements("journald.conf", "journald.conf.d/50-x.conf", "journald.conf.d/95-kubeprep.conf", "journald.conf.d/99-x.conf")
        from setting in Gen.Elements("Storage=persistent", "Storage=volatile", "SystemMaxUse=2048M", "")
        select SampleNode.File($"/etc/systemd/{name}", $"[Journal]\n{setting}\n"),
        from name in Gen.Elements("kubeprep", "modules")
        from module in Gen.Elements(Modules)
        select SampleNode.File($"/etc/modules-load.d/{name}.conf", module),
        from rows in Gen
            .Elements("/dev/vda2 none swap sw 0 0\n", "UUID=1 none swap\n", "#UUID=1 none swap\n", "tmpfs /swap tmpfs swap 0 0")
            .ListOf(2)
        select SampleNode.File(SampleNode.Table, string.Concat(rows)),
        from name in Gen.Elements("n1", "n2", "# n1")
        select SampleNode.File("/etc/hostname", name));

    private static Gen<UnitState> Unit { get; } = Gen.Elements(
        SampleNode.Unit("dev-vda2.swap", "active", "generated", "/run/systemd/generator/dev-vda2.swap", "/dev/vda2"),
        SampleNode.Unit("dev-vda3.swap", "active", "generated", "/run/systemd/generator.late/dev-vda3.swap", "/dev/vda3"),
        SampleNode.Unit("dev-zram0.swap", "active", "generated", "/run/systemd/generator/dev-zram0.swap", "/dev/zram0"),
        SampleNode.Unit("zramswap.service", "inactive", "enabled", "/lib/systemd/system/zramswap.service"),
        SampleNode.Unit("rsyslog.service", "active", "enabled", "/lib/systemd/system/rsyslog.service"));

    private static Gen<NodeFacts> Node { get; } =
        from container in Gen.Elements("none", "none", "none", "lxc")
        from hasSystemd in Gen.Elements(true, true, false)
        from hasJournal in Gen.Elements(true, false)
        from fileCount in Gen.Choose(0, 6)
        from files in ConfigurationFile.ListOf(fileCount)
        from unitCount in Gen.Choose(0, 3)
        from units in Unit.ListOf(unitCount)
        from loaded in Gen.SubListOf(Modules)
        from builtIn in Gen.SubListOf(Modules)
        from loadable in Gen.Frequency((2, Gen.Constant(Modules.ToList())), (1, Gen.SubListOf(Modules).Select(list => list.ToList())))
        from keys in Gen.SubListOf(Keys)
        from readOnly in Gen.Frequency((3, Gen.Constant(new List<string>())), (1, Gen.SubListOf(Keys).Select(list => list.ToList())))
        from values in Gen.Elements("0", "1", "10", "600000", "1\t2").ListOf(Keys.Length)
        from packages in Gen.SubListOf(
            new PackageState("socat", "1", "ii"),
            new PackageState("conntrack", "1", "iF"),
            new PackageState("vim", "1", "iU"),
            new PackageState("socat", "", "hn"))
        from used in Gen.Elements(0L, 1 << 20, 2L << 30)
        from swaps in Gen.SubListOf(new SwapDevice("/dev/vda2", 4L << 30, used), new SwapDevice("/dev/zram0", 1L << 30, 0))
        select SampleNode.Debian with
        {
            Node = new Node("10.0.0.1") { NodeName = "n2" },
            Container = container,
            HasSystemd = hasSystemd,
            HasPersistentJournal = hasJournal,
            Files = new NodeFileCollection(files),
            Units = [.. units.DistinctBy(unit => unit.Name)],
            LoadedModules = loaded.ToHashSet(),
            BuiltInModules = builtIn.ToHashSet(),
            LoadableModules = loadable.ToHashSet(),
            Sysctls = keys.Select((key, i) => KeyValuePair.Create(key, values[i])).ToDictionary(),
            ReadOnlySysctls = readOnly.Intersect(keys).ToHashSet(),
            Packages = [.. packages],
            Swaps = [.. swaps],
        };

    [Fact]
    public void Steps_come_in_the_order_in_which_they_are_carried_out() => Assert.Equal(
        AllSteps, PreparationPlanner.Plan(new PlanContext(SampleNode.Debian, Profile, true), AllSteps.ToHashSet()).Select(step => step.Name));

    [Fact]
    public void Only_steps_that_are_asked_for_and_that_the_profile_is_about_have_plans()
    {
        var wanted = new HashSet<StepName> { StepName.Packages, StepName.Hostname };
        var plan = PreparationPlanner.Plan(new PlanContext(SampleNode.Debian, Profile, SetHostName: false), wanted);
        Assert.Equal([StepName.Packages], plan.Where(step => step.Plan is not null).Select(step => step.Name));
        Assert.Equal(
            [StepName.Swap],
            PreparationPlanner.Plan(new PlanContext(SampleNode.Debian, new PreparationProfile { Name = "empty" }, false), AllSteps.ToHashSet())
                .Where(step => step.Plan is not null).Select(step => step.Name));
    }

    [Fact]
    public void A_second_run_has_nothing_to_do_but_to_repeat_what_is_in_its_way() => Property.Holds(
        from facts in Node
        from skipped in Gen.Frequency((3, Gen.Constant(new List<StepName>())), (1, Gen.SubListOf(AllSteps).Select(list => list.ToList())))
        select (facts, skipped),
        given =>
        {
            var steps = AllSteps.Except(given.skipped).ToHashSet();
            var first = PreparationPlanner.Plan(new PlanContext(given.facts, Profile, true), steps);
            var after = first.Aggregate(given.facts, (facts, step) => step.Plan is null ? facts : facts.After(step.Plan));
            var second = PreparationPlanner.Plan(new PlanContext(after, Profile, true), steps);
            Assert.Empty(second.SelectMany(step => step.Plan?.Actions() ?? []));
            foreach (var (before, now) in first.Zip(second))
            {
                Assert.Equal(before.Plan?.Faults ?? [], now.Plan?.Faults ?? []);
                Assert.Equal(before.Plan?.HostOwned ?? [], now.Plan?.HostOwned ?? []);
            }
        },
        cases: 500);

    [Fact]
    public void Every_change_can_be_carried_out_and_says_why() => Property.Holds(
        Node,
        facts =>
        {
            var plan = PreparationPlanner.Plan(new PlanContext(facts, Profile, true), AllSteps.ToHashSet());
            var changes = plan.SelectMany(step => step.Plan?.Changes ?? []).ToList();
            Assert.All(changes, change =>
            {
                Assert.NotEmpty(change.Target);
                Assert.NotEmpty(change.Reason);
                Assert.False(change.Reason.EndsWith('.'));
                Assert.Equal(change.Action is ChangeAction.WriteFile or ChangeAction.SetSysctl or ChangeAction.SetHostName, change.Diff.Length > 0);
            });
            Assert.Equal(changes.Count, changes.DistinctBy(change => (change.Step, change.Action, change.Target)).Count());
        },
        cases: 300);
}
