using KubePrep.Pki;

namespace KubePrep.Deployment;

/// <summary>What the authority's file becomes while the authority is changed: which certificates are trusted, the signing one first.</summary>
/// <param name="Path">The file.</param>
/// <param name="Content">Its bytes, made with the run's authority, which may be new.</param>
/// <param name="Action">What is to be done.</param>
internal sealed record BundlePlan(string Path, Func<CertificateAuthority, byte[]> Content, FileAction Action);
