using System.Security.Cryptography;

namespace KubePrep.Core.Tests;

/// <summary>Everything about a directory tree that a write to it would change.</summary>
internal static class DirectoryListing
{
    /// <summary>Each entry with its kind, mode, inode, times, link target and a hash of its content.</summary>
    public static IReadOnlyList<string> Of(string directory) =>
    [
        .. Tool.Run("find", directory, "-printf", @"%y %m %i %T@ %C@ %l %p\n")
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(
                line => line.StartsWith("f ", StringComparison.Ordinal) ? $"{line} {HashOf(line[line.IndexOf('/', StringComparison.Ordinal)..])}" : line)
            .Order(StringComparer.Ordinal),
    ];

    private static string HashOf(string path) => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path)));
}
