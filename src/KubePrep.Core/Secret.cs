using System.Security.Cryptography;
using System.Text;

namespace KubePrep;

/// <summary>A password or passphrase, kept in one buffer that is cleared when it is no longer needed. It has no text form.</summary>
public sealed class Secret : IDisposable
{
    private readonly byte[] _line;

    /// <summary>Takes a copy of a password.</summary>
    /// <param name="password">The password; the caller clears its own copy.</param>
    /// <exception cref="KubePrepException"><see cref="ErrorId.InvalidConnectionOption"/>: it is empty, or holds a control character, which
    /// nobody can answer a prompt with.</exception>
    public Secret(ReadOnlySpan<char> password)
    {
        if (password.IsEmpty || ContainsControl(password))
        {
            throw new KubePrepException(
                ErrorId.InvalidConnectionOption,
                "password",
                "A password is empty, or holds a control character.",
                "Give the password as it would be typed, without the line's end.");
        }

        _line = GC.AllocateUninitializedArray<byte>(Encoding.UTF8.GetByteCount(password) + 1, pinned: true);
        Encoding.UTF8.GetBytes(password, _line);
        _line[^1] = (byte)'\n';
    }

    /// <summary>The password as the answer to a prompt: with a line feed at its end.</summary>
    internal ReadOnlyMemory<byte> Line => _line;

    /// <summary>The password alone, in UTF-8.</summary>
    internal ReadOnlySpan<byte> Text => _line.AsSpan(..^1);

    /// <summary>Clears the password.</summary>
    public void Dispose() => CryptographicOperations.ZeroMemory(_line);

    private static bool ContainsControl(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (char.IsControl(c))
            {
                return true;
            }
        }

        return false;
    }
}
