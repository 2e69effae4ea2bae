using System.Text;

namespace KubePrep.Lab.Tests;

/// <summary>Looks for words in the arguments and environments of all processes of this machine, and in a directory, over and over.</summary>
internal sealed class ProcessSearch : IDisposable
{
    private readonly IReadOnlyList<byte[]> _words;
    private readonly string _directory;
    private readonly Thread _thread;
    private readonly HashSet<string> _found = [];
    private readonly HashSet<string> _programs = [];
    private volatile bool _isEnding;

    /// <summary>Begins to look.</summary>
    public ProcessSearch(IEnumerable<string> words, string directory)
    {
        _words = [.. words.Select(Encoding.UTF8.GetBytes)];
        _directory = directory;
        _thread = new Thread(Look) { IsBackground = true };
        _thread.Start();
    }

    /// <summary>The programs that were seen, by their first arguments.</summary>
    public IReadOnlySet<string> Programs => _programs;

    /// <summary>Ends it.</summary>
    /// <returns>Where the words were found.</returns>
    public IReadOnlyCollection<string> End()
    {
        _isEnding = true;
        _thread.Join();
        return _found;
    }

    public void Dispose() => End();

    private void Look()
    {
        while (!_isEnding)
        {
            try
            {
                LookAtAll();
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // a directory is gone that was being listed; on this thread, the exception would end all tests
            }
        }
    }

    private void LookAtAll()
    {
        foreach (var process in Directory.EnumerateDirectories("/proc").Where(path => char.IsAsciiDigit(path[6])))
        {
            Look($"{process}/cmdline");
            Look($"{process}/environ");
        }

        foreach (var path in Directory.EnumerateFiles(_directory, "*", SearchOption.AllDirectories))
        {
            // a named pipe has no length, and reading it would take what is for somebody else
            if (new FileInfo(path) is { Exists: true, Length: > 0 })
            {
                Look(path);
            }
        }
    }

    private void Look(string path)
    {
        try
        {
            var content = File.ReadAllBytes(path);
            if (path.EndsWith("/cmdline", StringComparison.Ordinal))
            {
                _programs.Add(Encoding.UTF8.GetString(content).Split('\0')[0]);
            }

            if (_words.Any(word => content.AsSpan().IndexOf(word) >= 0))
            {
                _found.Add($"{path}: {Encoding.UTF8.GetString(content).Replace('\0', ' ')}");
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // it has ended
        }
    }
}
