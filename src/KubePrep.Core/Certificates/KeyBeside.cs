using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using KubePrep.Pki;

namespace KubePrep.Certificates;

/// <summary>The key that stands beside a certificate. One that is missing, encrypted or cannot be read tells nothing, and is no fault.</summary>
internal static class KeyBeside
{
    /// <summary>Says that the key is another certificate's, or null.</summary>
    /// <param name="certificate">The certificate.</param>
    /// <param name="path">Its file, <c>NAME.pem</c> or <c>NAME.crt</c>, whose key may be in <c>NAME-key.pem</c> or <c>NAME.key</c>.</param>
    /// <param name="content">The file's bytes, in which the key may be too.</param>
    public static string? Fault(X509Certificate2 certificate, string path, byte[] content)
    {
        if (content.AsSpan().IndexOf("PRIVATE KEY-----"u8) >= 0)
        {
            return IsOfAnother(certificate, content, path) ? $"the key in '{path}' does not match it" : null;
        }

        var stem = path[..^Path.GetExtension(path).Length];
        foreach (var keyPath in new[] { $"{stem}-key.pem", $"{stem}.key" }.Where(File.Exists))
        {
            if (TryRead(keyPath) is { } key)
            {
                var isOfAnother = IsOfAnother(certificate, key, keyPath);
                CryptographicOperations.ZeroMemory(key);
                return isOfAnother ? $"the key in '{keyPath}' does not match it" : null;
            }
        }

        return null;
    }

    /// <summary>Whether a key can be read, and does not belong to the certificate.</summary>
    public static bool IsOfAnother(X509Certificate2 certificate, byte[] keyPem, string path)
    {
        try
        {
            using var key = PrivateKey.ReadPem(keyPem, path);
            return !key.Matches(certificate);
        }
        catch (KubePrepException)
        {
            return false;
        }
    }

    private static byte[]? TryRead(string path)
    {
        try
        {
            return LinkedFile.Read(path);
        }
        catch (KubePrepException)
        {
            return null;
        }
    }
}
