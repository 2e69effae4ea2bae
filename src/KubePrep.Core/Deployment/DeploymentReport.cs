using System.Security.Cryptography.X509Certificates;

namespace KubePrep.Deployment;

/// <summary>Turns a plan, carried out or not, into what its user sees: one entry a file.</summary>
internal sealed class DeploymentReport(DeploymentPlan plan, bool whatIf)
{
    /// <summary>The authority's certificate; null where one would be made.</summary>
    public X509Certificate2? AuthorityCertificate { get; init; } = plan.Authority.Existing?.Certificate;

    /// <summary>The leaves' certificates; one is missing where it would be made.</summary>
    public IReadOnlyDictionary<LeafPlan, X509Certificate2> LeafCertificates { get; init; } =
        plan.Leaves.Where(leaf => leaf.Kept is not null).ToDictionary(leaf => leaf, leaf => leaf.Kept!.Certificate);

    /// <summary>What is done with the authority's file, which may become a bundle while the certificate in it is kept.</summary>
    private FileAction AuthorityAction =>
        plan.Bundle is { } bundle && bundle.Path == plan.Authority.CertificatePath ? bundle.Action : plan.Authority.Action;

    /// <summary>Everything, documents first, each file once.</summary>
    public IReadOnlyList<DeployedFile> Files() => [.. AllFiles().DistinctBy(file => file.Path)];

    private IEnumerable<DeployedFile> AllFiles() =>
    [
        .. plan.Documents.Select(document => File(document.Path, document.Action)),
        Authority(),
        .. plan.Authority.Existing is { Key: null, IsKeyLocked: false } ? Array.Empty<DeployedFile>() : [File(plan.Authority.KeyPath, plan.Authority.KeyAction)],
        .. plan.Bundle is { } bundle ? [File(bundle.Path, bundle.Action)] : Array.Empty<DeployedFile>(),
        .. LeafPairs(),
        .. Kubeconfigs(),
        .. plan.Files.Select(file => File(file.Path, file.Action)),
        .. plan.Updates.Select(Update),
        .. plan.Removals.Select(Removal),
    ];

    /// <summary>The leaves with their keys, and the kubeconfigs that embed them.</summary>
    public IReadOnlyList<DeployedFile> LeafFiles() =>
    [
        .. LeafPairs(),
        .. plan.Updates.Select(Update),
    ];

    public DeployedAuthority Authority() => new()
    {
        Path = plan.Authority.CertificatePath,
        Status = AuthorityAction.Status(whatIf),
        Reason = AuthorityAction.Reason,
        KeyPath = plan.Authority.KeyPath,
        Subject = plan.Authority.Wanted?.Subject.ToString(),
        Certificate = AuthorityCertificate,
    };

    public IReadOnlyList<DeployedFile> Leaves() => [.. plan.Leaves.Select(Leaf)];

    public IReadOnlyList<DeployedFile> Kubeconfigs() => [.. plan.Kubeconfigs.Select(Kubeconfig)];

    private IEnumerable<DeployedFile> LeafPairs() =>
        plan.Leaves.SelectMany(leaf => new[] { Leaf(leaf), File(leaf.KeyPath, leaf.KeyAction) });

    private DeployedCertificate Leaf(LeafPlan leaf) => new()
    {
        Path = leaf.CertificatePath,
        Status = leaf.Action.Status(whatIf),
        Reason = leaf.Action.Reason,
        Name = leaf.Name,
        KeyPath = leaf.KeyPath,
        CertificateAuthorityPath = plan.Authority.CertificatePath,
        Subject = leaf.Wanted?.Subject.ToString(),
        Certificate = LeafCertificates.GetValueOrDefault(leaf),
    };

    private DeployedKubeconfig Kubeconfig(KubeconfigPlan kubeconfig) => new()
    {
        Path = kubeconfig.Target.Path,
        Status = kubeconfig.Action.Status(whatIf),
        Reason = kubeconfig.Action.Reason,
        ClusterName = kubeconfig.Target.ClusterName,
        Server = kubeconfig.Target.Server,
        ContextName = kubeconfig.Target.ContextName,
        UserName = kubeconfig.Target.UserName,
        CertificateAuthorityPath = plan.Authority.CertificatePath,
        Subject = kubeconfig.Leaf.Wanted?.Subject.ToString(),
        Certificate = LeafCertificates.GetValueOrDefault(kubeconfig.Leaf),
    };

    /// <summary>A kubeconfig that was edited, by its current context.</summary>
    private DeployedFile Update(KubeconfigUpdate update)
    {
        var document = update.Document;
        var context = document.Contexts.FirstOrDefault(c => c.Name == document.CurrentContext);
        var leaf = update.Users.GetValueOrDefault(context?.User ?? "");
        return new DeployedKubeconfig
        {
            Path = update.Path,
            Status = update.Action.Status(whatIf),
            Reason = update.Action.Reason,
            ClusterName = context?.Cluster ?? "",
            Server = document.Clusters.FirstOrDefault(c => c.Name == context?.Cluster)?.Server ?? "",
            ContextName = context?.Name ?? "",
            UserName = context?.User ?? "",
            CertificateAuthorityPath = plan.Bundle?.Path ?? plan.Authority.CertificatePath,
            Subject = leaf?.Wanted?.Subject.ToString(),
            Certificate = leaf is null ? null : LeafCertificates.GetValueOrDefault(leaf),
        };
    }

    private DeployedFile Removal(string path) => new()
    {
        Path = path,
        Status = whatIf ? DeploymentStatus.WouldRemove : DeploymentStatus.Removed,
        Reason = "it is no longer needed",
    };

    private DeployedFile File(string path, FileAction action) => new() { Path = path, Status = action.Status(whatIf), Reason = action.Reason };
}
