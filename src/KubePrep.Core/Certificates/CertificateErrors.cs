namespace KubePrep.Certificates;

/// <summary>The errors that a search for certificates causes.</summary>
internal static class CertificateErrors
{
    public static KubePrepException PathNotFound(string path) => new(
        ErrorId.CertificateNotFound,
        path,
        $"'{path}' does not exist, or is a symbolic link that leads nowhere.",
        "Name the right file or directory.");

    public static KubePrepException NoCertificate(string path) => new(
        ErrorId.CertificateNotFound,
        path,
        $"There is no certificate in '{path}'.",
        "Name a cluster's directory, one with *.pem, *.crt, *.kubeconfig or *.conf files, or such a file.");

    public static KubePrepException IsFile(string path) => new(
        ErrorId.ClusterDirectoryNotFound,
        path,
        $"'{path}' is a file, and no cluster's directory.",
        "Give it with -Path (in kubeprep certs, without an option), or name the directory.");

    /// <summary>A certificate in a kubeconfig that is damaged.</summary>
    /// <param name="path">The kubeconfig.</param>
    /// <param name="owner">Whose certificate it is.</param>
    /// <param name="cause">What is wrong with it.</param>
    public static KubePrepException Embedded(string path, string owner, KubePrepException cause) => new(
        cause.Id,
        path,
        $"What the kubeconfig embeds for {owner} is damaged: {cause.Message}",
        "Restore the file from a backup, or move it away to have it made again.",
        cause);
}
