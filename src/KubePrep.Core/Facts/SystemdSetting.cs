namespace KubePrep.Facts;

/// <summary>A setting of one of systemd's programs.</summary>
/// <param name="Value">Its value; empty where the program's own default was asked for.</param>
/// <param name="Path">The file that sets it.</param>
internal sealed record SystemdSetting(string Value, string Path);
