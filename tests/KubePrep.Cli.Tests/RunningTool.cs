using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace KubePrep.Cli.Tests;

/// <summary>A program that runs beside the test; it is killed, with all its children, when the test is over.</summary>
internal sealed class RunningTool : IDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _error = new();
    private readonly string _command;
    private readonly Task _reading;

    public RunningTool(string program, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        _command = string.Join(' ', start.ArgumentList.Prepend(program));
        _process = Process.Start(start)!;
        _reading = Task.WhenAll(Read(_process.StandardOutput, _output), Read(_process.StandardError, _error));
    }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>What it has printed so far, on either stream.</summary>
    public string Printed => $"{Text(_output)}{Text(_error)}";

    /// <summary>Ends the program's standard input.</summary>
    public void CloseInput() => _process.StandardInput.Close();

    public void Signal(string signal) => Tool.Must("kill", "-s", signal, Id.ToString(CultureInfo.InvariantCulture));

    /// <summary>Whether the program has a file or directory open now.</summary>
    public bool HasOpen(string path)
    {
        try
        {
            return Directory.EnumerateFileSystemEntries($"/proc/{Id}/fd").Any(descriptor => new FileInfo(descriptor).LinkTarget == path);
        }
        catch (IOException)
        {
            return false; // it has ended
        }
    }

    public ToolResult WaitForExit(TimeSpan limit)
    {
        CloseInput();
        if (!_process.WaitForExit(limit))
        {
            _process.Kill(entireProcessTree: true);
            Assert.Fail($"It did not end within {limit}:\n$ {_command}\n{Printed}");
        }

        Assert.True(_reading.Wait(limit), $"Something it started still has its output open:\n$ {_command}\n{Printed}");
        return new ToolResult(_command, _process.ExitCode, Text(_output), Text(_error));
    }

    /// <summary>Ends the program at once, and gives all that it had printed.</summary>
    public string Stop()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
        }

        _reading.Wait();
        return Printed;
    }

    public void Dispose()
    {
        Stop();
        _process.Dispose();
    }

    private static async Task Read(StreamReader stream, StringBuilder text)
    {
        var buffer = new char[4096];
        while (await stream.ReadAsync(buffer) is var count and > 0)
        {
            lock (text)
            {
                text.Append(buffer, 0, count);
            }
        }
    }

    private static string Text(StringBuilder text)
    {
        lock (text)
        {
            return text.ToString();
        }
    }
}
