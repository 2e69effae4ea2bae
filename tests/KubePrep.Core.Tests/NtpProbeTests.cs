using System.Net;
using System.Net.Sockets;
using KubePrep.Connections;
using KubePrep.Facts;
using KubePrep.Inventory;

namespace KubePrep.Core.Tests;

/// <summary>Asks for the time at UDP port 123 of this machine's loopback addresses, where servers of the test's own answer as they like.</summary>
public sealed class NtpProbeTests
{
    private const int PacketLength = 48;

    [Fact]
    public void Answers_are_told_from_refusals_forgeries_and_silence()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "only root may answer at port 123");
        using var good = Serve("127.77.0.1", question => Reply(question, leap: 0, stratum: 3));
        using var unsynchronized = Serve("127.77.0.2", question => Reply(question, leap: 3, stratum: 2));
        using var refusing = Serve("127.77.0.3", question => Reply(question, leap: 0, stratum: 0));
        using var forged = Serve("127.77.0.4", _ => Reply(new byte[PacketLength], leap: 0, stratum: 1));
        using var cut = Serve("127.77.0.5", question => Reply(question, leap: 0, stratum: 1)[..20]);
        using var silent = Serve("127.77.0.6", _ => []);
        using var connection = new NodeConnector(new ConnectionOptions()).Open(new Node("localhost"), RootNeed.Preferred, CancellationToken.None);
        string[] servers = ["127.77.0.1", "127.77.0.2", "127.77.0.3", "127.77.0.4", "127.77.0.5", "127.77.0.6", "127.77.0.7", "no-such-server.invalid"];

        var answers = NtpProbe.Ask(connection, servers, CancellationToken.None);

        Assert.Equal(servers, answers.Select(answer => answer.Server));
        Assert.Equal(
            [
                NtpOutcome.Answered, NtpOutcome.Unusable, NtpOutcome.Unusable, NtpOutcome.Silent, NtpOutcome.Silent, NtpOutcome.Silent,
                NtpOutcome.Silent, NtpOutcome.NameUnknown,
            ],
            answers.Select(answer => answer.Outcome));
        Assert.Equal(3, answers[0].Stratum);
    }

    [Fact]
    public void Nobody_is_asked_where_there_is_nobody_to_ask()
    {
        using var connection = new NodeConnector(new ConnectionOptions()).Open(new Node("localhost"), RootNeed.Preferred, CancellationToken.None);
        Assert.Empty(NtpProbe.Ask(connection, [], CancellationToken.None));
    }

    /// <summary>A packet as RFC 5905, section 7.3, has it; it returns the question's transmit timestamp as its origin.</summary>
    private static byte[] Reply(byte[] question, int leap, byte stratum)
    {
        var packet = new byte[PacketLength];
        (packet[0], packet[1]) = ((byte)((leap << 6) | (4 << 3) | 4), stratum);
        question.AsSpan(40, 8).CopyTo(packet.AsSpan(24));
        return packet;
    }

    private static UdpClient Serve(string address, Func<byte[], byte[]> answer)
    {
        var server = new UdpClient(new IPEndPoint(IPAddress.Parse(address), 123));
        new Thread(() => Answer(server, answer)) { IsBackground = true }.Start();
        return server;
    }

    private static void Answer(UdpClient server, Func<byte[], byte[]> answer)
    {
        try
        {
            while (true)
            {
                var from = new IPEndPoint(IPAddress.Any, 0);
                var question = server.Receive(ref from);
                if (question.Length == PacketLength && answer(question) is { Length: > 0 } packet) // a socket that is closed may have received nothing
                {
                    server.Send(packet, packet.Length, from);
                }
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // the test is over
        }
    }
}
