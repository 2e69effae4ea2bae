namespace KubePrep.Lab.Tests;

/// <summary>What a machine needs to hold a lab.</summary>
internal static class LabRequirements
{
    private static readonly Lazy<IReadOnlyList<string>> Programs = new(() =>
        [.. new LabScript("fleet.sh").Run("tools").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')[0])]);

    private static readonly Lazy<ToolResult> Namespaces = new(() => Tool.Run("unshare", "--net", "--mount", "--pid", "--fork", "true"));

    /// <summary>Skips the test, and says why, where there can be no lab.</summary>
    public static void Check()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root, to make namespaces, mounts and network links");
        Assert.SkipUnless(File.Exists("/etc/debian_version"), "needs Debian, to build Debian nodes from its packages");
        Tool.Require(Programs.Value);
        Assert.SkipUnless(Namespaces.Value.ExitCode == 0, $"needs namespaces, which this machine refuses: {Namespaces.Value.Error.Trim()}");
    }
}
