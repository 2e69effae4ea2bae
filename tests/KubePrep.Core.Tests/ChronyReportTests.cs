using KubePrep.Facts;

namespace KubePrep.Core.Tests;

public sealed class ChronyReportTests
{
    [Fact]
    public void Follows_a_server_that_follows_its_own_clock()
    {
        var state = Parse(TimeReports.ChronyTracking, TimeReports.ChronySources, TimeReports.ChronyServerData);
        Assert.NotNull(state);
        Assert.Equal(("chronyd", true, "Normal", 11, "0A4DFA5A", false),
            (state.Process, state.IsSynchronized, state.Leap, state.Stratum, state.ReferenceId, state.IsLocal));
        Assert.Equal(
            new TimeSource("10.77.250.90") { IsSelected = true, Stratum = 10, Reach = 15, ReferenceId = TimeDaemonState.LocalReference },
            Assert.Single(state.Sources));
        Assert.True(state.Selected?.IsLocal);
    }

    [Fact]
    public void Follows_nothing_yet()
    {
        var state = Parse(
            ["00000000,,0,0.000000000,0.000000000,0.000000000,0.000000000,0.000,0.000,0.000,1.000000000,1.000000000,0.0,Not synchronised"],
            ["^,?,192.0.2.1,0,6,0,4294967295,0.000000000,0.000000000,0.000000000"], []);
        Assert.NotNull(state);
        Assert.Equal((false, "Not synchronised", null, "", null),
            (state.IsSynchronized, state.Leap, state.Stratum, state.ReferenceId, state.Selected));
        Assert.Equal(new TimeSource("192.0.2.1"), Assert.Single(state.Sources));
    }

    [Fact]
    public void Follows_itself()
    {
        var state = Parse(["7F7F0101,,10,1795380884.115834429,0.000000000,0.000000000,0.000000000,0.000,0.000,0.000,0.000000000," +
            "0.000000000,0.0,Normal"], [], []);
        Assert.True(state is { IsSynchronized: true, Stratum: 10, IsLocal: true, Sources: [] });
    }

    [Fact]
    public void Follows_a_clock_of_the_machine()
    {
        var state = Parse(
            ["50484330,PHC0,3,1795380884.115834429,0.0,0.0,0.0,0.000,0.000,0.000,0.000000000,0.000000000,0.0,Insert second"],
            ["#,*,PHC0,2,2,377,3,0.0,0.0,0.0", "^,x,2001:db8::1,3,6,377,3,0.0,0.0,0.0", "=,~,192.0.2.2,3,6,7,3,0.0,0.0,0.0"], []);
        Assert.NotNull(state);
        Assert.Equal(("Insert second", "50484330"), (state.Leap, state.ReferenceId));
        Assert.Equal(
            [
                new TimeSource("PHC0") { IsReferenceClock = true, IsSelected = true, Stratum = 2, Reach = 255 },
                new TimeSource("2001:db8::1") { IsRejected = true, Stratum = 3, Reach = 255 },
                new TimeSource("192.0.2.2") { IsRejected = true, Stratum = 3, Reach = 7 },
            ],
            state.Sources);
    }

    /// <summary>A chronyd may follow another at 127.0.0.1; a server that says so is mostly an ntpd that follows itself.</summary>
    [Fact]
    public void The_address_of_the_machine_itself_is_a_servers_own_clock_and_not_chronyds()
    {
        var state = Parse(["7F000001,127.0.0.1,4,0,0,0,0,0,0,0,0,0,0,Normal"], ["^,*,10.77.250.90,3,6,377,5,0,0,0"],
            [TimeReports.ChronyServerData[0].Replace("7F7F0101", "7F000001", StringComparison.Ordinal)]);
        Assert.True(state is { IsLocal: false, ReferenceId: "7F000001", Selected.IsLocal: true });
    }

    [Theory]
    [InlineData("1", "4C4F434C", true)]
    [InlineData("2", "4C4F434C", false)] // 76.79.67.76
    [InlineData("11", "7F7F0100", true)]
    [InlineData("2", "0A000001", false)]
    [InlineData("0", "00000000", false)]
    public void A_server_that_follows_its_own_clock_says_so_in_one_of_several_ways(string stratum, string reference, bool isLocal)
    {
        var data = TimeReports.ChronyServerData[0].Replace("Server,10", $"Server,{stratum}", StringComparison.Ordinal)
            .Replace("7F7F0101", reference, StringComparison.Ordinal);
        Assert.Equal(isLocal, Parse(TimeReports.ChronyTracking, TimeReports.ChronySources, [data])?.Selected?.IsLocal);
    }

    [Theory]
    [InlineData("506 Cannot talk to daemon")]
    [InlineData("")]
    [InlineData("0A4DFA5A,10.77.250.90,11")]
    public void No_report_is_none(string line) => Assert.Null(Parse([line], TimeReports.ChronySources, TimeReports.ChronyServerData));

    [Fact]
    public void No_lines_are_none() => Assert.Null(Parse([], [], []));

    [Fact]
    public void Numbers_out_of_range_are_left_out()
    {
        var state = Parse([TimeReports.ChronyTracking[0].Replace(",11,", ",16,", StringComparison.Ordinal)],
            ["^,*,10.77.250.90,-1,6,1000,5", "^,-,192.0.2.1,99999999999,6,8,5", "?,*,192.0.2.2,1,6,377,5"], []);
        Assert.NotNull(state);
        Assert.Null(state.Stratum);
        Assert.Equal([(0, 0), (0, 0)], state.Sources.Select(source => (source.Stratum, source.Reach)));
    }

    [Fact]
    public void Whatever_is_said_is_read() => TimeReports.AssertNothingThrows(
        (first, second) => Parse(first, second, second),
        TimeReports.ChronyTracking, TimeReports.ChronySources, TimeReports.ChronyServerData);

    private static TimeDaemonState? Parse(IReadOnlyList<string> tracking, IReadOnlyList<string> sources, IReadOnlyList<string> serverData) =>
        ChronyReport.Parse(tracking, sources, serverData);
}
