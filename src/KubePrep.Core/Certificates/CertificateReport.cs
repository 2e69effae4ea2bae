namespace KubePrep.Certificates;

/// <summary>What was found in a cluster's directory and other places.</summary>
/// <param name="Certificates">The certificates, each once, in the order in which they were found.</param>
/// <param name="Errors">What could not be read, in the same order; the certificates of other files are there all the same.</param>
public sealed record CertificateReport(IReadOnlyList<ClusterCertificate> Certificates, IReadOnlyList<KubePrepException> Errors);
