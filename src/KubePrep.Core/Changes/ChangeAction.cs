namespace KubePrep.Changes;

/// <summary>What a change does to its target.</summary>
public enum ChangeAction
{
    /// <summary>Finishes what an interrupted dpkg left undone.</summary>
    RepairPackages,

    /// <summary>Installs a package.</summary>
    InstallPackage,

    /// <summary>Writes a file, keeping its owner and mode if it exists.</summary>
    WriteFile,

    /// <summary>Makes a directory, with the owner, mode and access lists that systemd-tmpfiles(8) has rules for.</summary>
    CreateDirectory,

    /// <summary>Stops the use of a swap device.</summary>
    DisableSwap,

    /// <summary>Masks a unit, so that nothing starts it. A unit file under <c>/etc/systemd/system</c> has to give way to the mask.</summary>
    MaskUnit,

    /// <summary>Restarts a unit.</summary>
    RestartUnit,

    /// <summary>Loads a kernel module.</summary>
    LoadModule,

    /// <summary>Sets a kernel parameter of the running kernel.</summary>
    SetSysctl,

    /// <summary>
    /// Has systemd read its units and generators again (<c>systemctl daemon-reload</c>); with the value <c>reexec</c> its own
    /// configuration too (<c>systemctl daemon-reexec</c>), which a reload does not read.
    /// </summary>
    ReloadManager,

    /// <summary>Sets the host name.</summary>
    SetHostName,

    /// <summary>
    /// Installs a package, or installs it again as it was packaged; the packages of the value, which it conflicts with, give way to it.
    /// </summary>
    ReplacePackage,

    /// <summary>Has systemd start a unit at boot, also one that was masked.</summary>
    EnableUnit,

    /// <summary>Stops a unit, and has systemd not start it at boot.</summary>
    DisableUnit,

    /// <summary>Deletes a file, of which a backup is kept.</summary>
    DeleteFile,

    /// <summary>Sets the clock forward, or back, by the seconds of the value.</summary>
    SetClock,
}
