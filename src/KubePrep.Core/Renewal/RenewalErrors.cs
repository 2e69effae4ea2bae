using KubePrep.Deployment;

namespace KubePrep.Renewal;

/// <summary>The errors of renewing certificates and changing their authority.</summary>
internal static class RenewalErrors
{
    public static KubePrepException NotFound(string path, string name, IEnumerable<string> known) => new(
        ErrorId.ClientCertificateNotFound,
        path,
        $"There is no certificate '{name}' here.",
        $"Give one of: {string.Join(", ", known.DefaultIfEmpty("(there is none)"))}.");

    public static KubePrepException NotRenewable(string path, string why) => new(
        ErrorId.ClientCertificateUnusable,
        path,
        $"The certificate '{path}' cannot be renewed: {why}.",
        "Issue it where it came from, or make a new one with New-KpClientCertificate.");

    public static KubePrepException NotPrepared(string path) => new(
        ErrorId.AuthorityChangeNotPrepared,
        path,
        $"No new certificate authority is prepared beside '{path}'.",
        "Run Update-KpCertificateAuthority -Phase Prepare (kubeprep rotate-ca --phase prepare) first.");

    public static KubePrepException NotPublished(string path, string nextPath) => new(
        ErrorId.AuthorityChangeNotPrepared,
        path,
        $"'{path}' does not hold the new certificate authority '{nextPath}', so nobody trusts it yet.",
        "Run Update-KpCertificateAuthority -Phase Prepare (kubeprep rotate-ca --phase prepare) again, and bring the files to every machine.");

    public static KubePrepException NextKeyNotFound(string path) => new(
        ErrorId.CertificateAuthorityKeyNotFound,
        path,
        $"The next certificate authority cannot take over: its key '{path}' does not exist.",
        $"Bring the key back. {DeploymentErrors.BeginAgain}");

    public static KubePrepException NotSwitched(string path, string why) => new(
        ErrorId.AuthorityChangeNotSwitched,
        path,
        $"The old certificate authority of '{path}' cannot be dropped yet: {why}.",
        "Run Update-KpCertificateAuthority -Phase Switch (kubeprep rotate-ca --phase switch) first, and bring the new files to every machine.");
}
