using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace KubePrep.Files;

/// <summary>Reading, creating and tightening regular files, never through a symbolic link and never waiting for a pipe.</summary>
internal static class RegularFile
{
    /// <summary>Keys, certificates, kubeconfigs and their documents are a few kilobytes; more is a mistake.</summary>
    public const int MaximumLength = 1 << 20;

    private static readonly int AppendFlags = NativeMethods.OpenReadWrite | NativeMethods.OpenCreate | NativeMethods.OpenAppend | Safely;

    /// <summary>Never through a link, nor into a child; and O_NONBLOCK, as opening a pipe for reading would wait for its writer.</summary>
    private static int Safely => NativeMethods.OpenNoFollow | NativeMethods.OpenNonBlocking | NativeMethods.OpenCloseOnExec;

    /// <summary>Reads a whole file, or gives null if nothing stands at the path.</summary>
    /// <param name="path">The file.</param>
    /// <param name="maximumLength">How many bytes it may have.</param>
    /// <exception cref="KubePrepException">
    /// It is no regular file (<see cref="ErrorId.NotRegularFile"/>), too large or unreadable (<see cref="ErrorId.FileReadFailed"/>).
    /// </exception>
    public static byte[]? Read(string path, int maximumLength = MaximumLength)
    {
        using var handle = Open(path);
        if (handle is null)
        {
            return null;
        }

        try
        {
            var length = RandomAccess.GetLength(handle);
            if (length > maximumLength)
            {
                throw FileErrors.TooLarge(path, maximumLength);
            }

            var content = GC.AllocateUninitializedArray<byte>((int)length, pinned: true);
            var filled = 0;
            while (filled < content.Length)
            {
                var read = RandomAccess.Read(handle, content.AsSpan(filled), filled);
                if (read == 0)
                {
                    return content[..filled];
                }

                filled += read;
            }

            return content;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FileErrors.ReadFailed(path, e);
        }
    }

    /// <summary>The last byte of a file, or null where there is none.</summary>
    /// <exception cref="KubePrepException">It is no regular file (<see cref="ErrorId.NotRegularFile"/>), or unreadable (<see cref="ErrorId.FileReadFailed"/>).</exception>
    public static byte? LastByte(string path)
    {
        using var handle = Open(path);
        try
        {
            var last = new byte[1];
            return handle is not null && RandomAccess.Read(handle, last, Math.Max(0, RandomAccess.GetLength(handle) - 1)) == 1 ? last[0] : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FileErrors.ReadFailed(path, e);
        }
    }

    /// <summary>Creates a file that must not exist yet, writes it and waits until it is on the disk.</summary>
    /// <param name="path">The new file.</param>
    /// <param name="content">All of it.</param>
    /// <param name="mode">The mode it is born with; the process's umask is taken from it.</param>
    /// <exception cref="KubePrepException">
    /// The directory cannot be written to (<see cref="ErrorId.DirectoryNotWritable"/>), the disk is full (<see cref="ErrorId.DiskFull"/>),
    /// or writing failed (<see cref="ErrorId.FileWriteFailed"/>).
    /// </exception>
    public static void Create(string path, ReadOnlySpan<byte> content, UnixFileMode mode)
    {
        try
        {
            var options = new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                Share = FileShare.None,
                BufferSize = 0,
                UnixCreateMode = mode,
            };
            using var stream = new FileStream(path, options);
            stream.Write(content);
            if (NativeMethods.FSync(stream.SafeFileHandle) != 0) // FileStream.Flush(true) keeps a failure to itself
            {
                throw FileErrors.WriteFailed(path, new Win32Exception(Marshal.GetLastPInvokeError()));
            }
        }
        catch (UnauthorizedAccessException e)
        {
            throw FileErrors.DirectoryNotWritable(Path.GetDirectoryName(path)!, e);
        }
        catch (IOException e)
        {
            throw FileErrors.WriteFailed(path, e);
        }
    }

    /// <summary>
    /// Appends bytes to a file that was <paramref name="length"/> bytes long before, and waits until they are on the disk. What an
    /// interrupted call left of them is completed; where another program has appended meanwhile, they follow that.
    /// </summary>
    /// <param name="path">The file; it is made if it is missing.</param>
    /// <param name="length">Its length before the first attempt.</param>
    /// <param name="content">What is appended.</param>
    /// <param name="mode">The mode of a new file, less the process's umask.</param>
    /// <exception cref="KubePrepException">It is no regular file (<see cref="ErrorId.NotRegularFile"/>), or cannot be written.</exception>
    public static void Append(string path, long length, ReadOnlySpan<byte> content, UnixFileMode mode)
    {
        using var handle = Require(path, NativeMethods.Open(path, AppendFlags, (int)mode)) ?? throw FileErrors.NotRegularFile(path, FileKind.Missing);
        try
        {
            var tail = new byte[Math.Clamp(RandomAccess.GetLength(handle) - length, 0, content.Length)];
            var appended = content.StartsWith(tail.AsSpan(0, RandomAccess.Read(handle, tail, length))) ? tail.Length : 0;
            RandomAccess.Write(handle, content[appended..], length + appended); // O_APPEND: it is the end that counts
            if (NativeMethods.FSync(handle) != 0)
            {
                throw FileErrors.WriteFailed(path, new Win32Exception(Marshal.GetLastPInvokeError()));
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FileErrors.WriteFailed(path, e);
        }
    }

    /// <summary>Sets a file's mode through its descriptor, so that what was looked at is what is changed.</summary>
    public static void SetMode(string path, UnixFileMode mode)
    {
        using var handle = Open(path);
        try
        {
            if (handle is not null)
            {
                File.SetUnixFileMode(handle, mode);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FileErrors.WriteFailed(path, e);
        }
    }

    private static SafeFileHandle? Open(string path)
    {
        return Require(path, NativeMethods.Open(path, NativeMethods.OpenReadOnly | Safely));
    }

    /// <summary>An open file that is a regular one; null if nothing stands at the path.</summary>
    private static SafeFileHandle? Require(string path, SafeFileHandle handle)
    {
        if (handle.IsInvalid)
        {
            var error = Marshal.GetLastPInvokeError();
            handle.Dispose();
            return error switch
            {
                NativeMethods.NoSuchFile or NativeMethods.NotADirectory => null,
                NativeMethods.NoSuchDevice => throw FileErrors.NotRegularFile(path, FileKind.Special), // a socket
                NativeMethods.TooManyLinks => throw FileErrors.NotRegularFile(path, FileKind.SymbolicLink),
                _ => throw FileErrors.ReadFailed(path, new Win32Exception(error)),
            };
        }

        var kind = FileStatus.Read(handle).Kind;
        if (kind == FileKind.Regular)
        {
            return handle;
        }

        handle.Dispose();
        throw FileErrors.NotRegularFile(path, kind);
    }
}
