using System.Globalization;

namespace KubePrep.Lab.Tests;

/// <summary>What only a machine with its own kernel can show: swap, modules, kernel parameters and the journal, before and after a reboot.</summary>
[Collection(typeof(SharedMachines))]
public sealed class MachinePreparationTests(Lab lab, SharedMachine shared)
{
    private static readonly string[] Parameters =
    [
        "net.ipv4.ip_forward", "net.bridge.bridge-nf-call-iptables", "net.bridge.bridge-nf-call-ip6tables", "vm.overcommit_memory",
        "vm.panic_on_oom", "kernel.panic", "kernel.panic_on_oops", "kernel.keys.root_maxkeys", "kernel.keys.root_maxbytes",
    ];

    [Fact]
    public void A_machine_is_prepared_for_now_and_for_the_next_boot()
    {
        using var machines = lab.StartMachines(1);
        var machine = machines[0];
        using var controller = new Controller(machine);
        string[] node = [$"root@{machine.Address}"];
        MakeSwapUnit(machine);
        machine.Must("printf 'vm.panic_on_oom = 1\\n' >/etc/sysctl.conf && ln -sf ../sysctl.conf /etc/sysctl.d/99-sysctl.conf");
        var complaints = machine.Run("findmnt --verify").Output;

        var prepared = controller.Prepare(node, "--skip-step", "Packages").Expect(0).Output;

        Assert.Matches(@"Changed +Changed +Changed +Changed +Changed", prepared);
        AssertReady(machine);
        Assert.Contains("\n#LABEL=kpswap", machine.ReadFile("/etc/fstab"), StringComparison.Ordinal);
        Assert.Matches(@"(?m)^tmpfs\s+/srv/noswap", machine.ReadFile("/etc/fstab"));
        Assert.True(machine.Run("findmnt --verify").Output.Length <= complaints.Length, "fstab verifies no worse than before");
        Assert.Contains("LABEL=kpswap", machine.ReadFile("/var/backups/kubeprep/etc/fstab"), StringComparison.Ordinal);

        machine.Reboot();

        AssertReady(machine);
        Assert.Contains("Compliant", controller.Check(node, "--skip-step", "Packages").Expect(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_journal_stays_under_its_limit()
    {
        var machine = shared.In(lab);
        using var controller = new Controller(machine);
        var profile = Path.Join(controller.Home, "small.yaml");
        File.WriteAllText(profile, "journal: {Storage: persistent, SystemMaxUse: 16M, SystemMaxFileSize: 4M}\n");

        controller.Prepare([$"root@{machine.Address}"], "--profile", profile, "--step", "Journal").Expect(0);

        // long lines, so that neither the number of messages nor compression keeps the journal small
        machine.Must("head -c 25165824 /dev/urandom | base64 --wrap 32000 | systemd-cat && journalctl --sync");
        var usage = machine.Must("journalctl --disk-usage");
        var megabytes = usage.Split(' ').First(word => word.EndsWith('M'))[..^1];
        Assert.InRange(double.Parse(megabytes, CultureInfo.InvariantCulture), 1, 16);
    }

    /// <summary>Swap that no row of fstab names.</summary>
    private static void MakeSwapUnit(Machine machine) => machine.Must(
        """
        dd if=/dev/zero of=/srv/extra bs=1M count=16 status=none && chmod 600 /srv/extra && mkswap -q /srv/extra
        printf '[Swap]\nWhat=/srv/extra\n[Install]\nWantedBy=swap.target\n' >/etc/systemd/system/srv-extra.swap
        systemctl daemon-reload && systemctl enable -q --now srv-extra.swap
        """);

    private static void AssertReady(Machine machine)
    {
        Assert.Equal("", machine.Must("swapon --show --noheadings"));
        var modules = machine.ReadFile("/proc/modules");
        Assert.All(["overlay ", "br_netfilter ", "nf_conntrack ", "nf_tables "], module => Assert.Contains(module, modules, StringComparison.Ordinal));
        Assert.Equal("1 1 1 1 0 10 1 1000000 25000000", machine.Must($"sysctl -n {string.Join(' ', Parameters)} | tr '\\n' ' '").Trim());
        Assert.True(int.Parse(machine.Must("sysctl -n vm.max_map_count"), CultureInfo.InvariantCulture) >= 262144);
        Assert.Equal("masked", machine.Run("systemctl is-enabled srv-extra.swap").Output.Trim());
    }
}
