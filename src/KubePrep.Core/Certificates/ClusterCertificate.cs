namespace KubePrep.Certificates;

/// <summary>A certificate, where it is and is used, and how it is. Nothing of a private key is in it.</summary>
public sealed class ClusterCertificate
{
    /// <summary>
    /// The name of its file without the extension; for one that is only embedded the kubeconfig's file name, and in parentheses the name
    /// of the user, or of the cluster, it stands for there.
    /// </summary>
    public required string Name { get; init; }

    /// <summary>The full path of the file it was found in, which is a kubeconfig if it is in no file of its own.</summary>
    public required string Path { get; init; }

    /// <summary>The full path of the cluster's directory it was found in, by which it is renewed; null where that is none.</summary>
    public required string? ClusterDirectory { get; init; }

    /// <summary>Its subject.</summary>
    public required string Subject { get; init; }

    /// <summary>The subject of what signed it.</summary>
    public required string Issuer { get; init; }

    /// <summary>Whether it may sign others.</summary>
    public required bool IsAuthority { get; init; }

    /// <summary>What it may be used for, in the words of <c>ca-config.json</c>; a usage without a word there is an object identifier.</summary>
    public required IReadOnlyList<string> Usages { get; init; }

    /// <summary>The DNS names, e-mail addresses, IP addresses and URIs it is for, besides its subject.</summary>
    public required IReadOnlyList<string> AlternativeNames { get; init; }

    /// <summary>Its serial number, in hexadecimal.</summary>
    public required string SerialNumber { get; init; }

    /// <summary>Its SHA-1 thumbprint, by which PowerShell's certificate provider names it, in hexadecimal.</summary>
    public required string Thumbprint { get; init; }

    /// <summary>When it begins to be valid, in UTC.</summary>
    public required DateTime NotBefore { get; init; }

    /// <summary>When it ends to be valid, in UTC.</summary>
    public required DateTime NotAfter { get; init; }

    /// <summary>The whole days that are left, rounded down: 0 on its last day, and -1 as soon as it is over.</summary>
    public required int DaysLeft { get; init; }

    /// <summary>How it is.</summary>
    public required CertificateStatus Status { get; init; }

    /// <summary>Why it is not good, in words that begin where "because" ends; null if it is good.</summary>
    public required string? Reason { get; init; }

    /// <summary>The full paths of the kubeconfigs that embed it, and of other files that hold a copy, in the order in which they were found.</summary>
    public required IReadOnlyList<string> UsedBy { get; init; }

    /// <summary>Its name.</summary>
    public override string ToString() => Name;
}
