namespace KubePrep.Bench.Deploy;

/// <summary>The cluster that is deployed over and over.</summary>
internal static class TestCluster
{
    public const string Name = "bench";

    /// <summary>An address for documentation (RFC 5737): nothing here talks to a server.</summary>
    public const string Server = "https://192.0.2.1:6443";

    /// <summary>The certificate authority and the four leaves.</summary>
    public const int Identities = 5;
}
