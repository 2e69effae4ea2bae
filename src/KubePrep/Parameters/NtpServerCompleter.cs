namespace KubePrep.Parameters;

/// <summary>Offers Debian's NTP servers, and those of clouds.</summary>
public sealed class NtpServerCompleter() : WordCompleter(
    "0.debian.pool.ntp.org",
    "1.debian.pool.ntp.org",
    "2.debian.pool.ntp.org",
    "3.debian.pool.ntp.org",
    "169.254.169.123",
    "metadata.google.internal");
