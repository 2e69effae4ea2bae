namespace KubePrep.Lab.Tests;

/// <summary>A machine has a kernel of its own, and keeps through a reboot what was done to it.</summary>
[Collection(typeof(SharedMachines))]
public sealed class MachineTests(Lab lab, SharedMachine shared)
{
    [Fact]
    public void A_machine_owns_its_swap_modules_and_sysctls_and_reboots_with_what_was_written()
    {
        var machine = shared.In(lab);
        Assert.Equal("none\n", machine.Run("systemd-detect-virt --container").Output);
        Assert.Equal("256M", machine.Must("swapon --show=SIZE --noheadings").Trim());
        machine.Must("modprobe br_netfilter && sysctl --write net.bridge.bridge-nf-call-iptables=1 vm.overcommit_memory=1");
        var before = machine.TakeManifest();
        machine.WriteFile("/etc/modules-load.d/test.conf", "overlay\n");
        Assert.Equal(["/etc/modules-load.d/test.conf"], machine.TakeManifest().ChangesSince(before));

        machine.Reboot();

        Assert.Contains("overlay", machine.ReadFile("/proc/modules"), StringComparison.Ordinal);
        Assert.DoesNotContain("br_netfilter", machine.ReadFile("/proc/modules"), StringComparison.Ordinal);
        machine.Must("apt-get update && apt-get install --yes conntrack");
    }
}
