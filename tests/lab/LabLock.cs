using System.Diagnostics;

namespace KubePrep.Lab.Tests;

/// <summary>Keeps two runs of the tests from using the same nodes.</summary>
internal sealed class LabLock : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(20);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private readonly FileStream _file;

    private LabLock(FileStream file) => _file = file;

    /// <summary>Waits for another run to end.</summary>
    public static LabLock Take(string directory)
    {
        var path = Path.Join(Directory.CreateDirectory(directory).FullName, "tests.lock");
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                return new LabLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            }
            catch (IOException) when (Stopwatch.GetElapsedTime(started) < Limit)
            {
                Thread.Sleep(Interval);
            }
        }
    }

    public void Dispose() => _file.Dispose();
}
