using System.Diagnostics;
using KubePrep.Changes;
using KubePrep.Connections;
using KubePrep.Facts;
using KubePrep.Inventory;

namespace KubePrep.TimeSync;

/// <summary>
/// Finds out what keeps nodes' clocks and how far off they are, and sets up what can keep them. Clocks are compared with each other, so
/// that nothing is said of a node before all have been asked.
/// </summary>
public sealed class TimeSyncEngine
{
    private readonly ConnectionOptions _connection;
    private readonly NodeConnector _connector;
    private readonly TimeSyncRequest _request;

    /// <summary>Checks what is asked for.</summary>
    /// <param name="connection">How nodes are connected to.</param>
    /// <param name="request">What is to keep their clocks; what they have is found out with any request.</param>
    /// <exception cref="KubePrepException"><see cref="ErrorId.InvalidConnectionOption"/> or <see cref="ErrorId.InvalidNtpServer"/>.</exception>
    public TimeSyncEngine(ConnectionOptions connection, TimeSyncRequest request)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(request);
        request.Validate();
        (_connection, _connector, _request) = (connection, new NodeConnector(connection), request);
    }

    /// <summary>Asks a node about its clock, and changes nothing. What goes wrong is in the result.</summary>
    /// <param name="node">The node.</param>
    /// <param name="known">What it has said already; null if it has to be connected to.</param>
    /// <param name="apply">Whether it is to be changed afterwards, which needs root.</param>
    /// <param name="progress">Is told what is going on, on this thread.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    internal InspectedNode Inspect(Node node, NodeFacts? known, bool apply, IProgress<NodeProgress>? progress, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        try
        {
            var facts = known?.Time?.Clock is null ? Inspect(node, apply, progress, cancellation) : known;
            return new InspectedNode(node, clock.Elapsed) { Facts = facts };
        }
        catch (KubePrepException e)
        {
            return new InspectedNode(node, clock.Elapsed) { Error = e };
        }
    }

    /// <summary>Sets up what keeps the clocks of nodes that have been asked. What goes wrong on one node is in its result.</summary>
    /// <param name="nodes">All nodes of the run, in order.</param>
    /// <param name="apply">Whether they are changed; otherwise it is only found out what would be.</param>
    /// <param name="progress">Is told what is going on, on this thread.</param>
    /// <param name="cancellation">Ends it; nodes that are being changed finish what is in hand.</param>
    /// <returns>A result a node, in their order.</returns>
    /// <exception cref="KubePrepException"><see cref="ErrorId.TimeServerMissing"/>; nothing was changed.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    internal IReadOnlyList<TimeSyncResult> Complete(
        IReadOnlyList<InspectedNode> nodes, bool apply, IProgress<NodeProgress>? progress, CancellationToken cancellation)
    {
        var outcomes = new TimeSyncRun(_connector, _request, nodes, progress, cancellation).Run(apply, _connection.ThrottleLimit);
        var compared = TimeSyncReport.Of([.. outcomes.Select(outcome => outcome.Node)], authority: null);
        return [.. outcomes.Zip(compared, Result)];
    }

    /// <summary>What came of a node, with what is known of it among the others.</summary>
    internal static TimeSyncResult Result(TimeSyncOutcome outcome, NodeTimeSync timeSync)
    {
        var willChange = outcome.Changes.Count > 0 && !outcome.IsApplied;
        // what is beyond a limit is not a failure of what is about to mend it
        var error = outcome.Error ?? (willChange ? null : timeSync.Error);
        var status = StatusOf(outcome, timeSync, error);
        IEnumerable<string> unmended = status == TimeSyncStatus.Drifted && outcome.Changes.Count == 0
            ? [TimeSyncJudge.Judge(outcome.Node.Facts!).Advice]
            : [];
        return new TimeSyncResult
        {
            Node = outcome.Node.Node,
            Status = status,
            TimeSync = timeSync,
            Duration = outcome.Node.Duration,
            Changes = outcome.Changes,
            Warnings = [.. outcome.Warnings.Concat(unmended).Select(warning => $"{outcome.Node.Node}: {warning}").Concat(timeSync.Warnings).Distinct()],
            Error = error,
        };
    }

    private static TimeSyncStatus StatusOf(TimeSyncOutcome outcome, NodeTimeSync timeSync, KubePrepException? error) =>
        error is not null ? ConnectionErrors.IsUnreachable(error.Id) ? TimeSyncStatus.Unreachable : TimeSyncStatus.Failed
        : outcome.Changes.Count > 0 ? outcome.IsApplied ? TimeSyncStatus.Changed : TimeSyncStatus.Drifted
        : timeSync.Verdict switch
        {
            TimeSyncVerdict.Synchronized => TimeSyncStatus.Compliant,
            TimeSyncVerdict.Impossible => TimeSyncStatus.HostOwned,
            _ => TimeSyncStatus.Drifted, // nothing there is to change would mend it, or its daemon is still at its first measurements
        };

    private NodeFacts Inspect(Node node, bool apply, IProgress<NodeProgress>? progress, CancellationToken cancellation)
    {
        progress?.Report(new NodeProgress(node, null, NodeProgress.Connecting));
        using var connection = _connector.Open(node, apply ? RootNeed.Required : RootNeed.Preferred, cancellation);
        return TimeInspector.Inspect(node, connection, _request.NtpServers, cancellation);
    }
}
