using System.Text.Json;
using System.Text.Json.Serialization;
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
        var content = RegularFile.Read(path);
        if (content is null)
        {
            return null;
        }

        try
        {
            var record = JsonSerializer.Deserialize(content, CommitRecordJson.Default.CommitRecord);
            return record is { Renames: not null } && record.Renames.All(IsHarmless) ? record : throw FileErrors.CommitRecordInvalid(path);
        }
        catch (JsonException e)
        {
            throw FileErrors.CommitRecordInvalid(path, e);
        }
    }

    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, CommitRecordJson.Default.CommitRecord);

    /// <summary>A record is only ever about names beside each other and below its own directory, whoever wrote it.</summary>
    private static bool IsHarmless(Rename rename) =>
        rename is { From: not null, To: not null }
        && IsStagedName(Path.GetFileName(rename.From))
        && Path.GetDirectoryName(rename.From) == Path.GetDirectoryName(rename.To)
        && !Path.IsPathRooted(rename.From)
        && !rename.From.Split('/').Contains("..")
        && Path.GetFileName(rename.To) is not ("" or "." or "..");

    [GeneratedRegex(@"^\..+\.kubeprep-[0-9a-f]{16}\z")]
    private static partial Regex StagedName { get; }
}

/// <summary>Serialization made at compile time, so that no reflection runs at start.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, AllowDuplicateProperties = false)]
[JsonSerializable(typeof(CommitRecord))]
internal sealed partial class CommitRecordJson : JsonSerializerContext;
