namespace KubePrep.Deployment;

/// <summary>The errors that a request for a deployment, or the state of a cluster's directory, causes.</summary>
internal static class DeploymentErrors
{
    /// <summary>How to leave a change that is prepared, and prepare another.</summary>
    public const string BeginAgain =
        "Or begin again: remove ca-next.pem and ca-next-key.pem, run Update-KpCertificateAuthority -Phase Finish (kubeprep rotate-ca --phase finish), which has the next authority trusted no longer, and then -Phase Prepare.";

    public static KubePrepException InvalidName(string name, string what, string why) => new(
        ErrorId.InvalidName,
        name,
        $"The {what} '{name}' cannot be used: {why}.",
        $"Give another {what}.");

    public static KubePrepException InvalidServer(string server) => new(
        ErrorId.InvalidServer,
        PlainText.WithoutUser(server),
        $"'{PlainText.WithoutUser(server)}' is no https URL of an API server.",
        "Give one such as https://192.0.2.1:6443, without user, query or spaces.");

    public static KubePrepException ClusterDirectoryNotFound(string path) => new(
        ErrorId.ClusterDirectoryNotFound,
        path,
        $"The cluster directory '{path}' does not exist.",
        "Name the right directory, or make one with Invoke-KpDeployment (kubeprep deploy).");

    public static KubePrepException OnlyPlanned(string path) => new(
        ErrorId.OnlyPlanned,
        path,
        $"'{path}' was only planned, by a command with -WhatIf, so nothing can be built on it.",
        "Give -WhatIf to every command of the pipeline, or to none.");

    public static KubePrepException ClientCertificateNotFound(string path) => new(
        ErrorId.ClientCertificateNotFound,
        path,
        $"There is no client certificate: '{path}' does not exist.",
        "Make one first with New-KpClientCertificate, or name the right file.");

    public static KubePrepException ClientCertificateNameTaken(string path, string owner, string wanted) => new(
        ErrorId.ClientCertificateNameTaken,
        path,
        $"'{path}' belongs to {owner}, and would be replaced by a certificate for {wanted}.",
        "Give another -Name, or replace it with -Force; a backup of it is made first.");

    public static KubePrepException ClientCertificateUnusable(string path, string why) => new(
        ErrorId.ClientCertificateUnusable,
        path,
        $"The client certificate '{path}' cannot be used: {why}.",
        "Run New-KpClientCertificate (or Invoke-KpDeployment) for it again, which reissues it, and then this command.");

    public static KubePrepException AuthorityChangeInProgress(string path) => new(
        ErrorId.AuthorityChangeInProgress,
        path,
        $"The certificate authority '{path}' is being changed: others are trusted beside it, and would be lost.",
        $"Go on with Update-KpCertificateAuthority -Phase Switch and -Phase Finish (kubeprep rotate-ca) first. {BeginAgain}");

    public static KubePrepException VerificationFailed(string path, string why) => new(
        ErrorId.VerificationFailed,
        path,
        $"What was made for '{path}' did not pass verification, and was thrown away: {why}. Every file is as it was.",
        "Correct what it names and run the command again; if nothing is wrong there, report it as a fault of KubePrep.");
}
