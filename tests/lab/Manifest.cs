using System.Collections.Immutable;

namespace KubePrep.Lab.Tests;

/// <summary>The files of a node at one moment.</summary>
internal sealed class Manifest
{
    private const int Fields = 6;
    private const int HashLength = 64;

    private readonly ImmutableSortedDictionary<string, ManifestEntry> _entries;

    private Manifest(IEnumerable<ManifestEntry> entries) =>
        _entries = entries.ToImmutableSortedDictionary(entry => entry.Path, entry => entry, StringComparer.Ordinal);

    /// <summary>What makes one.</summary>
    public static string Script { get; } = Repository.File("tests/lab/manifest.sh");

    public IEnumerable<string> Paths => _entries.Keys;

    public ManifestEntry this[string path] => _entries[path];

    /// <summary>Reads what the script printed.</summary>
    public static Manifest Parse(string text)
    {
        var fields = text.Split('\0');
        var end = 0;
        while (fields[end].Length > 0)
        {
            end += Fields;
        }

        var hashes = fields[(end + 1)..^1].ToDictionary(line => line[(HashLength + 2)..], line => line[..HashLength], StringComparer.Ordinal);
        return new Manifest(fields[..end].Chunk(Fields).Select(entry => Entry(entry, hashes)));
    }

    /// <summary>The paths that are new, gone, or different in kind, mode, owner, content or link target.</summary>
    public IReadOnlyList<string> ChangesSince(Manifest before) => Different(before, entry => entry with { Times = "" });

    /// <summary>The paths that were written, even with what they held before, and the directories that anything came to or left.</summary>
    public IReadOnlyList<string> WritesSince(Manifest before) => Different(before, entry => entry);

    private static ManifestEntry Entry(string[] fields, Dictionary<string, string> hashes)
    {
        var (link, path) = (fields[4], fields[5]);
        var content = link.Length > 0 ? link : hashes.GetValueOrDefault(path, "");
        return new ManifestEntry(path[1..], fields[0], fields[1], $"{fields[2]} {fields[3]}", content);
    }

    private List<string> Different(Manifest before, Func<ManifestEntry, ManifestEntry> view) =>
        [.. Paths.Union(before.Paths, StringComparer.Ordinal)
            .Where(path => !Equals(View(path, view), before.View(path, view)))
            .Order(StringComparer.Ordinal)];

    private ManifestEntry? View(string path, Func<ManifestEntry, ManifestEntry> view) =>
        _entries.TryGetValue(path, out var entry) ? view(entry) : null;
}
