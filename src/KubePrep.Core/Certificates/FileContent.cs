namespace KubePrep.Certificates;

/// <summary>What kind of file one is, by what it holds.</summary>
internal static class FileContent
{
    private static ReadOnlySpan<byte> AnyBlock => "-----BEGIN "u8;

    private static ReadOnlySpan<byte> CertificateBlock => "-----BEGIN CERTIFICATE-----"u8;

    /// <summary>Whether it is PEM, and of keys or other things without a certificate among them.</summary>
    public static bool HoldsOtherPem(ReadOnlySpan<byte> content) => content.IndexOf(AnyBlock) >= 0 && content.IndexOf(CertificateBlock) < 0;

    /// <summary>Whether a file is to be read as a kubeconfig: one with that extension, or with the keys under which it embeds certificates.</summary>
    public static bool LooksLikeKubeconfig(ReadOnlySpan<byte> content, string path) =>
        path.EndsWith(".kubeconfig", StringComparison.Ordinal)
        || (content.IndexOf(AnyBlock) < 0 && (content.IndexOf("certificate-authority"u8) >= 0 || content.IndexOf("client-certificate"u8) >= 0));
}
