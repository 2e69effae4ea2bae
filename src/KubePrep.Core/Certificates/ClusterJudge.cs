using KubePrep.Deployment;

namespace KubePrep.Certificates;

/// <summary>Judges whether the certificates of a cluster's directory are those that belong there.</summary>
internal sealed class ClusterJudge(ClusterLayout layout, IReadOnlyDictionary<string, List<FoundCertificate>> files)
{
    /// <summary>What the cluster trusts: several while its authority is changed, none if <c>ca.pem</c> is missing or cannot be read.</summary>
    private readonly List<FoundCertificate> _trusted = files.GetValueOrDefault(layout.AuthorityCertificate, []);

    /// <summary>Judges the certificates of one file.</summary>
    public void JudgeFile(string path, IReadOnlyList<FoundCertificate> certificates)
    {
        foreach (var certificate in certificates)
        {
            if (path == layout.AuthorityCertificate)
            {
                BlameIf(!certificate.IsAuthority, certificate, $"'{path}' is the place of a certificate authority, which it is not");
            }
            else if (path == layout.NextAuthorityCertificate)
            {
                BlameIf(_trusted.Count > 0 && !_trusted.Contains(certificate), certificate, $"it is prepared to take over, and '{layout.AuthorityCertificate}' does not trust it");
            }
            else
            {
                JudgeIssuer(certificate);
            }
        }
    }

    /// <summary>Judges what a kubeconfig embeds by the files it should hold copies of.</summary>
    public void JudgeKubeconfig(FoundKubeconfig kubeconfig)
    {
        if (OriginalOf(kubeconfig.Path) is not { } original)
        {
            kubeconfig.JudgeContexts();
            return;
        }

        foreach (var authority in kubeconfig.Current?.Authorities ?? [])
        {
            BlameIf(_trusted.Count > 0 && !_trusted.Contains(authority), authority, OtherCopy(kubeconfig.Path, layout.AuthorityCertificate));
        }

        if (kubeconfig.Current?.Clients is not [var client, ..])
        {
            return;
        }

        if (files.GetValueOrDefault(original, []) is { Count: > 0 } certificates)
        {
            BlameIf(!certificates.Contains(client), client, OtherCopy(kubeconfig.Path, original));
        }
        else
        {
            JudgeIssuer(client);
        }
    }

    /// <summary>The file whose certificate a kubeconfig should embed; null if it is none of the cluster's own.</summary>
    private string? OriginalOf(string path)
    {
        var (directory, name) = (Path.GetDirectoryName(path), Path.GetFileNameWithoutExtension(path));
        if (directory == layout.UsersDirectory)
        {
            return new UserFiles(layout.UsersDirectory, name).Certificate;
        }

        var identity = ClusterIdentity.All.FirstOrDefault(identity => identity.KubeconfigName == name);
        var original = layout.Certificate(identity?.Name ?? name);
        return identity is not null || files.ContainsKey(original) ? original : null;
    }

    private void JudgeIssuer(FoundCertificate certificate) => BlameIf(
        _trusted.Count > 0 && !certificate.IsAuthority && certificate.IsSignedByNone(_trusted),
        certificate,
        $"it is not signed by the certificate authority in '{layout.AuthorityCertificate}'");

    private static string OtherCopy(string path, string original) => $"'{path}' embeds it, where a copy of '{original}' belongs";

    private static void BlameIf(bool isWrong, FoundCertificate certificate, string reason)
    {
        if (isWrong)
        {
            certificate.Blame(reason);
        }
    }
}
