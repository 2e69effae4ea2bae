using System.Globalization;

namespace KubePrep.Core.Tests;

/// <summary>A user of this machine for as long as a test needs it.</summary>
internal sealed class ScratchUser : IDisposable
{
    private static int s_count;
    private readonly string _rules;

    /// <summary>Makes it.</summary>
    /// <param name="password">Its password; empty if it has none that could be given.</param>
    /// <param name="rule">What sudo allows it, after its name (sudoers(5)), for which USER stands; empty if nothing.</param>
    /// <param name="shell">Its login shell.</param>
    public ScratchUser(string password = "", string rule = "", string shell = "/bin/sh")
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "users are made by root");
        Tool.Require("sudo", "useradd", "chpasswd");
        Name = string.Create(CultureInfo.InvariantCulture, $"kpt{Environment.ProcessId}x{Interlocked.Increment(ref s_count)}");
        _rules = $"/etc/sudoers.d/{Name}";
        Tool.Run("useradd", "--no-create-home", "--home-dir", "/", "--shell", shell, "--password", "*", Name);
        if (password.Length > 0)
        {
            Assert.Equal(0, Tool.Try("chpasswd", $"{Name}:{password}\n").ExitCode);
        }

        if (rule.Length > 0)
        {
            File.WriteAllText(_rules, $"{Name} {rule.Replace("USER", Name, StringComparison.Ordinal)}\n");
        }
    }

    public string Name { get; }

    public void Dispose()
    {
        File.Delete(_rules);
        Tool.Try("userdel", "", "--force", Name);
    }
}
