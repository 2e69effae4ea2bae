namespace KubePrep.Pki;

/// <summary>A signing profile of <c>ca-config.json</c>.</summary>
internal sealed record SigningProfile(string Name, CertificateUsages Usages, Lifetime Expiry, TimeSpan Backdate);
