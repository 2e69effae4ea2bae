namespace KubePrep.Facts;

/// <summary>What came of asking an NTP server from the node.</summary>
/// <param name="Server">The server, as it is configured.</param>
/// <param name="Outcome">What came of it.</param>
/// <param name="Stratum">The server's stratum; 0 if it did not answer.</param>
public sealed record NtpAnswer(string Server, NtpOutcome Outcome, int Stratum);
