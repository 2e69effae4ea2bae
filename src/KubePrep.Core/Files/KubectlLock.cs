using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace KubePrep.Files;

/// <summary>
/// The lock that kubectl and every program made with client-go take before they write a kubeconfig: a file beside it, made if it is not
/// there. It names no owner and outlives a killed one, so that only a person can tell whether one that stays is still meant.
/// </summary>
internal sealed class KubectlLock : IDisposable
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(20);

    private readonly string _path;

    private KubectlLock(string path) => _path = path;

    /// <summary>How long another program's lock is waited for.</summary>
    public static TimeSpan DefaultTimeout { get; } = TimeSpan.FromSeconds(10);

    /// <summary>The lock of a kubeconfig.</summary>
    public static string PathOf(string kubeconfig) => $"{kubeconfig}.lock";

    /// <summary>Takes the lock, once nobody else holds it.</summary>
    /// <param name="kubeconfig">The file that is to be written; its directory exists.</param>
    /// <param name="timeout">How long to wait.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="KubePrepException">
    /// Another program held it all the time (<see cref="ErrorId.KubeconfigLocked"/>), or the directory cannot be written to
    /// (<see cref="ErrorId.DirectoryNotWritable"/>, <see cref="ErrorId.DiskFull"/>).
    /// </exception>
    public static KubectlLock Take(string kubeconfig, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var path = PathOf(kubeconfig);
        var started = Stopwatch.GetTimestamp();
        while (!TryCreate(path))
        {
            if (Stopwatch.GetElapsedTime(started) > timeout)
            {
                throw FileErrors.KubeconfigLocked(kubeconfig, path, AgeOf(path));
            }

            cancellationToken.WaitHandle.WaitOne(PollInterval);
            cancellationToken.ThrowIfCancellationRequested();
        }

        return new KubectlLock(path);
    }

    /// <summary>Removes the lock.</summary>
    public void Dispose()
    {
        try
        {
            File.Delete(_path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FileErrors.WriteFailed(_path, e);
        }
    }

    private static bool TryCreate(string path)
    {
        // with the mode kubectl gives it, which lets nobody open it
        using var handle = NativeMethods.Open(path, NativeMethods.OpenCreate | NativeMethods.OpenExclusive | NativeMethods.OpenCloseOnExec);
        if (!handle.IsInvalid)
        {
            return true;
        }

        var error = Marshal.GetLastPInvokeError();
        return error is NativeMethods.FileExists or NativeMethods.Interrupted
            ? false
            : throw FileErrors.DirectoryNotWritable(Path.GetDirectoryName(path)!, new Win32Exception(error));
    }

    private static TimeSpan AgeOf(string path)
    {
        var age = DateTime.UtcNow - File.GetLastWriteTimeUtc(path); // of a file that has just gone, centuries
        return age < TimeSpan.Zero || !Path.Exists(path) ? TimeSpan.Zero : age;
    }
}
