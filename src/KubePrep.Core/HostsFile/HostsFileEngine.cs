using System.Diagnostics;
using KubePrep.Changes;
using KubePrep.Connections;
using KubePrep.Facts;
using KubePrep.Inventory;

namespace KubePrep.HostsFile;

/// <summary>
/// Gives every node the names of all: what each says of itself is collected on master 0 (reduce), and what its hosts file then has is
/// sent to all (broadcast).
/// </summary>
public sealed class HostsFileEngine
{
    private readonly ConnectionOptions _connection;
    private readonly NodeConnector _connector;
    private readonly HostsFileRequest _request;

    /// <summary>Checks what is asked for.</summary>
    /// <param name="connection">How nodes are connected to.</param>
    /// <param name="request">What is wanted of the hosts files.</param>
    /// <exception cref="KubePrepException"><see cref="ErrorId.InvalidConnectionOption"/>.</exception>
    public HostsFileEngine(ConnectionOptions connection, HostsFileRequest request)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(request);
        (_connection, _connector, _request) = (connection, new NodeConnector(connection), request);
    }

    /// <summary>Asks a node for its name, address and hosts file. What goes wrong is in the result.</summary>
    /// <param name="node">The node.</param>
    /// <param name="known">What it has said already; null if it has to be connected to.</param>
    /// <param name="apply">Whether it is to be changed afterwards, which needs root.</param>
    /// <param name="progress">Is told what is going on, on this thread.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    internal CollectedNode Collect(Node node, NodeFacts? known, bool apply, IProgress<NodeProgress>? progress, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        var facts = known;
        try
        {
            facts ??= Inspect(node, apply, progress, cancellation);
            return new CollectedNode(node, clock.Elapsed) { Facts = facts, Identity = NodeIdentity.Of(facts) };
        }
        catch (KubePrepException e)
        {
            return new CollectedNode(node, clock.Elapsed) { Facts = facts, Error = e };
        }
    }

    /// <summary>Makes the map of what was collected, and sends it. What goes wrong on one node is in its result.</summary>
    /// <param name="collected">The nodes of the run, in order.</param>
    /// <param name="apply">Whether files are changed; otherwise it is only found out what would be.</param>
    /// <param name="emit">Is given each node's result as soon as it is known, on this thread.</param>
    /// <param name="progress">Is told what is going on, on any thread.</param>
    /// <param name="cancellation">Ends it; each file is either as it was or has the map.</param>
    /// <exception cref="KubePrepException">There is no map that could be sent; nothing, or master 0 only, was changed.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    internal void Complete(
        IReadOnlyList<CollectedNode> collected, bool apply, Action<HostsFileResult> emit, IProgress<NodeProgress>? progress, CancellationToken cancellation)
    {
        var master = _request.MasterOf([.. collected.Select(node => node.Node)]);
        var all = collected.Any(node => node.Node == master) ? collected : [.. collected, Collect(master, null, apply, progress, cancellation)];
        var run = new HostsFileRun(_connector, _request, all, all.First(node => node.Node == master), progress, cancellation)
        {
            Emit = emit,
        };
        run.Run(apply, _connection.ThrottleLimit);
    }

    private NodeFacts Inspect(Node node, bool apply, IProgress<NodeProgress>? progress, CancellationToken cancellation)
    {
        progress?.Report(new NodeProgress(node, null, NodeProgress.Connecting));
        using var connection = _connector.Open(node, apply ? RootNeed.Required : RootNeed.Preferred, cancellation);
        return NodeProbe.Run(node, connection, ProbeRequest.OfHostsFile, cancellation);
    }
}
