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
    private string _tail = "";
    private int _questions;
    private bool _isAnswered;

    /// <summary>What sudo is to ask with; empty if there is no password.</summary>
    public string Prompt { get; } = password is null ? "" : $"kubeprep-{NodeConnection.NewNonce()}:";

    /// <summary>Says which process it is about. What came before counts.</summary>
    public void Attach(ShellProcess process)
    {
        lock (_lock)
        {
            _process = process;
            Answer();
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

    /// <summary>Is told what has been said on standard error.</summary>
    public void Watch(string text)
    {
        if (password is null)
        {
            return;
        }

        lock (_lock)
        {
            text = _tail + text;
            var read = 0;
            for (int at; (at = text.IndexOf(Prompt, read, StringComparison.Ordinal)) >= 0; read = at + Prompt.Length)
            {
                _questions++;
            }

            // the beginning of a question, whose end is still to come
            _tail = text[Math.Max(read, text.Length - Prompt.Length + 1)..];
            Answer();
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

    private void Answer()
    {
        if (_questions > 0 && !_isAnswered)
        {
            _isAnswered = _process is not null;
            _process?.Send(password!.Line.Span);
        }

        if (_questions > 1)
        {
            _process?.End();
        }
    }
}
