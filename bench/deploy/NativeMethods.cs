using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace KubePrep.Bench.Deploy;

/// <summary>What .NET has no door to: syncing a directory, and the processor time of children that have ended.</summary>
internal static partial class NativeMethods
{
    private const int ReadOnly = 0;
    private const int Children = -1;

    /// <summary>Waits until a directory's entries are on the disk.</summary>
    public static void SyncDirectory(string path)
    {
        using var handle = Open(path, ReadOnly);
        if (handle.IsInvalid || FSync(handle) != 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError());
        }
    }

    /// <summary>The time that all children so far, and theirs, have spent on processors.</summary>
    public static TimeSpan ChildrenCpu()
    {
        if (GetResourceUsage(Children, out var usage) != 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError());
        }

        return TimeSpan.FromSeconds(usage.UserSeconds + usage.SystemSeconds)
            + TimeSpan.FromMicroseconds(usage.UserMicroseconds + usage.SystemMicroseconds);
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial SafeFileHandle Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int FSync(SafeFileHandle file);

    [LibraryImport("libc", EntryPoint = "getrusage", SetLastError = true)]
    private static partial int GetResourceUsage(int who, out ResourceUsage usage);

    /// <summary>The beginning of <c>struct rusage</c> (getrusage(2)) on 64-bit Linux; the rest is room for what is not read.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 144)]
    private struct ResourceUsage
    {
        public long UserSeconds;
        public long UserMicroseconds;
        public long SystemSeconds;
        public long SystemMicroseconds;
    }
}
