using System.Text.Json;

namespace KubePrep.Core.Tests;

/// <summary>
/// What a killed run leaves in a directory, laid out by hand: old files, the new ones staged beside them, and, from the commit's start on,
/// its record, with some renames done.
/// </summary>
internal sealed record InterruptedCommit(IReadOnlyList<InterruptedCommit.Replacement> Files, int RenamesDone, bool HasRecord)
{
    private const string Id = "fedcba9876543210";

    /// <summary>A file's path below the directory, its old content, or null if it is new, and its new content.</summary>
    public sealed record Replacement(string Path, string? Old, string New);

    public void LayOut(TemporaryDirectory directory)
    {
        for (var i = 0; i < Files.Count; i++)
        {
            var (path, old, @new) = Files[i];
            var isDone = HasRecord && i < RenamesDone;
            if (isDone || old is not null)
            {
                directory.Write(path, isDone ? @new : old!);
            }

            if (!isDone)
            {
                directory.Write(StagedPath(path), @new);
            }
        }

        if (HasRecord)
        {
            var renames = Files.Select(file => new { from = StagedPath(file.Path), to = file.Path });
            directory.Write(".kubeprep-commit.json", JsonSerializer.Serialize(new { renames }));
        }
        else
        {
            directory.Write($"..kubeprep-commit.json.kubeprep-{Id}", "{ \"renames\": [");
        }
    }

    private static string StagedPath(string path) =>
        System.IO.Path.Join(System.IO.Path.GetDirectoryName(path), $".{System.IO.Path.GetFileName(path)}.kubeprep-{Id}");
}
