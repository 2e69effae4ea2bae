using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Serialization;

namespace KubePrep.Deployment;

/// <summary>A file that was made or kept. What it says of a certificate is that of the file, or of the one a kubeconfig embeds.</summary>
[JsonDerivedType(typeof(DeployedAuthority))]
[JsonDerivedType(typeof(DeployedCertificate))]
[JsonDerivedType(typeof(DeployedKubeconfig))]
public class DeployedFile
{
    /// <summary>The file's full path.</summary>
    public required string Path { get; init; }

    /// <summary>What happened to it.</summary>
    public required DeploymentStatus Status { get; init; }

    /// <summary>Why it was made or replaced; null if it was kept.</summary>
    public required string? Reason { get; init; }

    /// <summary>The certificate's subject; null for files without one.</summary>
    public string? Subject { get; init; }

    /// <summary>The certificate's serial number, in hexadecimal; null for files without one, and for one not made yet.</summary>
    public string? SerialNumber { get; init; }

    /// <summary>The certificate's SHA-1 thumbprint, by which PowerShell's certificate provider names it, in hexadecimal.</summary>
    public string? Thumbprint { get; init; }

    /// <summary>When the certificate begins to be valid, in UTC.</summary>
    public DateTime? NotBefore { get; init; }

    /// <summary>When the certificate ends to be valid, in UTC.</summary>
    public DateTime? NotAfter { get; init; }

    /// <summary>Whether the file is not there, because the run that would make it was one with <c>-WhatIf</c>.</summary>
    internal bool IsPlanned => Status is DeploymentStatus.WouldCreate or DeploymentStatus.WouldReplace;

    /// <summary>The certificate all the above are taken from; only when a result is made.</summary>
    [JsonIgnore]
    internal X509Certificate2? Certificate
    {
        init
        {
            if (value is not null)
            {
                Subject = value.Subject;
                SerialNumber = value.SerialNumber;
                Thumbprint = value.Thumbprint;
                NotBefore = value.NotBefore.ToUniversalTime();
                NotAfter = value.NotAfter.ToUniversalTime();
            }
        }
    }

    /// <summary>The file's path.</summary>
    public override string ToString() => Path;
}
