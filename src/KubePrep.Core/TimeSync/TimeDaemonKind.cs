namespace KubePrep.TimeSync;

/// <summary>The time daemons of Debian and Ubuntu.</summary>
public enum TimeDaemonKind
{
    /// <summary>chronyd(8).</summary>
    Chrony,

    /// <summary>systemd-timesyncd(8).</summary>
    Timesyncd,

    /// <summary>ntpd(8) of NTPsec.</summary>
    Ntpsec,

    /// <summary>ntpd(8) of the Network Time Foundation.</summary>
    Ntp,

    /// <summary>ntpd(8) of OpenBSD.</summary>
    OpenNtpd,
}
