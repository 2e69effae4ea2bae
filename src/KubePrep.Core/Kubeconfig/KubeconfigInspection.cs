namespace KubePrep.Kubeconfig;

/// <summary>Where a kubeconfig differs from another, or from what can work, in words.</summary>
internal static class KubeconfigInspection
{
    private static ReadOnlySpan<byte> WhiteSpace => " \t\r\n"u8;

    /// <summary>Why the file must be written again, or null if it already says what is wanted.</summary>
    public static string? ReasonToRewrite(KubeconfigDocument existing, KubeconfigDocument wanted)
    {
        var (cluster, context, user) = (wanted.Clusters[0], wanted.Contexts[0], wanted.Users[0]);
        return existing.Clusters is not [var oldCluster] || oldCluster.Name != cluster.Name ? $"its clusters are {Names(existing.Clusters.Select(c => c.Name))}, not {cluster.Name}"
            : existing.Users is not [var oldUser] || oldUser.Name != user.Name ? $"its users are {Names(existing.Users.Select(u => u.Name))}, not {user.Name}"
            : existing.Contexts is not [var oldContext] || oldContext.Name != context.Name ? $"its contexts are {Names(existing.Contexts.Select(c => c.Name))}, not {context.Name}"
            : existing.CurrentContext != context.Name ? $"its current context is '{existing.CurrentContext}', not {context.Name}"
            : (oldContext.Cluster, oldContext.User) != (context.Cluster, context.User) ? "its context names another cluster or user"
            : oldCluster.Server != cluster.Server ? $"its server is {PlainText.WithoutUser(oldCluster.Server)}, not {cluster.Server}"
            : !Same(oldCluster.CertificateAuthorityData, cluster.CertificateAuthorityData) ? "it embeds another certificate authority"
            : !Same(oldUser.ClientCertificateData, user.ClientCertificateData) ? "it embeds another certificate"
            : !Same(oldUser.ClientKeyData, user.ClientKeyData) ? "it embeds another key"
            : oldCluster.OtherSettings.Concat(oldUser.OtherSettings).ToList() is { Count: > 0 } other ? $"it has other settings: {string.Join(", ", other)}"
            : null;
    }

    /// <summary>The names in a file that <paramref name="wanted"/> would drop.</summary>
    public static IReadOnlyList<string> Lost(KubeconfigDocument existing, KubeconfigDocument wanted) =>
    [
        .. existing.Clusters.Select(c => $"cluster {c.Name}").Except(wanted.Clusters.Select(c => $"cluster {c.Name}")),
        .. existing.Contexts.Select(c => $"context {c.Name}").Except(wanted.Contexts.Select(c => $"context {c.Name}")),
        .. existing.Users.Select(u => $"user {u.Name}").Except(wanted.Users.Select(u => $"user {u.Name}")),
    ];

    /// <summary>Whether two embedded files are the same; white space around them does not count, as in kubeadm.</summary>
    public static bool Same(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right) => left.Trim(WhiteSpace).SequenceEqual(right.Trim(WhiteSpace));

    private static string Names(IEnumerable<string> names) => string.Join(", ", names.DefaultIfEmpty("none"));
}
