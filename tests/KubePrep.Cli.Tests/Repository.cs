using System.Reflection;

namespace KubePrep.Cli.Tests;

/// <summary>The files of the project that these tests were built from.</summary>
internal static class Repository
{
    private static readonly string Root = typeof(Repository).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == nameof(Repository))
        .Value!;

    /// <summary>The path of a file, given by its path below the project's directory.</summary>
    public static string File(string path) => Path.Join(Root, path);
}
