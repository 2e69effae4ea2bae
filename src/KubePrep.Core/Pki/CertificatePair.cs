using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using KubePrep.Files;

namespace KubePrep.Pki;

/// <summary>A certificate and its private key, with the bytes of their files, which kubeconfigs embed as they are.</summary>
internal sealed class CertificatePair(X509Certificate2 certificate, byte[] certificatePem, PrivateKey key, byte[] keyPem) : IDisposable
{
    public X509Certificate2 Certificate { get; } = certificate;

    public byte[] CertificatePem { get; } = certificatePem;

    public PrivateKey Key { get; } = key;

    public byte[] KeyPem { get; } = keyPem;

    /// <summary>Reads both files; null if either is missing.</summary>
    /// <exception cref="KubePrepException">One cannot be read, or is damaged.</exception>
    public static CertificatePair? Read(FileView files, string certificatePath, string keyPath)
    {
        if (files.Read(certificatePath) is not { } certificatePem || files.Read(keyPath) is not { } keyPem)
        {
            return null;
        }

        var certificate = CertificateFile.Read(certificatePem, certificatePath);
        try
        {
            return new CertificatePair(certificate, certificatePem, PrivateKey.ReadPem(keyPem, keyPath), keyPem);
        }
        catch
        {
            certificate.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(KeyPem);
        Key.Dispose();
        Certificate.Dispose();
    }
}
