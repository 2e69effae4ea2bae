namespace KubePrep.Parameters;

/// <summary>Offers directories and certificates, which are told by their names.</summary>
public sealed class CertificateFileCompleter() : FileCompleter(
    name => name.EndsWith(".pem", StringComparison.Ordinal) && !name.EndsWith("-key.pem", StringComparison.Ordinal));
