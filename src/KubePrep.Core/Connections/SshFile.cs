using KubePrep.Files;

namespace KubePrep.Connections;

/// <summary>Reads the files that ssh keeps for its user, which are often links to others.</summary>
internal static class SshFile
{
    /// <summary>More than known_hosts has for 100,000 keys.</summary>
    private const long MaximumLength = 64 << 20;

    /// <summary>A file's lines as they are read; none if it is not there, cannot be read, is no regular file or far too large.</summary>
    public static IEnumerable<string> Lines(string path)
    {
        using var reader = Open(path);
        while (reader?.ReadLine() is { } line)
        {
            yield return line;
        }
    }

    private static StreamReader? Open(string path)
    {
        try
        {
            // a device or a pipe might never end, and is not even opened
            if (FileStatus.ReadThroughLinks(path).Kind != FileKind.Regular)
            {
                return null;
            }

            var reader = new StreamReader(path);
            if (reader.BaseStream.Length <= MaximumLength)
            {
                return reader;
            }

            reader.Dispose();
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
