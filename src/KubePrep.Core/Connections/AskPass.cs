using System.Text;

namespace KubePrep.Connections;

/// <summary>
/// Answers ssh's question for a password. ssh runs a helper in a directory that only this user can enter; the helper knows the account it
/// may answer for, and gets the password, once, through a named pipe.
/// </summary>
internal sealed class AskPass : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("kubeprep-"); // 0700
    private readonly string _pipe;
    private readonly Thread _writer;
    private volatile bool _isDisposed;

    /// <summary>Makes the helper.</summary>
    /// <param name="account">The user and host, as ssh asks for its password.</param>
    /// <param name="password">The password.</param>
    public AskPass(string account, Secret password)
    {
        HelperPath = Path.Join(_directory.FullName, "askpass");
        _pipe = Path.Join(_directory.FullName, "password");
        File.WriteAllText(Path.Join(_directory.FullName, "account"), account + "\n");
        using (var helper = new FileStream(HelperPath, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = OwnerOnly }))
        {
            helper.Write(Encoding.ASCII.GetBytes(ShellText.Script("askpass.sh")));
        }

        if (NativeMethods.MakeFifo(_pipe, NativeMethods.OwnerReadWrite) != 0)
        {
            throw new IOException($"A named pipe could not be made in '{_directory.FullName}'.");
        }

        _writer = new Thread(() => Answer(password), maxStackSize: 256 * 1024) { IsBackground = true };
        _writer.Start();
    }

    /// <summary>The helper, for ssh's <c>SSH_ASKPASS</c>.</summary>
    public string HelperPath { get; }

    /// <summary>Removes the helper.</summary>
    public void Dispose()
    {
        _isDisposed = true;

        // whoever opens the other end lets the writer go; if it is gone, so will the writer be, once it has written what any pipe has room for
        using (Files.NativeMethods.Open(_pipe, Files.NativeMethods.OpenReadOnly | Files.NativeMethods.OpenNonBlocking))
        {
            _writer.Join();
        }

        _directory.Delete(recursive: true);
    }

    private void Answer(Secret password)
    {
        using var pipe = Files.NativeMethods.Open(_pipe, NativeMethods.OpenWriteOnly | Files.NativeMethods.OpenCloseOnExec);
        if (_isDisposed || pipe.IsInvalid)
        {
            return;
        }

        try
        {
            File.Delete(_pipe);
            using var stream = new FileStream(pipe, FileAccess.Write, bufferSize: 0);
            stream.Write(password.Line.Span);
        }
        catch (IOException)
        {
            // the helper has gone, and ssh will say that it was not let in
        }
    }
}
