using KubePrep.Files;

namespace KubePrep.Certificates;

/// <summary>
/// Reading files that a symbolic link may lead to. Elsewhere links are refused, as through one a key could land in, or be taken from, a
/// place that its owner did not choose; certificates are public, nothing is written here, and the kubelet keeps its own behind a link
/// (<c>kubelet-client-current.pem</c>).
/// </summary>
internal static class LinkedFile
{
    /// <summary>Reads a whole file, or gives null if nothing stands at the path or the link leads nowhere. Never waits for a pipe.</summary>
    /// <exception cref="KubePrepException">It is no regular file, too large or unreadable.</exception>
    public static byte[]? Read(string path)
    {
        try
        {
            return RegularFile.Read(File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException) // links that lead to each other
        {
            throw FileErrors.ReadFailed(path, e);
        }
    }

    /// <summary>The paths of the files of a directory with one of these extensions, by name; none if there is no such directory.</summary>
    /// <exception cref="KubePrepException">The directory cannot be read (<see cref="ErrorId.FileReadFailed"/>).</exception>
    public static IReadOnlyList<string> List(string directory, params IReadOnlyList<string> extensions)
    {
        try
        {
            return
            [
                .. Directory.GetFiles(directory)
                    .Where(path => extensions.Contains(Path.GetExtension(path)) && Path.GetFileName(path)[0] != '.')
                    .Order(StringComparer.Ordinal),
            ];
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FileErrors.ReadFailed(directory, e);
        }
    }
}
