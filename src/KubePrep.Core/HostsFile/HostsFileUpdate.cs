using System.Diagnostics;
using KubePrep.Changes;
using KubePrep.Connections;
using KubePrep.Facts;

namespace KubePrep.HostsFile;

/// <summary>Brings one node's hosts file to its plan, and reads it again as the proof.</summary>
internal sealed class HostsFileUpdate(
    NodeConnector connector, CollectedNode node, Func<NodeFacts, HostsFilePlan> plan, Action<StepName?, string> report, CancellationToken cancellation)
{
    private const int MaximumAttempts = 3;
    private NodeFacts? _plannedFrom;
    private HostsFilePlan? _latest;
    private HostsFilePlan? _planned; // the last that had something to do, which the result shows

    /// <summary>The node as it was found at last.</summary>
    public NodeFacts? Facts { get; private set; }

    /// <summary>Carries out the plan over a connection of its own, if there is anything to do. What goes wrong is in the result.</summary>
    /// <param name="found">The node.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public HostsFileResult Run(NodeFacts found)
    {
        using var session = new NodeSession(connector, node.Node, RootNeed.Required, cancellation);
        return Run(session, () => found);
    }

    /// <summary>Asks the node again, and carries out the plan. What goes wrong is in the result.</summary>
    /// <param name="session">The node's connection.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public HostsFileResult Run(NodeSession session) => Run(session, () => session.Persist(Probe, activity => report(null, activity)));

    private HostsFileResult Run(NodeSession session, Func<NodeFacts> find)
    {
        var clock = Stopwatch.StartNew();
        try
        {
            var status = Update(session, find()) ? HostsFileStatus.Changed : HostsFileStatus.Compliant;
            return _planned!.ToResult(node.Node, status, node.Duration + clock.Elapsed);
        }
        catch (KubePrepException e)
        {
            var failed = HostsFileRun.Failed(node, e) with { Duration = node.Duration + clock.Elapsed };
            return _planned is null ? failed : failed with { Changes = _planned.Changes, Warnings = _planned.Warnings };
        }
    }

    private static bool HaveSameFile(NodeFacts first, NodeFacts second) =>
        FileOf(first).Span.SequenceEqual(FileOf(second).Span);

    private static ReadOnlyMemory<byte> FileOf(NodeFacts facts) => facts.Files[HostsDocument.FilePath]?.Content ?? default;

    /// <returns>Whether there was anything to do.</returns>
    private bool Update(NodeSession session, NodeFacts found)
    {
        if (Plan(found).Count == 0)
        {
            Facts = found;
            return false; // also where another client is at work on the node, for which there is nothing to wait then
        }

        _ = session.Connection; // a node that has gone since it was asked is not waited for, as others wait for the lock
        var reconciler = new NodeReconciler(node.Node, session, Probe, report, cancellation);
        for (var attempt = 1; ; attempt++)
        {
            var (after, journal) = reconciler.Reconcile(found, Plan);
            var before = _plannedFrom!;
            Facts = after;
            if (journal is null)
            {
                return attempt > 1;
            }

            if (Plan(after).Count == 0)
            {
                return true;
            }

            var failure = journal.FailureOf(StepName.HostsFile);
            if (attempt == MaximumAttempts || HaveSameFile(before, after))
            {
                throw failure is null ? HostsFileErrors.NotVerified(node.Node) : HostsFileErrors.NotWritten(node.Node, failure);
            }

            found = after; // somebody else has written the file meanwhile: what it holds now is what there is to keep
        }

        IReadOnlyList<Change> Plan(NodeFacts now)
        {
            if (!ReferenceEquals(now, _plannedFrom))
            {
                (_plannedFrom, _latest) = (now, plan(now));
                _planned = _planned is null || _latest.Changes.Count > 0 ? _latest : _planned;
            }

            return _latest!.Changes;
        }
    }

    private NodeFacts Probe(NodeConnection connection)
    {
        cancellation.ThrowIfCancellationRequested();
        return NodeProbe.Run(node.Node, connection, ProbeRequest.OfHostsFile, cancellation);
    }
}
