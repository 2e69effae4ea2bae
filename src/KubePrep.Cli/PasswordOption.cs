using System.CommandLine;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace KubePrep.Cli;

/// <summary>A password, which comes from a prompt or a file descriptor, and never from an argument or the environment.</summary>
internal sealed class PasswordOption(string name, string what)
{
    private const int MaximumLength = 4096;
    private static readonly TimeSpan KeyInterval = TimeSpan.FromMilliseconds(20);
    private readonly Option<bool> _ask = new($"--ask-{name}") { Description = $"Ask for {what}." };
    private readonly Option<int?> _descriptor = new($"--{name}-fd")
    {
        Description = $"Read {what} from this file descriptor: its first line.",
        HelpName = "N",
    };

    public void AddTo(Command command)
    {
        command.Add(_ask);
        command.Add(_descriptor);
    }

    /// <summary>The password, or null if there is to be none.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="cancellation">Ends the wait at a prompt.</param>
    /// <param name="isNew">Whether it is a new one, so that a slip at the prompt would lock its owner out: it is asked for twice.</param>
    /// <exception cref="KubePrepException">It cannot be read, or the two are not the same.</exception>
    public Secret? Read(ParseResult parsed, CancellationToken cancellation, bool isNew = false)
    {
        if (parsed.GetValue(_descriptor) is { } descriptor)
        {
            return FromDescriptor(descriptor);
        }

        if (!parsed.GetValue(_ask))
        {
            return null;
        }

        var secret = FromTerminal($"{char.ToUpperInvariant(what[0])}{what[1..]}", cancellation);
        if (isNew)
        {
            using var again = FromTerminal("The same again", cancellation);
            if (!CryptographicOperations.FixedTimeEquals(secret.Text, again.Text))
            {
                secret.Dispose();
                throw CommandLineErrors.PasswordNotReadable($"--ask-{name}", "the two that were typed are not the same");
            }
        }

        return secret;
    }

    private Secret FromDescriptor(int descriptor)
    {
        var bytes = new byte[MaximumLength];
        var text = new char[MaximumLength];
        try
        {
            using var handle = new SafeFileHandle(descriptor, ownsHandle: false);
            using var stream = new FileStream(handle, FileAccess.Read, bufferSize: 0);
            var length = 0;
            // byte by byte, as shells do: what follows the line is left to whoever reads on, such as the other password
            while (stream.Read(bytes, length, 1) > 0 && bytes[length] != '\n')
            {
                if (++length == bytes.Length)
                {
                    throw CommandLineErrors.PasswordNotReadable($"--{name}-fd {descriptor}", $"it is longer than {MaximumLength - 1} bytes");
                }
            }

            return new Secret(text.AsSpan(0, Encoding.UTF8.GetChars(bytes.AsSpan(0, length), text)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw CommandLineErrors.PasswordNotReadable($"--{name}-fd {descriptor}", "it is not open for reading");
        }
        finally
        {
            Array.Clear(bytes);
            Array.Clear(text);
        }
    }

    private Secret FromTerminal(string prompt, CancellationToken cancellation)
    {
        if (Console.IsInputRedirected)
        {
            throw CommandLineErrors.PasswordNotReadable($"--ask-{name}", "there is no terminal to ask on");
        }

        var text = new char[MaximumLength];
        var length = 0;
        Console.Error.Write($"{prompt}: ");
        try
        {
            for (var key = NextKey(cancellation); key.Key != ConsoleKey.Enter; key = NextKey(cancellation))
            {
                if (key.Key == ConsoleKey.Backspace)
                {
                    length = Math.Max(0, length - 1);
                }
                else if (length < text.Length && key.KeyChar != '\0')
                {
                    text[length++] = key.KeyChar;
                }
            }

            return new Secret(text.AsSpan(0, length));
        }
        finally
        {
            Array.Clear(text);
            Console.Error.WriteLine();
        }
    }

    /// <summary>The next key; one that is waited for in the console itself would hold up a Ctrl+C.</summary>
    private static ConsoleKeyInfo NextKey(CancellationToken cancellation)
    {
        while (!Console.KeyAvailable)
        {
            cancellation.WaitHandle.WaitOne(KeyInterval);
            cancellation.ThrowIfCancellationRequested();
        }

        return Console.ReadKey(intercept: true);
    }
}
