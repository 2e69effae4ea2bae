using KubePrep.Connections;
using KubePrep.Facts;
using KubePrep.Inventory;

namespace KubePrep.Core.Tests;

/// <summary>The clock at the other end of a connection is this machine's own here, so that the true offset is known: none.</summary>
public sealed class ClockProbeTests
{
    [Fact]
    public void A_clock_is_right_within_the_bound_of_its_error()
    {
        using var server = new SshServer();
        using var remote = server.Open();
        using var local = new NodeConnector(new ConnectionOptions()).Open(new Node("localhost"), RootNeed.Preferred, CancellationToken.None);
        foreach (var connection in new[] { remote, local, remote })
        {
            var reading = ClockProbe.Measure(connection, CancellationToken.None)!;

            Assert.True(reading.Offset.Duration() <= reading.ErrorBound, $"{reading}");
            Assert.InRange(reading.ErrorBound, TimeSpan.Zero, TimeSpan.FromSeconds(1));
            Assert.NotNull(reading.IsKernelSynchronized);
            Assert.Equal("here", connection.Send("echo here", TimeSpan.FromSeconds(20), CancellationToken.None).Lines[0]);
        }
    }
}
