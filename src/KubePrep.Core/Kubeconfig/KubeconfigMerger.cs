using System.Security.Cryptography;
using KubePrep.Files;

namespace KubePrep.Kubeconfig;

/// <summary>
/// Merges kubeconfigs into the one a user works with, and removes contexts from it. Comments, order and unknown fields of that file stay;
/// kubectl's lock is held; the file as it was is kept in <c>backup/</c> beside it; and it is replaced as a whole or not at all.
/// </summary>
/// <param name="serializer">Reads and edits kubeconfigs.</param>
/// <param name="clock">Tells the time by which backups are named.</param>
public sealed class KubeconfigMerger(IKubeconfigSerializer serializer, TimeProvider clock)
{
    /// <summary>How long another program's lock is waited for.</summary>
    internal TimeSpan LockTimeout { get; init; } = KubectlLock.DefaultTimeout;

    /// <summary>How long the lock is kept after a change, which is much longer than client-go takes from reading a file to locking it.</summary>
    internal TimeSpan LingerTime { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The file that kubectl uses: <c>~/.kube/config</c>.</summary>
    public static string DefaultPath => Path.Join(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".kube", "config");

    /// <summary>Merges kubeconfigs into another one, which is made if it is missing.</summary>
    /// <param name="request">What is to be merged into what, and how.</param>
    /// <param name="cancellationToken">Ends the run before its commit; after that it is finished.</param>
    /// <returns>One entry a context.</returns>
    /// <exception cref="KubePrepException">Files that cannot be used, or names that clash; nothing was written.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled before its commit; nothing was written.</exception>
    public ContextChanges Merge(MergeRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        PathRules.Require(request.Destination, "destination");
        var path = Path.GetFullPath(request.Destination);
        return Run(path, request.WhatIf, Plan, cancellationToken);

        ChangePlan Plan(byte[]? content) =>
            new MergePlanner(request, Parse(content ?? [], path)).Plan([.. request.Sources.Select(source => ReadSource(source, path))]);
    }

    /// <summary>Removes contexts with their clusters and users, as far as no other context needs those.</summary>
    /// <param name="request">Which contexts of what.</param>
    /// <param name="cancellationToken">Ends the run before its commit; after that it is finished.</param>
    /// <returns>One entry a context.</returns>
    /// <exception cref="KubePrepException">A file that cannot be used, or has no such context; nothing was written.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled before its commit; nothing was written.</exception>
    public ContextChanges RemoveContexts(ContextRemovalRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        PathRules.Require(request.Path, "path");
        var path = Path.GetFullPath(request.Path);
        return Run(
            path,
            request.WhatIf,
            content => ContextRemovalPlanner.Plan(request, Parse(content ?? throw KubeconfigErrors.NotFound(path), path)),
            cancellationToken);
    }

    private ContextChanges Run(string path, bool whatIf, Func<byte[]?, ChangePlan> makePlan, CancellationToken cancellationToken)
    {
        var directory = Path.GetDirectoryName(path)!;
        if (Path.EndsInDirectorySeparator(path))
        {
            throw FileErrors.NotRegularFile(path, FileKind.Directory);
        }

        RequireNoLink(path);
        if (whatIf)
        {
            return Preview();
        }

        if (!Directory.Exists(directory))
        {
            Preview(); // no directory is made for what turns out to be impossible
            FileTransaction.MakeDirectory(directory, FileTransaction.PrivateDirectoryMode);
        }

        // first the lock that other runs of KubePrep wait for in turn, so that kubectl's is held no longer than needed
        using var transaction = FileTransaction.Begin(directory, [], cancellationToken);
        using var @lock = KubectlLock.Take(path, LockTimeout, cancellationToken);
        var content = RegularFile.Read(path);
        var plan = makePlan(content);
        var warnings = plan.Warnings.ToList();
        if (transaction.CompletedInterruptedCommit)
        {
            warnings.Add($"An earlier run in '{directory}' was interrupted during its commit, which was completed first.");
        }

        var status = FileStatus.Read(path);
        if (WarningOfMode(path, status, "is set") is { } warning)
        {
            warnings.Add(warning);
        }

        string? backup = null;
        if (plan.Edits.Count > 0)
        {
            var edited = Edit(content, plan, path);
            transaction.Stage(path, edited, FileTransaction.SecretMode);
            CryptographicOperations.ZeroMemory(edited);
            backup = transaction.BackUpReplaced(clock.GetUtcNow());
            cancellationToken.ThrowIfCancellationRequested();
            transaction.Commit();

            // kubectl reads a kubeconfig before it locks it, and when it writes it removes what it had not read: one that has read the
            // file before this change must not get the lock, but fail at it, so that its user runs it again
            Thread.Sleep(LingerTime);
        }
        else if (status.IsOpenToOthers)
        {
            RegularFile.SetMode(path, status.Mode & FileTransaction.SecretMode);
        }

        CryptographicOperations.ZeroMemory(content);
        return new ContextChanges(plan.Contexts, warnings, backup);

        ContextChanges Preview()
        {
            var view = FileView.Of(directory);
            var existing = view.Read(path);
            var preview = makePlan(existing);
            if (preview.Edits.Count > 0)
            {
                CryptographicOperations.ZeroMemory(Edit(existing, preview, path)); // whether it can be done
            }

            return new ContextChanges(preview.Contexts, [.. preview.Warnings, .. WarningOfMode(path, view.Status(path), "would be set") is { } warning ? [warning] : Array.Empty<string>()], null);
        }
    }

    /// <exception cref="KubePrepException">It cannot be done, or no later run could read what came of it.</exception>
    private byte[] Edit(byte[]? content, ChangePlan plan, string path)
    {
        var edited = serializer.Edit(content ?? [], plan.Edits, path);
        return edited.Length <= RegularFile.MaximumLength ? edited : throw KubeconfigErrors.TooLarge(path, RegularFile.MaximumLength);
    }

    private static string? WarningOfMode(string path, FileStatus status, string isSet) => status is { Kind: FileKind.Regular, IsOpenToOthers: true }
        ? $"Others could use '{path}' (mode {status.OctalMode}); its mode {isSet} to {FileStatus.Octal(status.Mode & FileTransaction.SecretMode)}. What they may have read or written stays so."
        : null;

    /// <summary>A link is not replaced by a file, nor written through; people do link their kubeconfigs, and are told where to.</summary>
    private static void RequireNoLink(string path)
    {
        if (FileStatus.Read(path).Kind == FileKind.SymbolicLink)
        {
            throw FileErrors.LinkInPlace(path, RealPath(path));
        }
    }

    private static string RealPath(string path)
    {
        try
        {
            return FileStatus.Read(path).Kind == FileKind.SymbolicLink ? File.ResolveLinkTarget(path, returnFinalTarget: true)!.FullName : path;
        }
        catch (IOException e)
        {
            throw FileErrors.ReadFailed(path, e);
        }
    }

    private MergeSource ReadSource(string source, string destination)
    {
        PathRules.Require(source, "path");
        var path = Path.GetFullPath(source);
        var real = RealPath(path); // a source may well be a link: it is only read
        return real == destination
            ? throw KubeconfigErrors.MergedIntoItself(destination)
            : Parse(RegularFile.Read(real) ?? throw (File.Exists(path) ? FileErrors.NotRegularFile(path, FileKind.Special) : KubeconfigErrors.NotFound(path)), path);
    }

    private MergeSource Parse(byte[] content, string path)
    {
        var directory = Path.GetDirectoryName(path)!;
        var read = serializer.ReadStanzas(content, path);
        return new MergeSource(path, [.. read.All.Select(stanza => stanza.Anchored(directory))], read.CurrentContext);
    }
}
