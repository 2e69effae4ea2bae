using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace KubePrep.Files;

/// <summary>An open directory: what is needed to lock it and to make renames in it durable.</summary>
internal sealed class DirectoryHandle : IDisposable
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(20);
    private readonly string _path;
    private readonly SafeFileHandle _handle;

    private DirectoryHandle(string path, SafeFileHandle handle)
    {
        _path = path;
        _handle = handle;
    }

    public static DirectoryHandle Open(string path)
    {
        var handle = NativeMethods.Open(path, NativeMethods.OpenReadOnly | NativeMethods.OpenCloseOnExec);
        if (!handle.IsInvalid)
        {
            return new DirectoryHandle(path, handle);
        }

        var cause = new Win32Exception(Marshal.GetLastPInvokeError());
        handle.Dispose();
        throw FileErrors.ReadFailed(path, cause);
    }

    /// <summary>
    /// Takes an exclusive lock on the directory itself, so that no lock file is left behind, and the kernel ends it with the process.
    /// </summary>
    /// <exception cref="KubePrepException">Another process held it all the time (<see cref="ErrorId.DirectoryBusy"/>).</exception>
    public void Lock(TimeSpan timeout, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        while (NativeMethods.FLock(_handle, NativeMethods.LockExclusive | NativeMethods.LockNonBlocking) != 0)
        {
            var error = Marshal.GetLastPInvokeError();
            if (error is not (NativeMethods.WouldBlock or NativeMethods.Interrupted))
            {
                throw FileErrors.DirectoryNotWritable(_path, new Win32Exception(error));
            }

            if (Stopwatch.GetElapsedTime(started) > timeout)
            {
                throw FileErrors.DirectoryBusy(_path, timeout);
            }

            cancellationToken.WaitHandle.WaitOne(PollInterval);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Waits until the directory's entries are on the disk (<c>fsync</c>).</summary>
    public void Sync()
    {
        if (NativeMethods.FSync(_handle) != 0)
        {
            throw FileErrors.WriteFailed(_path, new Win32Exception(Marshal.GetLastPInvokeError()));
        }
    }

    /// <summary>Waits until a directory's entries are on the disk.</summary>
    public static void Sync(string path)
    {
        using var handle = Open(path);
        handle.Sync();
    }

    public void Dispose() => _handle.Dispose();
}
