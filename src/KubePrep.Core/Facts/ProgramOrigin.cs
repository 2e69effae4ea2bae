namespace KubePrep.Facts;

/// <summary>Where a program is from.</summary>
public enum ProgramOrigin
{
    /// <summary>It is not there.</summary>
    Absent,

    /// <summary>It is a package's, and as the package has it.</summary>
    Packaged,

    /// <summary>Somebody put it there, maybe over a package's.</summary>
    Foreign,
}
