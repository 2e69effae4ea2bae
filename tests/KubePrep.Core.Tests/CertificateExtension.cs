namespace KubePrep.Core.Tests;

/// <summary>An extension as it stands in a certificate.</summary>
internal sealed record CertificateExtension(string Oid, bool Critical, string Value);
