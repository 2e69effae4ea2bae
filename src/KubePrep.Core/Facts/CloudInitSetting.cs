namespace KubePrep.Facts;

/// <summary>What a configuration file of cloud-init says of <c>manage_etc_hosts</c>.</summary>
/// <param name="Path">The file on the node.</param>
/// <param name="Value">The value, without quotes.</param>
public sealed record CloudInitSetting(string Path, string Value);
