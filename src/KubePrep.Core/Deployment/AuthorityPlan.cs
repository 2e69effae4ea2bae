using KubePrep.Pki;

namespace KubePrep.Deployment;

/// <summary>The certificate authority: one that exists, or the request for one to be made.</summary>
internal sealed class AuthorityPlan(string certificatePath, string keyPath, FileAction action, FileAction keyAction) : IDisposable
{
    public string CertificatePath { get; } = certificatePath;

    public string KeyPath { get; } = keyPath;

    public FileAction Action { get; } = action;

    public FileAction KeyAction { get; } = keyAction;

    /// <summary>The authority on the disk; null where one is to be made.</summary>
    public CertificateAuthority? Existing { get; init; }

    /// <summary>The request by which one is to be made; null where one exists.</summary>
    public AuthoritySpecification? Wanted { get; init; }

    /// <summary>When the authority ends, or would end if it were made now.</summary>
    public DateTimeOffset NotAfter(DateTimeOffset now) =>
        Existing?.NotAfter ?? CertificateIssuer.Start(now, Wanted!.Backdate) + Wanted.Expiry.Duration;

    /// <summary>Requires the key, as something has to be signed.</summary>
    /// <param name="name">What has to be signed.</param>
    /// <param name="reason">Why.</param>
    /// <exception cref="KubePrepException">It is not there (<see cref="ErrorId.CertificateAuthorityKeyNotFound"/>), or is encrypted and no
    /// passphrase was given (<see cref="ErrorId.EncryptedKey"/>).</exception>
    public void RequireKey(string name, string reason)
    {
        if (Existing is { Key: null } existing)
        {
            throw existing.IsKeyLocked ? PkiErrors.EncryptedKey(KeyPath) : PkiErrors.CertificateAuthorityKeyNotFound(KeyPath, name, reason);
        }
    }

    public void Dispose() => Existing?.Dispose();
}
