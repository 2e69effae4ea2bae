using System.Diagnostics;
using System.Runtime.InteropServices;

namespace KubePrep.Connections;

/// <summary>
/// A shell on a node as a process of this machine: ssh, or for this machine the shell itself. It leads a session of its own, so that it has
/// no terminal to ask on, a Ctrl+C goes to KubePrep alone, and it ends with everything it has started.
/// </summary>
internal sealed class ShellProcess : IDisposable
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);
    private readonly Process _process;
    private readonly Lock _writing = new();
    private readonly Lock _ending = new();
    private bool _isEnded;

    private ShellProcess(Process process, Action<string>? watch)
    {
        _process = process;
        ErrorOutput = new ErrorOutput(process.StandardError.BaseStream, watch);
    }

    /// <summary>What comes from the node's shell.</summary>
    public Stream Output => _process.StandardOutput.BaseStream;

    /// <summary>What ssh, and the node's programs, say on standard error.</summary>
    public ErrorOutput ErrorOutput { get; }

    /// <summary>Starts a program.</summary>
    /// <param name="program">Its name, found on PATH.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="environment">What it finds in its environment besides this process's.</param>
    /// <param name="watch">Is told what comes on standard error.</param>
    public static ShellProcess Start(
        string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment, Action<string>? watch)
    {
        var start = new ProcessStartInfo("setsid", [program, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var process = new Process { StartInfo = start };
        process.Start();
        return new ShellProcess(process, watch);
    }

    /// <summary>Sends bytes to the node's shell. That it has gone is noticed by who reads from it.</summary>
    public void Send(ReadOnlySpan<byte> bytes)
    {
        lock (_writing)
        {
            try
            {
                _process.StandardInput.BaseStream.Write(bytes);
                _process.StandardInput.BaseStream.Flush();
            }
            catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException)
            {
                // the reader's end of file says it
            }
        }
    }

    /// <summary>Ends it and all it has started, so that reading comes to an end. It may be called from any thread, and more than once.</summary>
    public void End()
    {
        // what disposes of it waits here for a timer that is ending it: an exception on a timer's thread would end KubePrep
        lock (_ending)
        {
            if (!_isEnded)
            {
                _isEnded = true;
                Signal(NativeMethods.Terminate);
            }
        }
    }

    /// <summary>Ends it if it still runs, and waits until it is gone.</summary>
    public void Dispose()
    {
        try
        {
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            // it has gone before
        }

        End();
        if (!_process.WaitForExit(Grace))
        {
            Signal(NativeMethods.KillNow);
            _process.WaitForExit(Grace); // what sudo runs on this machine is root's, and ends by itself once its input has
        }

        ErrorOutput.Dispose();
        _process.Dispose();
    }

    private void Signal(int signal)
    {
        if (NativeMethods.Kill(-_process.Id, signal) != 0 && Marshal.GetLastPInvokeError() == NativeMethods.NoSuchProcess)
        {
            _process.Kill(); // it has not come to lead a session yet, or is gone
        }
    }
}
