namespace KubePrep.Yaml;

/// <summary>The settings of systemd's files that a profile may have, and what their values are.</summary>
internal static class SystemdSettings
{
    /// <summary>
    /// Those of journald.conf(5) that the journald of every supported system knows, which is from version 249 on; what it does not know
    /// it passes over, so that a later key would have no effect and nobody would be told.
    /// </summary>
    public static IReadOnlyDictionary<string, SettingKind> Journal { get; } = new Dictionary<string, SettingKind>
    {
        ["Storage"] = SettingKind.OneOf("volatile", "persistent", "auto", "none"),
        ["Compress"] = SettingKind.BooleanOrSize,
        ["Seal"] = SettingKind.Boolean,
        ["SplitMode"] = SettingKind.OneOf("uid", "none"),
        ["RateLimitIntervalSec"] = SettingKind.TimeSpan,
        ["RateLimitBurst"] = SettingKind.Count,
        ["SystemMaxUse"] = SettingKind.Size,
        ["SystemKeepFree"] = SettingKind.Size,
        ["SystemMaxFileSize"] = SettingKind.Size,
        ["SystemMaxFiles"] = SettingKind.Count,
        ["RuntimeMaxUse"] = SettingKind.Size,
        ["RuntimeKeepFree"] = SettingKind.Size,
        ["RuntimeMaxFileSize"] = SettingKind.Size,
        ["RuntimeMaxFiles"] = SettingKind.Count,
        ["MaxFileSec"] = SettingKind.TimeSpan,
        ["MaxRetentionSec"] = SettingKind.TimeSpan,
        ["SyncIntervalSec"] = SettingKind.TimeSpan,
        ["ForwardToSyslog"] = SettingKind.Boolean,
        ["ForwardToKMsg"] = SettingKind.Boolean,
        ["ForwardToConsole"] = SettingKind.Boolean,
        ["ForwardToWall"] = SettingKind.Boolean,
        ["MaxLevelStore"] = SettingKind.Level,
        ["MaxLevelSyslog"] = SettingKind.Level,
        ["MaxLevelKMsg"] = SettingKind.Level,
        ["MaxLevelConsole"] = SettingKind.Level,
        ["MaxLevelWall"] = SettingKind.Level,
        ["ReadKMsg"] = SettingKind.Boolean,
        ["Audit"] = SettingKind.Boolean,
        ["TTYPath"] = SettingKind.Device,
        ["LineMax"] = SettingKind.Size,
    };

    /// <summary>The limits of systemd-system.conf(5), with values as systemd.exec(5), "Process properties", has them.</summary>
    public static IReadOnlyDictionary<string, SettingKind> Limits { get; } = new Dictionary<string, SettingKind>
    {
        ["DefaultLimitCPU"] = SettingKind.TimeLimit,
        ["DefaultLimitFSIZE"] = SettingKind.SizeLimit,
        ["DefaultLimitDATA"] = SettingKind.SizeLimit,
        ["DefaultLimitSTACK"] = SettingKind.SizeLimit,
        ["DefaultLimitCORE"] = SettingKind.SizeLimit,
        ["DefaultLimitRSS"] = SettingKind.SizeLimit,
        ["DefaultLimitNOFILE"] = SettingKind.CountLimit,
        ["DefaultLimitAS"] = SettingKind.SizeLimit,
        ["DefaultLimitNPROC"] = SettingKind.CountLimit,
        ["DefaultLimitMEMLOCK"] = SettingKind.SizeLimit,
        ["DefaultLimitLOCKS"] = SettingKind.CountLimit,
        ["DefaultLimitSIGPENDING"] = SettingKind.CountLimit,
        ["DefaultLimitMSGQUEUE"] = SettingKind.SizeLimit,
        ["DefaultLimitNICE"] = SettingKind.NiceLimit,
        ["DefaultLimitRTPRIO"] = SettingKind.CountLimit,
        ["DefaultLimitRTTIME"] = SettingKind.TimeLimit,
    };
}
