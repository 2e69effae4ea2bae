using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using KubePrep.Connections;
using KubePrep.Facts;

namespace KubePrep.Changes;

/// <summary>Changes in the form that <c>apply.sh</c> reads: a line each, with fields between tabs, and files beside it.</summary>
internal sealed class ApplyPlan
{
    private readonly StringBuilder _lines = new();
    private readonly List<ReadOnlyMemory<byte>> _payloads = [];
    private readonly List<string> _packages = [];

    /// <summary>Arranges changes by their steps.</summary>
    public ApplyPlan(IReadOnlyList<Change> changes)
    {
        foreach (var step in changes.GroupBy(change => change.Step).OrderBy(group => group.Key))
        {
            Add("step", step.Key.ToString());
            foreach (var change in step)
            {
                Add(change);
            }

            if (step.Key == StepName.Packages && _packages.Count > 0)
            {
                Add("install", string.Join(' ', _packages)); // all of them are one transaction of apt's
            }
        }
    }

    /// <summary>The shell function that puts the plan, its files and the script that carries it out into a run's directory.</summary>
    public string ToScript()
    {
        var script = new StringBuilder("put_files() {\n");
        Put(script, "apply.sh", Encoding.UTF8.GetBytes(ShellText.Script("apply.sh")));
        Put(script, "plan", Encoding.UTF8.GetBytes(_lines.ToString()));
        Put(script, "packages", Encoding.UTF8.GetBytes(string.Concat(_packages.Select(package => package + "\n"))));
        for (var i = 0; i < _payloads.Count; i++)
        {
            Put(script, PayloadName(i), _payloads[i].Span);
        }

        return script.Append("true\n}\n").ToString();
    }

    /// <summary>A file's bytes travel as base64 in a quoted here-document, in which nothing means anything to the shell.</summary>
    private static void Put(StringBuilder script, string name, ReadOnlySpan<byte> content) => script
        .Append(CultureInfo.InvariantCulture, $"base64 -d >\"$run/{name}\" <<'end' || return\n")
        .Append(Convert.ToBase64String(content, Base64FormattingOptions.InsertLineBreaks).ReplaceLineEndings("\n"))
        .Append("\nend\n");

    private static string PayloadName(int index) => string.Create(CultureInfo.InvariantCulture, $"file-{index}");

    private static string HashOf(ReadOnlyMemory<byte>? content) => content is { } bytes ? Convert.ToHexStringLower(SHA256.HashData(bytes.Span)) : "-";

    private void Add(Change change)
    {
        switch (change.Action)
        {
            case ChangeAction.RepairPackages:
                Add("repair");
                break;
            case ChangeAction.InstallPackage:
                _packages.Add(change.Target);
                break;
            case ChangeAction.WriteFile:
                Add("write", change.Target, PayloadName(_payloads.Count), HashOf(change.ExpectedContent), change.BackupPath.Length > 0 ? change.BackupPath : "-");
                _payloads.Add(change.Content);
                break;
            case ChangeAction.CreateDirectory:
                Add("directory", change.Target);
                break;
            case ChangeAction.DisableSwap:
                Add("swapoff", change.Target);
                break;
            case ChangeAction.MaskUnit:
                Add("mask", change.Target);
                break;
            case ChangeAction.RestartUnit:
                Add("restart", change.Target);
                break;
            case ChangeAction.LoadModule:
                Add("load", change.Target);
                break;
            case ChangeAction.SetSysctl:
                Add("sysctl", SysctlKey.ToPath(change.Target), change.Value);
                break;
            case ChangeAction.ReloadManager:
                Add("reload", change.Value == "reexec" ? "daemon-reexec" : "daemon-reload");
                break;
            case ChangeAction.SetHostName:
                Add("hostname", change.Target);
                break;
            case ChangeAction.ReplacePackage:
                Add("replace", change.Target, change.Value.Length > 0 ? change.Value : "-");
                break;
            case ChangeAction.EnableUnit:
                Add("enable", change.Target);
                break;
            case ChangeAction.DisableUnit:
                Add("disable", change.Target);
                break;
            case ChangeAction.DeleteFile:
                Add("delete", change.Target, HashOf(change.ExpectedContent), change.BackupPath);
                break;
            case ChangeAction.SetClock:
                Add("clock", change.Value);
                break;
            default:
                throw new InvalidOperationException($"No node knows how to carry out {change.Action}.");
        }
    }

    private void Add(params ReadOnlySpan<string> fields)
    {
        foreach (var field in fields)
        {
            // facts may hold anything; a field that is empty or breaks the line would shift those after it
            if (field.Length == 0 || field.AsSpan().IndexOfAny('\t', '\n', '\0') >= 0)
            {
                throw new InvalidDataException($"'{field}' cannot be part of a plan");
            }
        }

        _lines.AppendJoin('\t', fields).Append('\n');
    }
}
