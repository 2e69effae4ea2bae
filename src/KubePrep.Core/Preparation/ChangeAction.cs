namespace KubePrep.Preparation;

/// <summary>What a change does to its target.</summary>
public enum ChangeAction
{
    /// <summary>Finishes what an interrupted dpkg left undone.</summary>
    RepairPackages,

    /// <summary>Installs a package.</summary>
    InstallPackage,

    /// <summary>Writes a file, keeping its owner and mode if it exists.</summary>
    WriteFile,

    /// <summary>Makes the files and directories that systemd-tmpfiles(8) has rules for.</summary>
    CreateDirectory,

    /// <summary>Stops the use of a swap device.</summary>
    DisableSwap,

    /// <summary>Masks a unit, so that nothing starts it.</summary>
    MaskUnit,

    /// <summary>Restarts a unit.</summary>
    RestartUnit,

    /// <summary>Loads a kernel module.</summary>
    LoadModule,

    /// <summary>Sets a kernel parameter of the running kernel.</summary>
    SetSysctl,

    /// <summary>Has systemd read its own configuration again.</summary>
    ReloadManager,

    /// <summary>Sets the host name.</summary>
    SetHostName,
}
