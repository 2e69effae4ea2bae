using System.Globalization;
using KubePrep.Deployment;
using KubePrep.Files;
using KubePrep.Pki;

namespace KubePrep.Users;

/// <summary>
/// Removes one user's files, after a backup, in one transaction. It needs no certificate authority, so that a user can be removed
/// whatever has become of that.
/// </summary>
internal sealed class UserRemover(ClusterLayout layout, Func<FileView, UserInspector> inspectorOf, DateTimeOffset now)
{
    public DeploymentResult Preview(UserFiles user)
    {
        var files = FileView.Of(layout.ClusterDirectory);
        return Result(user, Inspect(user, files), Present(user, files), DeploymentStatus.WouldRemove, backup: null);
    }

    public DeploymentResult Remove(UserFiles user, CancellationToken cancellationToken)
    {
        using var transaction = FileTransaction.Begin(layout.ClusterDirectory, layout.Subdirectories, cancellationToken);
        FileTransaction.RequireOwnDirectory(layout.UsersDirectory);
        var seen = Inspect(user, FileView.OnDisk);
        var present = Present(user, FileView.OnDisk);
        foreach (var path in present)
        {
            transaction.Remove(path);
        }

        cancellationToken.ThrowIfCancellationRequested();
        var backup = transaction.BackUpReplaced(now);
        transaction.Commit();
        return Result(user, seen, present, DeploymentStatus.Removed, backup);
    }

    /// <summary>What there is, under the lock: another run may have removed it since it was found.</summary>
    private (ClusterUser User, RoleBinding? Binding) Inspect(UserFiles user, FileView files)
    {
        using var inspector = inspectorOf(files);
        return inspector.Inspect(user) is { } found
            ? (found, inspector.BindingOf(user))
            : throw UserErrors.NotFound(user.Name, layout.ClusterDirectory, [.. UserDirectory.List(layout, files).Select(other => other.Name)]);
    }

    private static List<string> Present(UserFiles user, FileView files) =>
        [.. UserDirectory.PathsOf(user).Where(path => files.Status(path).Kind != FileKind.Missing)];

    private DeploymentResult Result(
        UserFiles files, (ClusterUser User, RoleBinding? Binding) seen, List<string> present, DeploymentStatus status, string? backup)
    {
        var (user, binding) = seen;
        var removed = new DeployedUser
        {
            Name = user.Name,
            Role = user.Role,
            Namespace = user.Namespace,
            BindingName = user.BindingName,
            Status = status,
            Reason = $"removing it was asked for ({present.Count} of 4 files)",
            SerialNumber = user.SerialNumber,
            NotBefore = user.NotBefore,
            NotAfter = user.NotAfter,
            Path = user.Path,
            CertificatePath = user.CertificatePath,
            KeyPath = user.KeyPath,
            ManifestPath = user.ManifestPath,
            BackupPath = backup,
            ClusterDirectory = layout.ClusterDirectory,
        };
        List<string> warnings = [Warning(user, binding ?? Unedited(files))];
        if (binding is null)
        {
            warnings.Add(
                $"The manifest of {user.Name} cannot tell the binding, which may also be a RoleBinding. Find it with: kubectl get clusterrolebindings,rolebindings -A -o wide.");
        }

        return new DeploymentResult([removed], warnings);
    }

    /// <summary>What can still be done with the certificate, which nobody can revoke, and what ends it.</summary>
    private string Warning(ClusterUser user, RoleBinding binding) => LatestEnd(user) switch
    {
        null =>
            $"The certificate of {user.Name} cannot be read, and cannot be revoked; '{layout.Ledger}' tells until when it is valid. The user's rights end only when the binding is deleted: {binding.DeleteCommand}",
        { } end when end <= now =>
            $"The certificate of {user.Name} ended at {Utc(end)}: nothing is left valid. The binding can go as well: {binding.DeleteCommand}",
        { } end =>
            $"The certificate of {user.Name} cannot be revoked: whoever has a copy of it and its key is this user until {Utc(end)}. The user's rights end only when the binding is deleted: {binding.DeleteCommand}",
    };

    /// <summary>When the certificate ends, or the last of those that came before it: what was renewed stays valid too.</summary>
    private DateTime? LatestEnd(ClusterUser user)
    {
        var file = Path.GetRelativePath(layout.SslDirectory, user.CertificatePath);
        DateTime?[] ends = [user.NotAfter, CertificateLedger.LatestEnd(layout.Ledger, file)];
        return ends.Max();
    }

    private static RoleBinding Unedited(UserFiles files) =>
        new(RoleBinding.NameFor(files.Name), Namespace: null, RoleBinding.ClusterRole, "", [files.Name]);

    private static string Utc(DateTime time) => string.Create(CultureInfo.InvariantCulture, $"{time:yyyy-MM-dd HH:mm:ss} UTC");
}
