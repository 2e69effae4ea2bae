using System.Security.Cryptography;

namespace KubePrep.Users;

/// <summary>
/// The name that Kubernetes sees of a user: what somebody chose, and 40 random bits. As no certificate can be revoked, a name must never
/// come back: whoever holds the certificate of an earlier user would have the rights of the later one.
/// </summary>
internal static class UniqueName
{
    private const int SuffixLength = 8;

    /// <summary>The alphabet of base32 (RFC 4648), in lower case.</summary>
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz234567";

    public static string For(string name) => $"{name}-{RandomNumberGenerator.GetString(Alphabet, SuffixLength)}";
}
