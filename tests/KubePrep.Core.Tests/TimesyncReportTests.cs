using KubePrep.Facts;

namespace KubePrep.Core.Tests;

public sealed class TimesyncReportTests
{
    private const string Contacted = "Contacted time server 10.77.250.90:123 (10.77.250.90).";

    [Fact]
    public void Follows_a_server_that_follows_its_own_clock()
    {
        var state = TimesyncReport.Parse(TimeReports.Timesync, true, Contacted);
        Assert.Equal(("systemd-timesyn", true, "Normal", 11, "0A4DFA5A"),
            (state.Process, state.IsSynchronized, state.Leap, state.Stratum, state.ReferenceId));
        Assert.Equal(
            new TimeSource("10.77.250.90") { IsSelected = true, Stratum = 10, Reach = 1, ReferenceId = TimeDaemonState.LocalReference },
            Assert.Single(state.Sources));
    }

    [Fact]
    public void A_server_that_does_not_answer_is_not_followed()
    {
        var state = TimesyncReport.Parse(
            [.. TimeReports.Timesync.Where(line => !line.StartsWith("NTPMessage", StringComparison.Ordinal))], false, "");
        Assert.Equal((false, "Not synchronised", null, ""), (state.IsSynchronized, state.Leap, state.Stratum, state.ReferenceId));
        Assert.Equal(new TimeSource("10.77.250.90"), Assert.Single(state.Sources));
    }

    [Theory]
    [InlineData("Contacted time server 10.77.250.90:123 (10.77.250.90).", "10.77.250.90", 1)]
    [InlineData("Contacted time server [2001:db8::5]:123 (2.pool.example.org).", "2001:db8::5", 1)]
    [InlineData("Contacted time server 192.0.2.1", "192.0.2.1", 1)]
    [InlineData("Connecting to time server 192.0.2.1:123 (ntp.example.org).", "192.0.2.1", 0)]
    [InlineData("Idle.", null, 0)]
    [InlineData("", null, 0)]
    public void The_status_has_to_do_where_the_bus_does_not_answer(string status, string? server, int reach)
    {
        var state = TimesyncReport.Parse([], true, status);
        Assert.True(state.IsSynchronized);
        Assert.Equal("", state.Leap);
        TimeSource[] sources = server is null ? [] : [new TimeSource(server) { IsSelected = reach > 0, Reach = reach }];
        Assert.Equal(sources, state.Sources);
    }

    [Theory]
    [InlineData("1", "GPS", "47505300")]
    [InlineData("1", "LOCL", TimeDaemonState.LocalReference)]
    [InlineData("2", "A4DFA5A", "0A4DFA5A")]
    [InlineData("2", "7F000001", TimeDaemonState.LocalReference)]
    [InlineData("2", "7F7F0101x", "")]
    [InlineData("16", "", "")]
    public void What_the_server_follows_is_written_by_its_stratum(string stratum, string reference, string expected) => Assert.Equal(
        expected, TimesyncReport.Parse(["ServerName=x", TimeReports.Message(stratum, reference)], true, "").Selected?.ReferenceId);

    [Theory]
    [InlineData("0", "Normal", true)]
    [InlineData("1", "Insert second", true)]
    [InlineData("2", "Delete second", true)]
    [InlineData("3", "Not synchronised", false)]
    [InlineData("4", "", true)]
    public void Tells_the_leap_status(string leap, string expected, bool isSynchronized)
    {
        var state = TimesyncReport.Parse(["ServerName=x", TimeReports.Message("2", "A4DFA5A", leap)], true, "");
        Assert.Equal((expected, isSynchronized), (state.Leap, state.IsSynchronized));
    }

    [Fact]
    public void Whatever_is_said_is_read() => TimeReports.AssertNothingThrows(
        (first, second) => TimesyncReport.Parse(first, first.Count % 2 == 0, second.FirstOrDefault("")), TimeReports.Timesync, [Contacted]);
}
