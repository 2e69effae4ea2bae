using System.Net;
using KubePrep.Facts;

namespace KubePrep.HostsFile;

/// <summary>
/// Finds rows outside of the managed block that say something else about a name of the hosts map: they answer before the map does, or
/// beside it.
/// </summary>
internal static class HostsShadow
{
    private const int MostWarnings = 5;

    /// <summary>What is found, as sentences without a full stop; at most five, and one that counts the rest.</summary>
    /// <param name="document">A node's hosts file as it will be, to which the lines' numbers belong.</param>
    /// <param name="map">The hosts map.</param>
    public static IReadOnlyList<string> Warnings(HostsDocument document, HostsMap map)
    {
        var warnings = (
            from row in document.Rows
            where !row.IsManaged
            from name in row.Entry.Names.Distinct(StringComparer.OrdinalIgnoreCase)
            let addresses = map.Addresses[name].ToList()
            where addresses.Count > 0 && !addresses.Contains(HostsAddress.Normalize(row.Entry.Address))
            select Warning(row, name, addresses)).ToList();
        return warnings.Count > MostWarnings
            ? [.. warnings.Take(MostWarnings), $"{HostsDocument.FilePath} has {warnings.Count - MostWarnings} more such names"]
            : warnings;
    }

    private static string Warning(HostsRow row, string name, IEnumerable<IPAddress> addresses) =>
        $"Line {row.Line} of {HostsDocument.FilePath} maps {name} to {row.Entry.Address}, and the hosts map to {string.Join(", ", addresses)}";
}
