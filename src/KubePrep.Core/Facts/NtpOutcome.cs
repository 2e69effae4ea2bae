namespace KubePrep.Facts;

/// <summary>What came of asking an NTP server.</summary>
public enum NtpOutcome
{
    /// <summary>It answered with a time.</summary>
    Answered,

    /// <summary>It answered that it is not synchronized itself, or refused (a kiss-o'-death packet, RFC 5905, section 7.4).</summary>
    Unusable,

    /// <summary>It did not answer, be it that a firewall drops UDP port 123 or that nothing listens there.</summary>
    Silent,

    /// <summary>Its name cannot be resolved on the node.</summary>
    NameUnknown,
}
