using KubePrep.Facts;
using KubePrep.Inventory;

namespace KubePrep.Core.Tests;

/// <summary>What is made of the clock's part of a probe, as nodes have printed it.</summary>
public sealed class TimeFactsParserTests
{
    private const string Identity = "hostname n1\nkernel 6.1.0-50-cloud-amd64\n@files\n@end\n";

    [Fact]
    public void A_machine_with_chrony()
    {
        var time = Parse("""
            vendor QEMU
            clock-sources tsc hpet acpi_pm 
            capabilities 000001ffffffffff
            ptp-clock /dev/ptp0 KVM virtual PTP
            ptp-clock /dev/ptp1 mlx5_ptp
            ptp-link /dev/ptp0 /dev/ptp_kvm
            chronyd packaged
            @time-processes
            chronyd 0000000002000400 chrony.service /usr/sbin/chronyd -F 1 
            chronyd 0000000002000400 chrony.service /usr/sbin/chronyd -F 1 
            ntpd 0000000000000000 ntpsec.service /usr/sbin/ntpd
            @end
            @chrony-tracking
            0A4DFA5A,10.77.250.90,11,1795380972.946478993,0.250031430,-0.000043242,0.000043242,0.000,-27.402,1000000.000,0.001513506,0.947295189,2.1,Normal
            @end
            @chrony-sources
            ^,*,10.77.250.90,10,6,17,5,0.000031318,-0.000011924,0.000762074
            @end
            """)!;

        Assert.True(time.CanSetClock);
        Assert.Equal("QEMU", time.Vendor);
        Assert.Equal(["tsc", "hpet", "acpi_pm"], time.ClockSources);
        Assert.Equal([new PtpClock("/dev/ptp0", "KVM virtual PTP", "/dev/ptp_kvm"), new PtpClock("/dev/ptp1", "mlx5_ptp", "")], time.PtpClocks);
        Assert.Equal([new TimeProcess("chronyd", "chrony.service", "/usr/sbin/chronyd -F 1")], time.Processes);
        Assert.Equal(ProgramOrigin.Packaged, time.Chronyd);
        Assert.Null(time.IsToolsSyncEnabled);
        var state = Assert.Single(time.Daemons);
        Assert.True(state.IsSynchronized);
        Assert.Equal("10.77.250.90", state.Selected!.Name);
        Assert.Equal(TimeSpan.FromMilliseconds(250), TimeSpan.FromMilliseconds(Math.Round(state.Correction!.Value.TotalMilliseconds)));
    }

    [Fact]
    public void A_container_and_a_machine_of_VMware()
    {
        Assert.False(Parse("capabilities 000001fffdfeffff\n@time-processes\n@end\n")!.CanSetClock);
        var machine = Parse("chronyd absent\ntools-sync Enabled\n@time-processes\nsystemd-timesyn 0000000002000000 systemd-timesyncd.service /lib/systemd/systemd-timesyncd \nchronyd 0000000002000000 - chronyd -x\n@end\n@timesync\n@end\n")!;
        Assert.True(machine.IsToolsSyncEnabled);
        Assert.Equal(["systemd-timesyncd.service", ""], machine.Processes.Select(process => process.Unit));
        Assert.Equal([true, false], machine.Processes.Select(process => process.SetsClock));
        Assert.False(Assert.Single(machine.Daemons).IsSynchronized);
    }

    [Fact]
    public void Nothing_is_known_where_nothing_was_asked() => Assert.Null(Parse(""));

    [Theory]
    [InlineData("no", "12345", true)]
    [InlineData("no", "0", false)] // it was never started
    [InlineData("yes", "12345", false)]
    public void A_unit_that_a_condition_kept_from_starting_is_skipped(string condition, string timestamp, bool isSkipped)
    {
        var facts = FactsParser.Parse(new Node("n1"), Lines(
            $"{Identity}@units\nResult=success\nId=chrony.service\nLoadState=loaded\nActiveState=inactive\nStatusText=Idle.\nConditionResult={condition}\n"
            + $"ConditionTimestampMonotonic={timestamp}\n@end\n"));
        Assert.Equal((isSkipped, "success", "Idle."), (facts.Unit("chrony.service")!.IsSkipped, facts.Unit("chrony.service")!.Result, facts.Unit("chrony.service")!.StatusText));
    }

    private static TimeFacts? Parse(string reply) => FactsParser.Parse(new Node("n1"), Lines(Identity + reply)).Time;

    private static string[] Lines(string text) => text.Split('\n');
}
