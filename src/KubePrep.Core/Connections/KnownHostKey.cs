using System.Globalization;
using System.Security.Cryptography;
using KubePrep.Files;

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

        var path = place[..colon];
        try
        {
            // the place is what somebody said: a device or a pipe might never end
            if (FileStatus.ReadThroughLinks(path).Kind != FileKind.Regular)
            {
                return "";
            }

            var line = File.ReadLines(path).Skip(number - 1).FirstOrDefault() ?? "";
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
