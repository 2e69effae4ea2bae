using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace KubePrep.Files;

/// <summary>The few calls of Linux's C library that .NET has no door to: opening without following links, locking and syncing directories.</summary>
internal static partial class NativeMethods
{
    internal const int OpenReadOnly = 0;
    internal const int OpenReadWrite = 2;
    internal const int OpenCreate = 0x40;
    internal const int OpenExclusive = 0x80;
    internal const int OpenAppend = 0x400;
    internal const int OpenNonBlocking = 0x800;
    internal const int OpenCloseOnExec = 0x80000;

    internal const int LockExclusive = 2;
    internal const int LockNonBlocking = 4;

    internal const int AtCurrentDirectory = -100;
    internal const int AtSymlinkNoFollow = 0x100;
    internal const int AtEmptyPath = 0x1000;
    internal const uint StatXBasicStats = 0x7ff;

    internal const int NoSuchFile = 2;
    internal const int NoSuchDevice = 6;
    internal const int FileExists = 17;
    internal const int NotADirectory = 20;
    internal const int TooManyLinks = 40;
    internal const int WouldBlock = 11;
    internal const int Interrupted = 4;

    /// <summary><c>O_NOFOLLOW</c>, which has one value on x86 and another on ARM (asm/fcntl.h).</summary>
    internal static int OpenNoFollow { get; } =
        RuntimeInformation.ProcessArchitecture is Architecture.Arm64 or Architecture.Arm ? 0x8000 : 0x20000;

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial SafeFileHandle Open(string path, int flags, int mode = 0);

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int StatX(int directory, string path, int flags, uint mask, out StatXBuffer buffer);

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int StatX(SafeFileHandle file, string path, int flags, uint mask, out StatXBuffer buffer);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    internal static partial int FSync(SafeFileHandle file);

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    internal static partial int FLock(SafeFileHandle file, int operation);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    internal static partial uint GetEffectiveUserId();

    /// <summary><c>struct statx</c> (linux/stat.h), whose layout is the same on every architecture.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    internal struct StatXBuffer
    {
        [FieldOffset(20)]
        public uint UserId;

        [FieldOffset(28)]
        public ushort Mode;
    }
}
