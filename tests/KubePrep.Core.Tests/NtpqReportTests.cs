using KubePrep.Facts;

namespace KubePrep.Core.Tests;

public sealed class NtpqReportTests
{
    private const string Rule = "==============================================================================";

    [Fact]
    public void Follows_nothing_right_after_the_start()
    {
        var state = NtpqReport.Parse(TimeReports.NtpsecVariables, TimeReports.NtpsecPeers);
        Assert.NotNull(state);
        Assert.Equal(("ntpd", false, "Not synchronised", null, "", null),
            (state.Process, state.IsSynchronized, state.Leap, state.Stratum, state.ReferenceId, state.Selected));
        Assert.Equal(
            [
                new TimeSource("10.77.250.90") { Stratum = 10, Reach = 1, ReferenceId = TimeDaemonState.LocalReference },
                new TimeSource("10.77.250.99"),
            ],
            state.Sources);
    }

    /// <summary>Recorded from NTPsec of Debian 12.</summary>
    [Fact]
    public void Follows_a_server_that_follows_its_own_clock()
    {
        var state = NtpqReport.Parse(
            ["leap=00, stratum=11, refid=10.99.0.2"],
            [
                TimeReports.NtpsecPeers[0], TimeReports.NtpsecPeers[1],
                "*10.99.0.2       127.127.1.1     10 u    4   16    1   0.5308   0.1021   0.3685",
                " 10.99.0.9       .INIT.          16 u    -   64    0   0.0000   0.0000   0.0010",
            ]);
        Assert.NotNull(state);
        Assert.Equal((true, "Normal", 11, "0A630002", false),
            (state.IsSynchronized, state.Leap, state.Stratum, state.ReferenceId, state.IsLocal));
        Assert.Equal(
            new TimeSource("10.99.0.2") { IsSelected = true, Stratum = 10, Reach = 1, ReferenceId = TimeDaemonState.LocalReference },
            state.Selected);
    }

    /// <summary>Recorded from NTPsec of Debian 12.</summary>
    [Fact]
    public void The_machines_own_clock_is_a_reference_clock_that_is_local() => Assert.Equal(
        new TimeSource("LOCAL(0)") { IsReferenceClock = true, Stratum = 10, Reach = 7, ReferenceId = TimeDaemonState.LocalReference },
        NtpqReport.Parse(TimeReports.NtpsecVariables,
            [Rule, " LOCAL(0)        .LOCL.          10 l    9   64    7   0.0000   0.0000   0.0000"])?.Sources.Single());

    /// <summary>Recorded from NTPsec of Debian 12 with <c>tos orphan 10</c>.</summary>
    [Fact]
    public void The_parent_of_orphans_follows_itself() => Assert.True(
        NtpqReport.Parse(["leap=00, stratum=10, refid=127.0.0.1"], ["server=localhost No association IDs returned"])
            is { IsSynchronized: true, Stratum: 10, IsLocal: true, Sources: [] });

    /// <summary>Made after the documentation of ntp 4.2.8, and not recorded.</summary>
    [Fact]
    public void Reads_what_ntp_4_2_8_says()
    {
        var state = NtpqReport.Parse(
            ["leap=01, stratum=2,", "refid=192.0.2.1"],
            [
                "     remote           refid      st t when poll reach   delay   offset  jitter", Rule,
                "*192.0.2.1       .GPS.            1 u   33   64  377    0.500    0.100   0.050",
                "+198.51.100.1    192.0.2.99       2 u   3h 1024  377    0.500    0.100   0.050",
                "-198.51.100.2    192.0.2.99       2 u   33   64   17    0.500    0.100   0.050",
                "x198.51.100.3    192.0.2.99       2 u   33   64  377    0.500  900.100   0.050",
                "#2001:db8:1:2:3: 192.0.2.99       2 s   33   64  377    0.500    0.100   0.050",
                "o127.127.22.0    .PPS.            0 l   33   64  377    0.000    0.000   0.000",
                " 127.127.1.0     .LOCL.          10 l  37m   64    0    0.000    0.000   0.000",
            ]);
        Assert.NotNull(state);
        Assert.Equal(("Insert second", 2, "C0000201"), (state.Leap, state.Stratum, state.ReferenceId));
        Assert.Equal(
            [
                new TimeSource("192.0.2.1") { IsSelected = true, Stratum = 1, Reach = 255, ReferenceId = "47505300" },
                new TimeSource("198.51.100.1") { Stratum = 2, Reach = 255, ReferenceId = "C0000263" },
                new TimeSource("198.51.100.2") { Stratum = 2, Reach = 15, ReferenceId = "C0000263" },
                new TimeSource("198.51.100.3") { IsRejected = true, Stratum = 2, Reach = 255, ReferenceId = "C0000263" },
                new TimeSource("2001:db8:1:2:3:") { Stratum = 2, Reach = 255, ReferenceId = "C0000263" },
                new TimeSource("127.127.22.0") { IsReferenceClock = true, IsSelected = true, Reach = 255, ReferenceId = "50505300" },
                new TimeSource("127.127.1.0") { IsReferenceClock = true, Stratum = 10, ReferenceId = TimeDaemonState.LocalReference },
            ],
            state.Sources);
    }

    [Theory]
    [InlineData("leap_none", "Normal", true)]
    [InlineData("leap_add_sec", "Insert second", true)]
    [InlineData("10", "Delete second", true)]
    [InlineData("leap_alarm", "Not synchronised", false)]
    [InlineData("?", "", false)]
    public void Tells_the_leap_status(string leap, string expected, bool isSynchronized)
    {
        var state = NtpqReport.Parse([$"leap={leap}, stratum=2, refid=127.127.1.0"], []);
        Assert.NotNull(state);
        Assert.Equal((expected, isSynchronized, true), (state.Leap, state.IsSynchronized, state.IsLocal));
    }

    [Theory]
    [InlineData("ntpq: read: Connection refused")]
    [InlineData("***Socket error; probably ntpd is not running")]
    [InlineData("")]
    public void No_report_is_none(string line) => Assert.Null(NtpqReport.Parse([line], [line]));

    [Fact]
    public void Whatever_is_said_is_read() => TimeReports.AssertNothingThrows(
        NtpqReport.Parse, TimeReports.NtpsecVariables, TimeReports.NtpsecPeers);
}
