using System.Net;
using System.Text;
using KubePrep.Facts;

namespace KubePrep.HostsFile;

/// <summary>The rows of a managed block: a row an address, sorted numerically, IPv4 before IPv6.</summary>
internal sealed class HostsMap
{
    private const string Notice = "# KubePrep manages the rows between these marks; changes made to them are overwritten.";

    private readonly Lazy<ReadOnlyMemory<byte>> _block;
    private readonly Lazy<ILookup<string, IPAddress>> _addresses;
    private readonly Lazy<Dictionary<IPAddress, string>> _names;

    private HostsMap(IReadOnlyList<HostsEntry> entries)
    {
        Entries = entries;
        // each node's file is compared with one map, by many threads
        _block = new(Render);
        _addresses = new(() => Entries.SelectMany(entry => entry.Names, (entry, name) => (entry.Address, name))
            .ToLookup(pair => pair.name, pair => pair.Address, StringComparer.OrdinalIgnoreCase));
        _names = new(() => NamesByAddress(Entries));
    }

    /// <summary>The rows.</summary>
    public IReadOnlyList<HostsEntry> Entries { get; }

    /// <summary>
    /// Makes the map of rows; those with one address become one, and of names that differ in upper and lower case alone the first stays.
    /// </summary>
    public static HostsMap Of(IEnumerable<HostsEntry> entries) => new([.. Merged(entries).OrderBy(row => HostsAddress.SortKey(row.Address))]);

    /// <summary>The block: its marks, a word about them, and the rows; the lines end as Linux's do.</summary>
    public ReadOnlyMemory<byte> Block => _block.Value;

    /// <summary>The addresses of each name; upper and lower case are the same.</summary>
    public ILookup<string, IPAddress> Addresses => _addresses.Value;

    /// <summary>How it differs from rows that were there before.</summary>
    public HostsDifference ChangeFrom(IEnumerable<HostsEntry> before)
    {
        var (first, second) = (NamesByAddress(before), _names.Value);
        var common = second.Keys.Count(first.ContainsKey);
        return new HostsDifference(
            Added: second.Count - common,
            Changed: second.Count(row => first.TryGetValue(row.Key, out var names) && names != row.Value),
            Removed: first.Count - common);
    }

    private static IEnumerable<HostsEntry> Merged(IEnumerable<HostsEntry> entries) => entries
        .GroupBy(entry => HostsAddress.Normalize(entry.Address))
        .Select(row => new HostsEntry(row.Key, [.. row.SelectMany(entry => entry.Names).Distinct(StringComparer.OrdinalIgnoreCase)]));

    private static Dictionary<IPAddress, string> NamesByAddress(IEnumerable<HostsEntry> entries) =>
        Merged(entries).ToDictionary(entry => entry.Address, entry => string.Join(' ', entry.Names));

    private ReadOnlyMemory<byte> Render() => Encoding.Latin1.GetBytes(string.Concat(
        ((IEnumerable<string>)[HostsDocument.BeginMark, Notice, .. Entries.Select(entry => entry.ToString()), HostsDocument.EndMark])
            .Select(line => $"{line}\n")));
}
