using System.Security.Cryptography;

namespace KubePrep.Cli.Tests;

/// <summary>All there is to see of a directory and everything below it, as text to compare.</summary>
internal static class Tree
{
    /// <summary>
    /// Names, kinds, modes, owners, inodes, times of change and contents: equal only if nothing was written, not even the same again.
    /// </summary>
    public static string Of(string path)
    {
        if (!Path.Exists(path))
        {
            return "(nothing)";
        }

        var entries = Tool.Must("find", path, "-printf", @"%p\t%y %m %U:%G %i %T@ %C@ %l\n")
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Order(StringComparer.Ordinal);
        return string.Join('\n', entries.Select(entry => $"{entry} {Hash(entry)}"));
    }

    private static string Hash(string entry)
    {
        var (path, kind) = (entry[..entry.IndexOf('\t', StringComparison.Ordinal)], entry[entry.IndexOf('\t', StringComparison.Ordinal) + 1]);
        return kind == 'f' ? Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path))) : "";
    }
}
