using KubePrep.Connections;
using KubePrep.Inventory;

namespace KubePrep.Facts;

/// <summary>Finds out all about a node in one round trip, and changes nothing there.</summary>
internal static class NodeProbe
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(2);

    /// <exception cref="KubePrepException">The node is lost, does not answer as it should, or is not Debian.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static NodeFacts Run(Node node, NodeConnection connection, ProbeRequest request, CancellationToken cancellation)
    {
        var reply = connection.Send(request.ToScript(), Timeout, cancellation);
        try
        {
            var facts = FactsParser.Parse(node, reply.Lines);
            return facts.Release.IsDebian
                ? facts with { IsRoot = connection.IsRoot, ConnectionAddress = connection.ConnectionAddress }
                : throw ConnectionErrors.UnsupportedSystem(node, facts.Release.ToString());
        }
        catch (InvalidDataException e)
        {
            throw ConnectionErrors.UnexpectedReply(node, e.Message);
        }
    }
}
