using KubePrep.Facts;

namespace KubePrep.Core.Tests;

/// <summary>What time daemons say, recorded where it is not said otherwise; and damage to it, as nodes may be hostile or broken.</summary>
internal static class TimeReports
{
    private static readonly string[] Leaps = ["", "Normal", "Insert second", "Delete second", "Not synchronised"];

    private static readonly string[] Pieces =
    [
        "", " ", ",", "=", "\t", "\0", "\n", "*", "#", "^", ".", ":", "-1", "0", "16", "377", "400", "99999999999999999999", "7F7F0101",
        "7f7f01", "{", "}", "====", "peer", "sensor", "NTPMessage=", "leap=", "time server ", "clock synced, stratum ", "clock unsynced",
        "not resolved", "\ud800", "é", "\u001b[31m", "%n",
    ];

    /// <summary>A chronyd that follows a server, which follows its own clock.</summary>
    public static string[] ChronyTracking { get; } =
    [
        "0A4DFA5A,10.77.250.90,11,1795380972.946478993,0.000031430,-0.000043242,0.000043242,0.000,-27.402,1000000.000,0.001513506," +
        "0.947295189,2.1,Normal",
    ];

    public static string[] ChronySources { get; } =
        ["^,*,10.77.250.90,10,6,17,5,0.000031318,-0.000011924,0.000762074"];

    public static string[] ChronyServerData { get; } =
    [
        "10.77.250.90,0A4DFA5A,123,10.77.250.91,0A4DFA5B,Normal,4,Server,10,6,64,-24,0.000000060,0.000000,0.000000,7F7F0101,," +
        "1795380965.447131617,0.000011924,0.001513506,0.000005321,0.001077418,0.00,111,111,1111,No,No,Kernel,Kernel,4,4,4,4",
    ];

    /// <summary>A systemd-timesyncd that follows a server, which follows its own clock.</summary>
    public static string[] Timesync { get; } =
    [
        "LinkNTPServers=",
        "SystemNTPServers=10.77.250.90",
        "RuntimeNTPServers=",
        "FallbackNTPServers=0.debian.pool.ntp.org 1.debian.pool.ntp.org 2.debian.pool.ntp.org 3.debian.pool.ntp.org",
        "ServerName=10.77.250.90",
        "ServerAddress=10.77.250.90",
        "RootDistanceMaxUSec=5s",
        "PollIntervalMinUSec=32s",
        "PollIntervalMaxUSec=34min 8s",
        "PollIntervalUSec=1min 4s",
        Message("10", "7F7F0101"),
        "Frequency=0",
    ];

    /// <summary>What OpenNTPD says, made from the format in the source of its ntpctl, and not recorded.</summary>
    public static string[] Ntpctl { get; } =
    [
        "2/3 peers valid, 0/1 sensors valid, constraint offset 1s (2 errors), clock synced, stratum 3",
        "",
        "peer",
        "   wt tl st  next  poll          offset       delay      jitter",
        "192.0.2.7 from pool pool.example.org",
        " *  1 10  2   20s   31s        -1.250ms    20.125ms     0.500ms",
        "2001:db8::7 ntp.example.org",
        "    1  6  1    3s   30s         0.750ms     1.125ms     0.250ms",
        "not resolved from pool pool.example.net",
        "    1  2  -   10s   15s             ---- peer not valid ----",
        "",
        "sensor",
        "   wt gd st  next  poll          offset  correction",
        "vmt0  GPS",
        "    1  0  0    7s   15s         - sensor not valid -",
    ];

    /// <summary>An NTPsec of Debian 12 right after its start, with a server that answers, one that does not, and a pool without a name.</summary>
    public static string[] NtpsecVariables { get; } = ["leap=11, stratum=16, refid=INIT"];

    public static string[] NtpsecPeers { get; } =
    [
        "     remote           refid      st t when poll reach   delay   offset   jitter",
        "===============================================================================",
        " 10.77.250.90    127.127.1.1     10 u    1   64    1   6.9233 151.9597   0.0000",
        " 10.77.250.99    .INIT.          16 u    -   64    0   0.0000   0.0000   0.0010",
        " nowhere.invalid .POOL.          16 p    -   64    0   0.0000   0.0000   0.0010",
    ];

    /// <summary>The line of <c>show-timesync</c> about a server.</summary>
    public static string Message(string stratum, string reference, string leap = "0") =>
        $"NTPMessage={{ Leap={leap}, Version=4, Mode=4, Stratum={stratum}, Precision=-24, RootDelay=0, RootDispersion=0, " +
        $"Reference={reference}, OriginateTimestamp=Sun 2026-11-22 20:55:24 UTC, ReceiveTimestamp=Sun 2026-11-22 20:55:24 UTC, " +
        "TransmitTimestamp=Sun 2026-11-22 20:55:24 UTC, DestinationTimestamp=Sun 2026-11-22 20:55:24 UTC, Ignored=no, PacketCount=1, " +
        "Jitter=0 }";

    /// <summary>Lines of anything, and of real reports damaged at random.</summary>
    public static void AssertNothingThrows(Func<IReadOnlyList<string>, IReadOnlyList<string>, TimeDaemonState?> parse, params string[][] real)
    {
        var random = new Random(1);
        for (var i = 0; i < 3000; i++)
        {
            var state = parse(Lines(random, real), Lines(random, real));
            if (state is null)
            {
                continue;
            }

            Assert.True(state.Stratum is null or (>= 1 and <= 15));
            Assert.Contains(state.Leap, Leaps);
            Assert.Matches("^([0-9A-F]{8})?$", state.ReferenceId);
            Assert.All(state.Sources, source =>
            {
                Assert.InRange(source.Stratum, 0, 15);
                Assert.InRange(source.Reach, 0, 255);
                Assert.Matches("^([0-9A-F]{8})?$", source.ReferenceId);
            });
        }
    }

    private static string[] Lines(Random random, string[][] real) => random.Next(3) switch
    {
        0 => [.. Enumerable.Range(0, random.Next(6)).Select(_ => string.Concat(
            Enumerable.Range(0, random.Next(20)).Select(_ => Pieces[random.Next(Pieces.Length)])))],
        _ => Damaged(random, string.Join('\n', real[random.Next(real.Length)])).Split('\n'),
    };

    private static string Damaged(Random random, string text)
    {
        for (var i = random.Next(5); i > 0; i--)
        {
            var at = random.Next(text.Length + 1);
            var length = Math.Min(random.Next(random.Next(8) == 0 ? 200 : 4), text.Length - at);
            text = text[..at] + (random.Next(2) == 0 ? Pieces[random.Next(Pieces.Length)] : "") + text[(at + length)..];
        }

        return text;
    }
}
