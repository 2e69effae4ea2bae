namespace KubePrep.Cli;

/// <summary>What the process ends with.</summary>
internal static class ExitCode
{
    /// <summary>All is well.</summary>
    public const int Good = 0;

    /// <summary>The command failed, or found something that is not as it should be.</summary>
    public const int Failed = 1;

    /// <summary>The command line cannot be carried out as it is written.</summary>
    public const int Usage = 2;

    /// <summary>A node could not be reached.</summary>
    public const int Unreachable = 3;

    /// <summary>A node was changed, and it could not be proved that it is as it should be.</summary>
    public const int NotVerified = 4;

    /// <summary>Interrupted by Ctrl+C (128 and the signal's number, as shells have it).</summary>
    public const int Interrupted = 130;

    /// <summary>Ended by a service manager's SIGTERM.</summary>
    public const int Terminated = 143;

    /// <summary>That of a command's two parts, of which one may have failed in a way that matters more.</summary>
    public static int Worst(int first, int second) =>
        new[] { Unreachable, NotVerified, Failed, Usage }.FirstOrDefault(code => code == first || code == second);

    /// <summary>The exit code of an error: those that lie in the arguments are the caller's.</summary>
    public static int Of(ErrorId id) => id is ErrorId.InvalidName or ErrorId.InvalidServer or ErrorId.InvalidLifetime
        or ErrorId.InvalidConnectionOption or ErrorId.ProfileNotFound or ErrorId.InvalidProfile or ErrorId.NoStepLeft or ErrorId.InventoryNotFound
        or ErrorId.InvalidInventory or ErrorId.MasterNodeMissing or ErrorId.InvalidNtpServer
        or ErrorId.TimeServerMissing ? Usage : Failed;
}
