using System.Globalization;
using Xunit.Sdk;

namespace KubePrep.Cli.Tests;

/// <summary>Reads every file of a directory again and again while others write it, as a careless user would, and remembers what was wrong.</summary>
internal sealed class FilePoller : IDisposable
{
    private readonly string _directory;
    private readonly Thread _thread;
    private readonly Dictionary<string, string> _faults = [];
    private volatile bool _isOver;
    private int _seen;

    public FilePoller(string directory)
    {
        _directory = directory;
        _thread = new Thread(Poll);
        _thread.Start();
    }

    /// <summary>Ends the reading; fails if a partial file or an open secret was ever seen, or no file at all.</summary>
    public void ExpectAllWhole()
    {
        Dispose();
        Assert.Empty(_faults);
        Assert.True(_seen > 0, "No file was ever seen.");
    }

    public void Dispose()
    {
        _isOver = true;
        _thread.Join();
    }

    private void Poll()
    {
        while (!_isOver)
        {
            foreach (var path in Files())
            {
                try
                {
                    Look(path);
                }
                catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
                {
                    // it was renamed or removed since it was listed
                }
                catch (Exception e) when (e is XunitException or IOException or UnauthorizedAccessException)
                {
                    _faults.TryAdd(path, e.Message);
                }
            }
        }
    }

    private void Look(string path)
    {
        if (ClusterFiles.IsSecret(path) && File.GetUnixFileMode(path) is var mode and not ClusterFiles.SecretMode)
        {
            _faults.TryAdd(path, string.Create(CultureInfo.InvariantCulture, $"seen with mode {mode}"));
        }

        if (ClusterFiles.All.Contains(Path.GetRelativePath(_directory, path)))
        {
            WholeFile.Expect(path, File.ReadAllBytes(path));
            _seen++;
        }
    }

    private string[] Files()
    {
        try
        {
            return Directory.GetFiles(
                _directory, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None });
        }
        catch (IOException)
        {
            return []; // the directory, or one below it, is not there yet, or not any more
        }
    }
}
