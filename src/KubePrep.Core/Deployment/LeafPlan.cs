using KubePrep.Pki;

namespace KubePrep.Deployment;

/// <summary>A leaf certificate and its key: those that are kept, or what they are to be.</summary>
internal sealed class LeafPlan(string name, string certificatePath, string keyPath, FileAction action, FileAction keyAction) : IDisposable
{
    public string Name { get; } = name;

    public string CertificatePath { get; } = certificatePath;

    public string KeyPath { get; } = keyPath;

    public FileAction Action { get; } = action;

    public FileAction KeyAction { get; } = keyAction;

    /// <summary>What the certificate is to be; null where an existing one is kept.</summary>
    public LeafSpecification? Wanted { get; init; }

    /// <summary>The certificate and key that are kept; null where they are to be made.</summary>
    public CertificatePair? Kept { get; init; }

    /// <summary>The certificate that is replaced while its key is kept; null where the key is replaced too.</summary>
    public CertificatePair? KeyKept { get; init; }

    public void Dispose()
    {
        Kept?.Dispose();
        KeyKept?.Dispose();
    }
}
