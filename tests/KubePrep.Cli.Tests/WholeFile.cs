using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace KubePrep.Cli.Tests;

/// <summary>Tells whole files from partial ones, by reading them with something other than KubePrep.</summary>
internal static class WholeFile
{
    /// <summary>Fails if the content is not all of what a file of this name holds.</summary>
    public static void Expect(string path, byte[] content)
    {
        var text = Encoding.UTF8.GetString(content);
        try
        {
            Assert.EndsWith("\n", text, StringComparison.Ordinal);
            switch (Path.GetExtension(path))
            {
                case ".json":
                    JsonDocument.Parse(content).Dispose();
                    break;
                case ".kubeconfig":
                    ExpectKubeconfig(text);
                    break;
                default:
                    ExpectPem(path, text);
                    break;
            }
        }
        catch (Exception e) when (e is JsonException or CryptographicException or ArgumentException or FormatException)
        {
            Assert.Fail($"{path} is not whole: {e.Message}");
        }
    }

    /// <summary>What a kubeconfig embeds under a key, decoded.</summary>
    public static string Embedded(string kubeconfig, string key)
    {
        var match = Regex.Match(kubeconfig, $"^ {{4}}{key}: ([A-Za-z0-9+/=]+)$", RegexOptions.Multiline);
        Assert.True(match.Success, $"a kubeconfig without {key}");
        return Encoding.ASCII.GetString(Convert.FromBase64String(match.Groups[1].Value));
    }

    private static void ExpectKubeconfig(string text)
    {
        using var authority = X509Certificate2.CreateFromPem(Embedded(text, "certificate-authority-data"));
        using var pair = X509Certificate2.CreateFromPem(Embedded(text, "client-certificate-data"), Embedded(text, "client-key-data"));
        Assert.Contains("kind: Config\n", text, StringComparison.Ordinal);
    }

    private static void ExpectPem(string path, string text)
    {
        if (!ClusterFiles.IsSecret(path))
        {
            X509Certificate2.CreateFromPem(text).Dispose();
        }
        else if (text.StartsWith("-----BEGIN EC PRIVATE KEY-----\n", StringComparison.Ordinal))
        {
            using var key = ECDsa.Create();
            key.ImportFromPem(text);
        }
        else
        {
            using var key = RSA.Create();
            key.ImportFromPem(text);
        }
    }
}
