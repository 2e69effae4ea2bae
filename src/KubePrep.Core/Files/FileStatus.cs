using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace KubePrep.Files;

/// <summary>What <c>lstat</c> says of a path.</summary>
internal readonly record struct FileStatus(FileKind Kind, UnixFileMode Mode, uint UserId)
{
    private const UnixFileMode AnyoneElse =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>Whether group or others may do anything with the file.</summary>
    public bool IsOpenToOthers => (Mode & AnyoneElse) != 0;

    /// <summary>The mode as <c>chmod</c> and <c>ls</c> users write it, such as 0600.</summary>
    public string OctalMode => Octal(Mode);

    /// <summary>Whether everyone may replace the directory's files: writable by all, and not sticky.</summary>
    public bool IsSharedDirectory =>
        Kind == FileKind.Directory && Mode.HasFlag(UnixFileMode.OtherWrite) && !Mode.HasFlag(UnixFileMode.StickyBit);

    /// <summary>Who else could replace the directory's files, in words; null if only this user and root can.</summary>
    public string? OtherMasters =>
        Kind != FileKind.Directory ? null
        : IsSharedDirectory ? "anyone"
        : Mode.HasFlag(UnixFileMode.GroupWrite) && !Mode.HasFlag(UnixFileMode.StickyBit) ? "its group"
        : UserId != 0 && UserId != NativeMethods.GetEffectiveUserId() ? $"its owner, user {UserId},"
        : null;

    /// <summary>A mode as <c>chmod</c> users write it.</summary>
    public static string Octal(UnixFileMode mode) => Convert.ToString((int)mode, 8).PadLeft(4, '0');

    /// <summary>Reads the status of what stands at <paramref name="path"/>.</summary>
    /// <exception cref="KubePrepException">The path cannot be looked at (<see cref="ErrorId.FileReadFailed"/>).</exception>
    public static FileStatus Read(string path)
    {
        var result = NativeMethods.StatX(
            NativeMethods.AtCurrentDirectory, path, NativeMethods.AtSymlinkNoFollow, NativeMethods.StatXBasicStats, out var buffer);
        if (result == 0)
        {
            return From(buffer);
        }

        return Marshal.GetLastPInvokeError() is NativeMethods.NoSuchFile or NativeMethods.NotADirectory
            ? default
            : throw FileErrors.ReadFailed(path, new Win32Exception(Marshal.GetLastPInvokeError()));
    }

    /// <summary>Reads the status of a directory, which a symbolic link may lead to.</summary>
    public static FileStatus ReadThroughLinks(string directory) =>
        NativeMethods.StatX(NativeMethods.AtCurrentDirectory, directory, 0, NativeMethods.StatXBasicStats, out var buffer) == 0 ? From(buffer) : default;

    /// <summary>Reads the status of an open file.</summary>
    public static FileStatus Read(SafeFileHandle file)
    {
        return NativeMethods.StatX(file, "", NativeMethods.AtEmptyPath, NativeMethods.StatXBasicStats, out var buffer) == 0
            ? From(buffer)
            : throw new Win32Exception(Marshal.GetLastPInvokeError());
    }

    private static FileStatus From(in NativeMethods.StatXBuffer buffer)
    {
        var kind = (buffer.Mode & 0xF000) switch
        {
            0x8000 => FileKind.Regular,
            0x4000 => FileKind.Directory,
            0xA000 => FileKind.SymbolicLink,
            _ => FileKind.Special,
        };
        return new FileStatus(kind, (UnixFileMode)(buffer.Mode & 0xFFF), buffer.UserId);
    }
}
