namespace KubePrep.Kubeconfig;

/// <summary>A user with a client certificate in a kubeconfig. Holds a private key, and never prints it.</summary>
/// <param name="name">The name contexts refer to.</param>
/// <param name="clientCertificateData">The embedded certificate file, or null if none is embedded.</param>
/// <param name="clientKeyData">The embedded private key file, or null if none is embedded.</param>
public sealed class KubeconfigUser(string name, byte[]? clientCertificateData, byte[]? clientKeyData)
{
    /// <summary>The name contexts refer to.</summary>
    public string Name { get; } = name;

    /// <summary>The embedded certificate file, or null if none is embedded.</summary>
    public byte[]? ClientCertificateData { get; } = clientCertificateData;

    /// <summary>The keys of other settings that were read, such as <c>token</c> or <c>exec</c>.</summary>
    public IReadOnlyList<string> OtherSettings { get; init; } = [];

    internal byte[]? ClientKeyData { get; } = clientKeyData;

    /// <summary>The name alone.</summary>
    public override string ToString() => Name;
}
