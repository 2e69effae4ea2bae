using System.Text;
using KubePrep.Facts;

namespace KubePrep.Changes;

/// <summary>Files on a node that are KubePrep's own: what they begin with, and the change that writes one.</summary>
internal static class ManagedFile
{
    /// <summary>The first line of each.</summary>
    public const string Notice = "# KubePrep manages this file; changes made to it are overwritten.";

    /// <summary>The content of a file with these lines.</summary>
    public static byte[] Render(params IEnumerable<string> lines) =>
        Encoding.UTF8.GetBytes(string.Concat(lines.Prepend(Notice).Select(line => $"{line}\n")));

    /// <summary>Whether a node's file holds exactly these bytes.</summary>
    public static bool IsWritten(NodeFacts facts, string path, ReadOnlySpan<byte> content) =>
        facts.Files[path] is { } file && file.Content.Span.SequenceEqual(content);

    /// <summary>The change that writes a file, whoever it belongs to.</summary>
    public static Change Write(StepName step, NodeFacts facts, string path, byte[] content, string reason)
    {
        var existing = facts.Files[path]?.Content;
        return new Change
        {
            Step = step,
            Action = ChangeAction.WriteFile,
            Target = path,
            Reason = reason,
            Diff = UnifiedDiff.OfFile(path, existing, content),
            Content = content,
            ExpectedContent = existing,
        };
    }
}
