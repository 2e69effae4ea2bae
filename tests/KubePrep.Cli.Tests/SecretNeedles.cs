using System.Security.Cryptography;
using System.Text;

namespace KubePrep.Cli.Tests;

/// <summary>What gives a cluster's private keys away, in every form in which they could be printed.</summary>
internal sealed class SecretNeedles
{
    private const int Piece = 20;
    private readonly HashSet<string> _needles =
    [
        "PRIVATE KEY-----",
        .. new[] { "EC", "RSA" }.Select(kind => Base64($"-----BEGIN {kind} P")[..Piece]),
    ];

    /// <summary>Collects them; keys that were made later have to be added.</summary>
    public SecretNeedles(string cluster) => Add(cluster);

    public void Add(string cluster)
    {
        foreach (var path in ClusterFiles.Keys.Select(path => Path.Join(cluster, path)).Where(File.Exists))
        {
            AddKey(path);
        }
    }

    /// <summary>Adds what gives one key away.</summary>
    public void AddKey(string path)
    {
        var pem = File.ReadAllText(path);
        var body = string.Concat(pem.Split('\n').Where(line => !line.StartsWith('-')));
        _needles.UnionWith(Pieces(body));
        _needles.UnionWith(Pieces(Base64(pem)[Piece..])); // as in a kubeconfig
        _needles.Add(PrivateNumber(pem));
    }

    /// <summary>Fails if a secret stands anywhere in what was printed.</summary>
    public void ExpectNone(params IEnumerable<ToolResult> results)
    {
        foreach (var result in results)
        {
            var found = _needles.FirstOrDefault(needle => result.Everything.Contains(needle, StringComparison.OrdinalIgnoreCase));
            Assert.True(found is null, $"'{found}' is part of a key:\n{result}");
        }
    }

    private static IEnumerable<string> Pieces(string text) => text.Chunk(Piece).Where(piece => piece.Length == Piece).Select(piece => new string(piece));

    private static string Base64(string text) => Convert.ToBase64String(Encoding.ASCII.GetBytes(text));

    private static string PrivateNumber(string pem)
    {
        using var key = ECDsa.Create();
        key.ImportFromPem(pem);
        return Convert.ToHexStringLower(key.ExportParameters(includePrivateParameters: true).D!);
    }
}
