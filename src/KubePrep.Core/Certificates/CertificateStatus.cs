namespace KubePrep.Certificates;

/// <summary>How a certificate is; where several hold, the worst one, which is the last here.</summary>
public enum CertificateStatus
{
    /// <summary>It can be used.</summary>
    Good,

    /// <summary>It ends within the time that was asked about, or, if none was, is in the last third of its life.</summary>
    Expiring,

    /// <summary>It begins later.</summary>
    NotYetValid,

    /// <summary>It is over.</summary>
    Expired,

    /// <summary>It is not what belongs in its place: its key, its issuer or the file it is a copy of is another.</summary>
    Mismatch,
}
