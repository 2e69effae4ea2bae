using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace KubePrep.Files;

/// <summary>
/// What a transaction is about to rename, remove and append, written durably before the first rename. While it exists, the set of files is
/// neither old nor new, and the next run completes it.
/// </summary>
/// <param name="Renames">The files that are put in their places, in this order.</param>
/// <param name="Removals">The files that are removed after that; paths relative to the record's directory.</param>
/// <param name="Addition">The text that is appended to a file at last; null for none.</param>
internal sealed partial record CommitRecord(
    IReadOnlyList<CommitRecord.Rename> Renames, IReadOnlyList<string> Removals, CommitRecord.Append? Addition)
{
    /// <summary>The record's name in the directory the transaction is about.</summary>
    public const string FileName = ".kubeprep-commit.json";

    private const string StagedSuffix = ".kubeprep-";

    /// <summary>One file or directory to be renamed into place; both paths are relative to the record's directory.</summary>
    public sealed record Rename(string From, string To);

    /// <summary>Text for the end of a file that was <paramref name="Length"/> bytes long, so that it is known whether it was appended yet.</summary>
    public sealed record Append(string Path, long Length, string Text);

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
        return StrictJson.Parse(content, _ => FileErrors.CommitRecordInvalid(path)) is JsonObject document
            && document["renames"] is JsonArray renames
            && (document["removals"] ?? new JsonArray()) is JsonArray removals
            && document.All(entry => entry.Key is "renames" or "removals" or "append")
            ? new CommitRecord(
                [.. renames.Select(r => ReadRename(r) ?? throw FileErrors.CommitRecordInvalid(path))],
                [.. removals.Select(r => ReadPath(r) ?? throw FileErrors.CommitRecordInvalid(path))],
                document["append"] is { } append ? ReadAppend(append) ?? throw FileErrors.CommitRecordInvalid(path) : null)
            : throw FileErrors.CommitRecordInvalid(path);
    }

    /// <summary>The directories in which something is changed; full paths.</summary>
    public IEnumerable<string> Directories(string root) =>
        Renames.Select(r => r.To).Concat(Removals).Concat(Addition is null ? [] : [Addition.Path]).Select(path => Path.GetDirectoryName(Path.Join(root, path))!).Distinct();

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
        var document = new JsonObject { ["renames"] = new JsonArray(renames) };
        if (Removals.Count > 0)
        {
            document["removals"] = new JsonArray([.. Removals.Select(r => JsonValue.Create(r))]);
        }

        if (Addition is var (file, length, text))
        {
            document["append"] = new JsonObject { ["path"] = file, ["length"] = length, ["text"] = text };
        }

        return Encoding.UTF8.GetBytes(document.ToJsonString());
    }

    private static Rename? ReadRename(JsonNode? node) =>
        node is JsonObject entry
        && entry["from"] is JsonValue from && from.TryGetValue(out string? staged)
        && entry["to"] is JsonValue to && to.TryGetValue(out string? target)
        && new Rename(staged, target) is var rename && IsHarmless(rename) ? rename : null;

    private static string? ReadPath(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue(out string? path) && IsHarmless(path) ? path : null;

    private static Append? ReadAppend(JsonNode node) =>
        node is JsonObject { Count: 3 } entry
        && ReadPath(entry["path"]) is { } path
        && entry["length"] is JsonValue length && length.TryGetValue(out long bytes) && bytes >= 0
        && entry["text"] is JsonValue content && content.TryGetValue(out string? text)
            ? new Append(path, bytes, text)
            : null;

    /// <summary>A record is only ever about names beside each other and below its own directory, whoever wrote it.</summary>
    private static bool IsHarmless(Rename rename) =>
        IsHarmless(rename.From)
        && IsHarmless(rename.To)
        && IsStagedName(Path.GetFileName(rename.From))
        && Path.GetDirectoryName(rename.From) == Path.GetDirectoryName(rename.To);

    private static bool IsHarmless(string path) =>
        PlainText.Fault(path) is null && path.Split('/').All(name => name is not ("" or "." or ".."));

    [GeneratedRegex(@"^\..+\.kubeprep-[0-9a-f]{16}\z")]
    private static partial Regex StagedName { get; }
}
