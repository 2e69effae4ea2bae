using System.Runtime.InteropServices;

namespace KubePrep.Connections;

/// <summary>The calls of Linux's C library that .NET has no door to: signals to process groups, and named pipes.</summary>
internal static partial class NativeMethods
{
    internal const int Terminate = 15;
    internal const int KillNow = 9;
    internal const int NoSuchProcess = 3;
    internal const int OpenWriteOnly = 1;
    internal const uint OwnerReadWrite = 0x180; // 0600

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    internal static partial int Kill(int process, int signal);

    [LibraryImport("libc", EntryPoint = "mkfifo", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int MakeFifo(string path, uint mode);
}
