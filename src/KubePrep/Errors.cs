using System.Management.Automation;

namespace KubePrep;

/// <summary>Makes every error record of the module: the cause is its id, and what to do its recommended action.</summary>
internal static class Errors
{
    public static ErrorRecord From(KubePrepException exception) =>
        new(exception, exception.Id.ToString(), CategoryOf(exception.Id), exception.Target)
        {
            ErrorDetails = new ErrorDetails(exception.Message) { RecommendedAction = exception.RecommendedAction },
        };

    /// <summary>A path outside the file system, such as one in the registry or a variable.</summary>
    public static KubePrepException NotFileSystemPath(string path, string provider) => new(
        ErrorId.InvalidName,
        path,
        $"'{path}' is a path of PowerShell's {provider} provider, and not of the file system.",
        "Give a path in the file system.");

    /// <summary>Two parameters that say different things.</summary>
    public static KubePrepException Exclusive(string first, string second) => new(
        ErrorId.ParametersExclusive,
        first,
        $"{first} and {second} cannot be given together.",
        "Give one of them.");

    /// <summary>A path with a drive or provider that PowerShell does not know.</summary>
    public static KubePrepException UnknownDrive(string path, SessionStateException cause) => new(
        ErrorId.InvalidName,
        path,
        $"'{path}' is no path that PowerShell knows: {cause.Message.TrimEnd('.')}.",
        "Give a path in the file system; one whose name has a colon in it begins with './'.",
        cause);

    private static ErrorCategory CategoryOf(ErrorId id) => id switch
    {
        ErrorId.InvalidName or ErrorId.ParametersExclusive or ErrorId.InvalidServer or ErrorId.InvalidLifetime or ErrorId.InvalidNode
            or ErrorId.InvalidConnectionOption or ErrorId.NoStepLeft or ErrorId.MasterNodeMissing or ErrorId.InvalidNtpServer
            or ErrorId.TimeServerMissing => ErrorCategory.InvalidArgument,
        ErrorId.ClusterDirectoryNotFound or ErrorId.CertificateAuthorityNotFound or ErrorId.CertificateAuthorityKeyNotFound
            or ErrorId.CertificateAuthorityCertificateNotFound or ErrorId.ClientCertificateNotFound or ErrorId.KubeconfigNotFound
            or ErrorId.KubeconfigEntryNotFound or ErrorId.CertificateNotFound
            or ErrorId.UnknownProfile or ErrorId.UnknownUsage or ErrorId.ProfileNotFound or ErrorId.SshNotFound
            or ErrorId.HostNameNotFound or ErrorId.InventoryNotFound or ErrorId.UserNotFound
            or ErrorId.ClusterUnknown => ErrorCategory.ObjectNotFound,
        ErrorId.MalformedJson or ErrorId.MalformedCertificate or ErrorId.MalformedKey or ErrorId.MalformedKubeconfig
            or ErrorId.InvalidProfile or ErrorId.InvalidInventory or ErrorId.InvalidHostsFile
            or ErrorId.MalformedRoleBinding => ErrorCategory.ParserError,
        ErrorId.DirectoryNotWritable or ErrorId.SudoNotAllowed => ErrorCategory.PermissionDenied,
        ErrorId.PermissionDenied or ErrorId.SudoPasswordRequired or ErrorId.SudoPasswordWrong or ErrorId.EncryptedKey
            or ErrorId.PassphraseWrong => ErrorCategory.AuthenticationError,
        ErrorId.ConnectionRefused or ErrorId.NodeUnreachable or ErrorId.ConnectionFailed or ErrorId.ConnectionLost => ErrorCategory.ConnectionError,
        ErrorId.ConnectionTimeout => ErrorCategory.OperationTimeout,
        ErrorId.UnexpectedReply => ErrorCategory.ProtocolError,
        ErrorId.ApplyFailed or ErrorId.StepFailed or ErrorId.ChangesNotVerified or ErrorId.ClockNotSynchronized
            or ErrorId.ClockBeyondLimit => ErrorCategory.InvalidResult,
        ErrorId.FileReadFailed => ErrorCategory.ReadError,
        ErrorId.FileWriteFailed or ErrorId.DiskFull => ErrorCategory.WriteError,
        ErrorId.DirectoryBusy or ErrorId.KubeconfigLocked or ErrorId.RunInProgress => ErrorCategory.ResourceBusy,
        ErrorId.AuthorityChangeInProgress or ErrorId.AuthorityChangeNotPrepared or ErrorId.AuthorityChangeNotSwitched
            => ErrorCategory.InvalidOperation,
        ErrorId.ClientCertificateNameTaken or ErrorId.KubeconfigInUse or ErrorId.KubeconfigClash
            or ErrorId.HostsMapConflict => ErrorCategory.ResourceExists,
        ErrorId.NotRegularFile or ErrorId.CertificateAuthorityExpired or ErrorId.CertificateAuthorityNotYetValid
            or ErrorId.NotCertificateAuthority or ErrorId.HostKeyUnknown or ErrorId.HostKeyChanged => ErrorCategory.SecurityError,
        ErrorId.UnsupportedKey or ErrorId.UnsupportedSystem or ErrorId.KubeconfigNotEditable
            or ErrorId.TimeSyncNotPossible => ErrorCategory.NotImplemented,
        _ => ErrorCategory.InvalidData,
    };
}
