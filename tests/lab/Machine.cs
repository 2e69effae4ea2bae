namespace KubePrep.Lab.Tests;

/// <summary>A machine with its own kernel.</summary>
internal sealed class Machine(LabScript script, IReadOnlyList<string> fields) : LabNode(script, fields)
{
    /// <summary>Settings and state only: to read every program takes an emulated processor minutes.</summary>
    public override Manifest TakeManifest() =>
        Manifest.Parse(Must($"sh -s / /etc /root /home /var/lib <<'SCRIPT'\n{File.ReadAllText(Manifest.Script)}\nSCRIPT"));

    /// <summary>Commands share a connection: a login takes an emulated processor more than a second.</summary>
    protected override IReadOnlyList<string> SshOptions =>
        ["-o", "ControlMaster=auto", "-o", $"ControlPath={Path.Join(Directory, "ssh-%r")}", "-o", "ControlPersist=60"];

    /// <summary>Reboots, and waits until it is ready again.</summary>
    public void Reboot()
    {
        using (var hangUp = Ssh([.. SshOptions, "-O", "exit", $"root@{Address}"]))
        {
            hangUp.WaitForExit(TimeSpan.FromSeconds(10)); // a connection from before would be tried in vain
        }

        Rule("reboot");
    }
}
