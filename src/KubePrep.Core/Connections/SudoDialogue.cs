using KubePrep.Inventory;

namespace KubePrep.Connections;

/// <summary>
/// Gives sudo its password, once, and only when it has asked with the prompt made for this connection; if it asks again, the password was
/// wrong, and the process is ended.
/// </summary>
internal sealed class SudoDialogue(Secret? password)
{
    private readonly Lock _lock = new();
    private ShellProcess? _process;
    private string _seen = "";
    private int _questions;

    /// <summary>What sudo is to ask with; empty if there is no password.</summary>
    public string Prompt { get; } = password is null ? "" : $"kubeprep-{NodeConnection.NewNonce()}:";

    /// <summary>Says which process it is about. What came before is looked at now.</summary>
    public void Attach(ShellProcess process)
    {
        lock (_lock)
        {
            _process = process;
            Watch(_seen);
        }
    }

    /// <summary>Root has been reached: from now on a question is not sudo's, and gets no answer.</summary>
    public void End()
    {
        lock (_lock)
        {
            _process = null;
        }
    }

    /// <summary>Is told all that has been said on standard error so far.</summary>
    public void Watch(string errorOutput)
    {
        lock (_lock)
        {
            _seen = errorOutput;
            if (_process is null || password is null)
            {
                return;
            }

            var questions = Count(errorOutput);
            if (questions > 0 && _questions == 0)
            {
                _process.Send(password.Line.Span);
            }

            if (questions > 1 && _questions < 2)
            {
                _process.End();
            }

            _questions = questions;
        }
    }

    /// <summary>What went wrong with sudo; null if nothing did.</summary>
    public KubePrepException? Failure(Node node, string errorOutput) =>
        _questions > 1 || errorOutput.Contains("incorrect password attempt", StringComparison.Ordinal) ? ConnectionErrors.SudoPasswordWrong(node)
        : errorOutput.Contains("sudo: a password is required", StringComparison.Ordinal) ? ConnectionErrors.SudoPasswordRequired(node)
        : SudoLine(errorOutput) is { } line ? ConnectionErrors.SudoNotAllowed(node, line)
        : null;

    private static string? SudoLine(string errorOutput) => errorOutput
        .Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        .LastOrDefault(line => line.StartsWith("sudo: ", StringComparison.Ordinal)
            || line.Contains("sudo: not found", StringComparison.Ordinal)
            || line.Contains("is not in the sudoers file", StringComparison.Ordinal)
            || line.Contains("may not run sudo", StringComparison.Ordinal)
            || line.Contains("is not allowed to", StringComparison.Ordinal));

    private int Count(string text)
    {
        var count = 0;
        for (var at = text.IndexOf(Prompt, StringComparison.Ordinal); at >= 0; at = text.IndexOf(Prompt, at + Prompt.Length, StringComparison.Ordinal))
        {
            count++;
        }

        return count;
    }
}
