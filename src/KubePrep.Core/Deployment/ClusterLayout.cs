using KubePrep.Pki;

namespace KubePrep.Deployment;

/// <summary>Where everything of a cluster is.</summary>
internal sealed record ClusterLayout(string ClusterDirectory, string SslDirectory)
{
    public string SigningConfiguration => Path.Join(SslDirectory, "ca-config.json");

    public string AuthorityRequest => Request("ca");

    public string AuthorityCertificate => Certificate("ca");

    public string AuthorityKey => Key("ca");

    /// <summary>The certificate of the authority that is going to take over, while one is prepared.</summary>
    public string NextAuthorityCertificate => Certificate("ca-next");

    public string NextAuthorityKey => Key("ca-next");

    /// <summary>What was ever issued.</summary>
    public string Ledger => Path.Join(SslDirectory, CertificateLedger.FileName);

    /// <summary>Where the files of people are.</summary>
    public string UsersDirectory => Path.Join(SslDirectory, "users");

    /// <summary>The directories below the cluster's that are written to; that of a kubeconfig elsewhere has none.</summary>
    public IReadOnlyList<string> Subdirectories =>
        Path.GetDirectoryName(SslDirectory) == ClusterDirectory ? [SslDirectory, UsersDirectory] : [];

    /// <summary>The layout of a cluster's directory.</summary>
    public static ClusterLayout Of(string clusterDirectory)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(clusterDirectory));
        return new ClusterLayout(full, Path.Join(full, "ssl"));
    }

    /// <summary>The layout around a directory of certificates, whatever it is called.</summary>
    public static ClusterLayout Around(string sslDirectory)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(sslDirectory));
        return new ClusterLayout(Path.GetDirectoryName(full) ?? full, full);
    }

    public string Certificate(string name) => Path.Join(SslDirectory, $"{name}.pem");

    public string Key(string name) => Path.Join(SslDirectory, $"{name}-key.pem");

    public string Request(string name) => Path.Join(SslDirectory, $"{name}-csr.json");

    public string Kubeconfig(string name) => Path.Join(ClusterDirectory, $"{name}.kubeconfig");
}
