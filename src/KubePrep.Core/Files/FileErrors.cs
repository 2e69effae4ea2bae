using System.ComponentModel;

namespace KubePrep.Files;

/// <summary>The errors that files and directories cause.</summary>
internal static class FileErrors
{
    public static KubePrepException NotRegularFile(string path, FileKind kind)
    {
        var what = kind switch
        {
            FileKind.SymbolicLink => "a symbolic link, which is never followed, so that a key cannot land in a place its owner did not choose",
            FileKind.Directory => "a directory",
            _ => "a pipe, socket or device",
        };
        return new KubePrepException(
            ErrorId.NotRegularFile,
            path,
            $"A regular file belongs at '{path}', and there is {what}.",
            kind == FileKind.Special ? "Write what it gives into a file, and name that; or move it away." : "Move it away, or give another directory.");
    }

    public static KubePrepException InvalidPath(string path, string what, string why) => new(
        ErrorId.InvalidName,
        path,
        $"The {what} '{path}' cannot be used: {why}.",
        $"Give another {what}.");

    public static KubePrepException NotDirectory(string path) => new(
        ErrorId.NotRegularFile,
        path,
        $"'{path}' is not a directory of its own (it is a file or a symbolic link).",
        "Move it away, or give another directory.");

    public static KubePrepException TooLarge(string path, long limit) => new(
        ErrorId.FileReadFailed,
        path,
        $"'{path}' is larger than {limit} bytes, which no file of this kind is.",
        "Look whether it is the file it should be.");

    public static KubePrepException ReadFailed(string path, Exception cause) => new(
        ErrorId.FileReadFailed,
        path,
        $"'{path}' cannot be read: {Cause(cause)}.",
        "Look at its owner and mode, and at those of its directory, or run as a user who may read it.",
        cause);

    public static KubePrepException WriteFailed(string path, Exception cause) => IsDiskFull(cause)
        ? DiskFull(path, cause)
        : new KubePrepException(
            ErrorId.FileWriteFailed,
            path,
            $"'{path}' cannot be written: {Cause(cause)}.",
            "Look at the owner and mode of its directory, or run as a user who may write there; then run the command again.",
            cause);

    public static KubePrepException DirectoryNotWritable(string path, Exception cause) => IsDiskFull(cause)
        ? DiskFull(path, cause)
        : new KubePrepException(
            ErrorId.DirectoryNotWritable,
            path,
            $"The directory '{path}' cannot be written to: {Cause(cause)}.",
            "Give another directory, or run as a user who may write there.",
            cause);

    public static KubePrepException DirectoryBusy(string path, TimeSpan waited) => new(
        ErrorId.DirectoryBusy,
        path,
        $"Another process has been working in '{path}' for {waited.TotalSeconds:0} seconds.",
        "Wait until it has ended (find it with: fuser -v DIRECTORY), then run the command again.");

    public static KubePrepException KubeconfigLocked(string path, string lockPath, TimeSpan age) => new(
        ErrorId.KubeconfigLocked,
        path,
        $"'{lockPath}' has been there for {Words(age)}: another program is changing '{path}', or ended before it could remove its lock.",
        $"If no kubectl or other program is changing that file, remove the lock (rm '{lockPath}') and run the command again.");

    /// <summary>A symbolic link at a place that is written to; its owner may well have meant the file it leads to.</summary>
    public static KubePrepException LinkInPlace(string path, string realPath) => new(
        ErrorId.NotRegularFile,
        path,
        $"'{path}' is a symbolic link, which is never written through.",
        $"Give the file itself: '{realPath}'.");

    public static KubePrepException CommitRecordInvalid(string path, Exception? cause = null) => new(
        ErrorId.CommitRecordInvalid,
        path,
        $"'{path}' records a commit that was interrupted, and cannot be used: it is damaged, names files outside its directory, or was written by another user.",
        "Restore the directory from a backup, or remove this file and every '.*.kubeprep-*' file, and run the command again.",
        cause);

    public static KubePrepException CommitUnfinished(string root, Exception cause) => new(
        ErrorId.CommitUnfinished,
        root,
        $"The new files are written and recorded in '{root}', but not all of them could be put in their places: {Cause(cause)}.",
        "Mend the cause (a full or failing disk, a directory that may not be written to) and run the command again; it completes this first.",
        cause);

    private static bool IsDiskFull(Exception cause)
    {
        const int NoSpaceLeft = 28;
        const int QuotaExceeded = 122;
        return cause is IOException { HResult: NoSpaceLeft or QuotaExceeded }
            or Win32Exception { NativeErrorCode: NoSpaceLeft or QuotaExceeded };
    }

    private static KubePrepException DiskFull(string path, Exception cause) => new(
        ErrorId.DiskFull,
        path,
        $"'{path}' cannot be written: the disk is full. Every file is as it was.",
        "Free some space and run the command again.",
        cause);

    private static string Words(TimeSpan age) => age switch
    {
        { TotalMinutes: < 2 } => $"{age.TotalSeconds:0} seconds",
        { TotalHours: < 2 } => $"{age.TotalMinutes:0} minutes",
        { TotalDays: < 2 } => $"{age.TotalHours:0} hours",
        _ => $"{age.TotalDays:0} days",
    };

    private static string Cause(Exception cause) => cause.Message.TrimEnd('.');
}
