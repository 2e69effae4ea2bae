using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace KubePrep.Files;

/// <summary>
/// What a transaction is about to rename, written durably before the first rename. While it exists, the set of files is
/// neither old nor new, and the next run completes it.
/// </summary>
internal sealed partial record CommitRecord(IReadOnlyList<CommitRecord.Rename> Renames)
{
    /// <summary>The record's name in the directory the transaction is about.</summary>
    public const string FileName = ".kubeprep-commit.json";

    private const string StagedSuffix = ".kubeprep-";

    /// <summary>One file or directory to be renamed into place; both paths are relative to the record's directory.</summary>
    public sealed record Rename(string From, string To);

    /// <summary>The name beside <paramref name="path"/> under which its next content waits.</summary>
    public static string StagedPath(string path, string transactionId) =>
        Path.Join(Path.GetDirectoryName(path), $".{Path.GetFileName(path)}{StagedSuffix}{transactionId}");

    /// <summary>Whether a file name is one that <see cref="StagedPath"/> makes.</summary>
    public static bool IsStagedName(string fileName) => StagedName.IsMatch(fileName);

    /// <summary>Reads the record of an interrupted commit, or gives null if there is none.</summary>
    /// <exception cref="KubePrepException">It is damaged or names files elsewhere (<see cref="ErrorId.CommitRecordInvalid"/>).</exception>
    public static CommitRecord? Read(string root)
    {
        var path = Path.Join(root, FileName);
        if (RegularFile.Read(path) is not { } content)
        {
            return null;
        }

        RequireOwn(root, path);
        return StrictJson.Parse(content, _ => FileErrors.CommitRecordInvalid(path)) is JsonObject { Count: 1 } document
            && document["renames"] is JsonArray renames
            ? new CommitRecord([.. renames.Select(r => ReadRename(r) ?? throw FileErrors.CommitRecordInvalid(path))])
            : throw FileErrors.CommitRecordInvalid(path);
    }

    /// <summary>A record is obeyed only if this user, or whoever owns the directory and so rules it anyway, wrote it.</summary>
    private static void RequireOwn(string root, string path)
    {
        var owner = FileStatus.Read(path).UserId;
        if (owner != NativeMethods.GetEffectiveUserId() && owner != FileStatus.ReadThroughLinks(root).UserId)
        {
            throw FileErrors.CommitRecordInvalid(path);
        }
    }

    public byte[] ToBytes()
    {
        JsonNode[] renames = [.. Renames.Select(r => new JsonObject { ["from"] = r.From, ["to"] = r.To })];
        return Encoding.UTF8.GetBytes(new JsonObject { ["renames"] = new JsonArray(renames) }.ToJsonString());
    }

    private static Rename? ReadRename(JsonNode? node) =>
        node is JsonObject entry
        && entry["from"] is JsonValue from && from.TryGetValue(out string? staged)
        && entry["to"] is JsonValue to && to.TryGetValue(out string? target)
        && new Rename(staged, target) is var rename && IsHarmless(rename) ? rename : null;

    /// <summary>A record is only ever about names beside each other and below its own directory, whoever wrote it.</summary>
    private static bool IsHarmless(Rename rename) =>
        PlainText.Fault(rename.From + rename.To) is null
        && IsStagedName(Path.GetFileName(rename.From))
        && Path.GetDirectoryName(rename.From) == Path.GetDirectoryName(rename.To)
        && !Path.IsPathRooted(rename.From)
        && rename.From.Split('/') is [not ("" or "." or ".."), _] or [_]
        && Path.GetFileName(rename.To) is not ("" or "." or "..");

    [GeneratedRegex(@"^\..+\.kubeprep-[0-9a-f]{16}\z")]
    private static partial Regex StagedName { get; }
}
