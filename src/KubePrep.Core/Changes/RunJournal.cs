using KubePrep.Connections;

namespace KubePrep.Changes;

/// <summary>What a run on a node has written down so far (see <c>apply.sh</c>).</summary>
internal sealed class RunJournal
{
    /// <summary>The outcome of a run that found another one at work on the node, and did nothing.</summary>
    public const string Busy = "busy";

    private readonly Dictionary<string, string> _failures = new(StringComparer.Ordinal);
    private int _known;
    private int _seen;

    /// <summary>How the run ended: <c>good</c>, <c>failed</c>, <c>stopped</c> or <see cref="Busy"/>; null while it has not.</summary>
    public string? Outcome { get; private set; }

    /// <summary>Whether the run was found not to be there.</summary>
    public bool IsAbsent { get; private set; }

    /// <summary>Begins to read it from its start, as after another connection; what is known already is not news.</summary>
    public void Restart() => (_seen, IsAbsent) = (0, false);

    /// <summary>Takes a line.</summary>
    /// <returns>The step in hand and what is being done, if the line says something new about it; else null.</returns>
    public (StepName Step, string Activity)? Read(string line)
    {
        var words = ShellText.Decode(line).Split(' ', 3);
        if (words is not ["step" or "doing" or "done" or "failed" or "end", _, ..])
        {
            IsAbsent |= line == "absent";
            return null; // the follower's own word, or that of a stray program: the next connection may not hear it again
        }

        if (++_seen <= _known)
        {
            return null;
        }

        _known = _seen;
        switch (words)
        {
            case ["end", var outcome, ..]:
                Outcome = outcome;
                return null;
            case ["failed", var step, .. var why]:
                _failures[step] = why.Length > 0 ? why[0].Trim() : "";
                return Activity(step, $"failed: {_failures[step]}");
            case ["doing", var step, var what]:
                return Activity(step, what);
            default:
                return null;
        }
    }

    /// <summary>Why a step failed, or null if it did not.</summary>
    public string? FailureOf(StepName step) => _failures.GetValueOrDefault(step.ToString()) is { } why ? PlainText.Printable(why) : null;

    private static (StepName Step, string Activity)? Activity(string step, string what) =>
        Enum.TryParse<StepName>(step, out var name) ? (name, PlainText.Printable(what)) : null;
}
