using System.Runtime.InteropServices;

namespace KubePrep.Core.Tests;

/// <summary>
/// Another umask for as long as it lives. The umask is the whole process's: tests that use it must not run beside others.
/// </summary>
internal sealed class Umask : IDisposable
{
    private readonly uint _previous;

    public Umask(string octal) => _previous = Set(Convert.ToUInt32(octal, 8));

    public void Dispose() => _ = Set(_previous);

    [DllImport("libc", EntryPoint = "umask")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern uint Set(uint mask);
}
