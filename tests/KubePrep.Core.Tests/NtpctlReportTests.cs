using KubePrep.Facts;

namespace KubePrep.Core.Tests;

/// <summary>The reports are made from the format in the source of OpenNTPD's ntpctl, and not recorded.</summary>
public sealed class NtpctlReportTests
{
    [Fact]
    public void Reads_peers_and_sensors()
    {
        var state = NtpctlReport.Parse(TimeReports.Ntpctl);
        Assert.NotNull(state);
        Assert.Equal(("ntpd", true, "", 3, "C0000207"), (state.Process, state.IsSynchronized, state.Leap, state.Stratum, state.ReferenceId));
        Assert.Equal(
            [
                new TimeSource("192.0.2.7") { IsSelected = true, Stratum = 2, Reach = 1 },
                new TimeSource("2001:db8::7") { Stratum = 1, Reach = 1 },
                new TimeSource("pool.example.net"),
                new TimeSource("vmt0") { IsReferenceClock = true },
            ],
            state.Sources);
    }

    [Fact]
    public void Is_not_synchronized()
    {
        var state = NtpctlReport.Parse(
        [
            "0/1 peers valid, constraints configured but none available, clock unsynced, clock offset is -90000.123ms", "", "peer",
            "   wt tl st  next  poll          offset       delay      jitter", "192.0.2.7 ",
            "    1  2  -    2s   15s             ---- peer not valid ----",
        ]);
        Assert.NotNull(state);
        Assert.Equal((false, "Not synchronised", null, ""), (state.IsSynchronized, state.Leap, state.Stratum, state.ReferenceId));
        Assert.Equal(new TimeSource("192.0.2.7"), Assert.Single(state.Sources));
    }

    [Fact]
    public void Has_no_peers()
    {
        var state = NtpctlReport.Parse(["no peers and no sensors configured", "clock unsynced", "no peers configured", "no sensors configured"]);
        Assert.True(state is { IsSynchronized: false, Sources: [] });
    }

    [Theory]
    [InlineData("ntpctl: connect: /var/run/openntpd/ntpd.sock: No such file or directory")]
    [InlineData("")]
    public void No_report_is_none(string line) => Assert.Null(NtpctlReport.Parse([line]));

    [Fact]
    public void Whatever_is_said_is_read() => TimeReports.AssertNothingThrows((first, _) => NtpctlReport.Parse(first), TimeReports.Ntpctl);
}
