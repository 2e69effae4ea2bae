namespace KubePrep.Core.Tests;

/// <summary>A directory of a test's own, removed after it.</summary>
internal sealed class TemporaryDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("kubeprep-tests-").FullName;

    /// <summary>The full path of something in it.</summary>
    public string this[string relativePath] => System.IO.Path.Join(Path, relativePath);

    /// <summary>Writes a text file, and makes its directory.</summary>
    /// <returns>Its full path.</returns>
    public string Write(string relativePath, string content)
    {
        var path = this[relativePath];
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
        return path;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
