using System.Globalization;
using System.Security.Cryptography;

namespace KubePrep.Connections;

/// <summary>A key in a known_hosts file (sshd(8), "SSH_KNOWN_HOSTS FILE FORMAT").</summary>
internal static class KnownHostKey
{
    /// <summary>The fingerprint of the key at <c>FILE:LINE</c>, as ssh names it; empty if there is none.</summary>
    public static string FingerprintAt(string place)
    {
        var colon = place.LastIndexOf(':');
        if (colon < 0 || !int.TryParse(place.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return "";
        }

        try
        {
            var line = File.ReadLines(place[..colon]).Skip(number - 1).FirstOrDefault() ?? "";
            var fields = line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
            var key = fields is [['@', ..], _, _, var marked, ..] ? marked : fields is [_, _, var plain, ..] ? plain : "";
            return key.Length == 0 ? "" : Fingerprint(Convert.FromBase64String(key));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            return "";
        }
    }

    private static string Fingerprint(byte[] key) => $"SHA256:{Convert.ToBase64String(SHA256.HashData(key)).TrimEnd('=')}";
}
