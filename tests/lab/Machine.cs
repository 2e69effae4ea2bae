namespace KubePrep.Lab.Tests;

/// <summary>A machine with its own kernel.</summary>
internal sealed class Machine(LabScript script, IReadOnlyList<string> fields) : LabNode(script, fields)
{
    /// <summary>Settings and state only: to read every program takes an emulated processor minutes.</summary>
    public override Manifest TakeManifest() =>
        Manifest.Parse(Must($"sh -s / /etc /root /home /var/lib <<'SCRIPT'\n{File.ReadAllText(Manifest.Script)}\nSCRIPT"));

    /// <summary>Reboots, and waits until it is ready again.</summary>
    public void Reboot() => Rule("reboot");
}
