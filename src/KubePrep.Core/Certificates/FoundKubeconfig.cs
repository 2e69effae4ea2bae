namespace KubePrep.Certificates;

/// <summary>What a kubeconfig embeds.</summary>
/// <param name="Path">The file.</param>
/// <param name="All">All of it.</param>
/// <param name="Contexts">The same by contexts.</param>
/// <param name="Current">What the current context uses; null if it is missing, or names a cluster or user that is.</param>
internal sealed record FoundKubeconfig(
    string Path, IReadOnlyList<FoundCertificate> All, IReadOnlyList<EmbeddedPair> Contexts, EmbeddedPair? Current)
{
    /// <summary>
    /// Judges users' certificates by the authorities they stand beside. One with another name may be right: a server's authority need not
    /// be its clients'.
    /// </summary>
    public void JudgeContexts()
    {
        foreach (var (authorities, clients) in Contexts)
        {
            FoundCertificate.JudgeByName([.. authorities, .. clients], $"in '{Path}'");
        }
    }
}
