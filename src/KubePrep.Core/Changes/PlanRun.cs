using System.Globalization;
using KubePrep.Connections;
using KubePrep.Inventory;

namespace KubePrep.Changes;

/// <summary>Has a node carry out a plan, and follows it there; the run goes on, and is found again, if the connection is lost.</summary>
internal sealed class PlanRun(Node node, NodeSession session, Action<StepName?, string> report, CancellationToken cancellation)
{
    private const string Directory = "/run/kubeprep";
    private static readonly TimeSpan PatienceWithOthers = TimeSpan.FromMinutes(20);

    /// <summary>Carries out a plan.</summary>
    /// <returns>The run's journal, to its end.</returns>
    /// <exception cref="KubePrepException">It could not be started, or the connection was lost for good.</exception>
    public RunJournal CarryOut(IReadOnlyList<Change> changes)
    {
        var run = string.Create(CultureInfo.InvariantCulture, $"{DateTime.UtcNow:yyyyMMdd'T'HHmmss}-{NodeConnection.NewNonce()[..8]}");
        var start = ScriptOf(changes) + ShellText.Script("start.sh");
        var journal = new RunJournal();
        session.Persist(
            connection =>
            {
                journal.Restart();
                // a lost connection leaves open whether the run began; to start it twice does nothing
                Follow(connection, run, start, journal, "stop", cancellation);
                return journal;
            },
            Report);
        cancellation.ThrowIfCancellationRequested();
        return journal.Outcome is not null ? journal : throw ChangeErrors.ApplyFailed(node, Cause(journal));
    }

    /// <summary>Waits for a run of another client to end.</summary>
    /// <exception cref="KubePrepException"><see cref="ErrorId.RunInProgress"/>: it took too long.</exception>
    public void WaitFor(string run)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(PatienceWithOthers);
        try
        {
            session.Persist(
                connection =>
                {
                    Follow(connection, run, "", new RunJournal(), "leave", patience.Token);
                    return run;
                },
                Report);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // patience has run out, and the node did not let go in time
        }

        cancellation.ThrowIfCancellationRequested();
        if (patience.IsCancellationRequested)
        {
            throw ChangeErrors.RunInProgress(node, run);
        }
    }

    private string ScriptOf(IReadOnlyList<Change> changes)
    {
        try
        {
            return new ApplyPlan(changes).ToScript();
        }
        catch (InvalidDataException e)
        {
            throw ChangeErrors.ApplyFailed(node, e.Message);
        }
    }

    private static string Cause(RunJournal journal) =>
        journal.IsAbsent ? "its run directory could not be made; the disk of /run may be full" : "the run ended before it was done";

    private void Report(string activity) => report(null, activity);

    private void Follow(NodeConnection connection, string run, string start, RunJournal journal, string leaving, CancellationToken ending)
    {
        var isAnswered = false;
        var script = ShellText.Assign(("run", $"{Directory}/{run}")) + start + ShellText.Script("follow.sh");
        connection.Follow(script, Answer, leaving, ending);

        string? Answer(string line)
        {
            if (journal.Read(line) is var (step, activity))
            {
                report(step, activity);
            }

            if (isAnswered || (journal.Outcome is null && line is not ("gone" or "absent")))
            {
                return null;
            }

            isAnswered = true;
            return "done";
        }
    }
}
