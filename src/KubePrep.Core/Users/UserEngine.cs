using System.IO.Enumeration;
using KubePrep.Deployment;
using KubePrep.Files;
using KubePrep.Kubeconfig;

namespace KubePrep.Users;

/// <summary>
/// Makes, lists and removes the people of a cluster: for each one a certificate, its key, a kubeconfig and the manifest of a role
/// binding, in <c>ssl/users</c>. Each user is one transaction: all of its files are there, or none.
/// </summary>
/// <param name="kubeconfigs">Reads and writes kubeconfigs.</param>
/// <param name="bindings">Reads and writes manifests of role bindings.</param>
/// <param name="clock">Tells the time by which certificates are judged and dated.</param>
public sealed class UserEngine(IKubeconfigSerializer kubeconfigs, IRoleBindingSerializer bindings, TimeProvider clock)
{
    private readonly PlanRunner _runner = new(kubeconfigs, clock);

    /// <summary>Makes a user, under a name that nobody has had. Two of the same name are two users.</summary>
    /// <param name="request">What the user should be.</param>
    /// <param name="options">How to go about it. With <see cref="RunOptions.WhatIf"/> the name is one that could be, and not kept for later.</param>
    /// <returns>One <see cref="DeployedUser"/>.</returns>
    /// <exception cref="KubePrepException">Bad input, or files that cannot be used; nothing was written.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled before its commit; nothing was replaced.</exception>
    public DeploymentResult Create(UserRequest request, RunOptions options)
    {
        ArgumentNullException.ThrowIfNull(request);
        UserNameRules.RequireName(request.Name);
        if (request.Namespace is not null)
        {
            UserNameRules.RequireNamespace(request.Namespace);
        }

        var layout = LayoutOf(request.ClusterDirectory);
        UserFiles? files = null;
        return _runner.Run(
            layout,
            context =>
            {
                var planner = new UserPlanner(context, kubeconfigs, bindings);
                files = planner.FreeFiles(request.Name);
                return planner.Plan(request, files);
            },
            report => [.. report.Leaves().Select(leaf => Made(request, files!, leaf, layout))],
            options);
    }

    /// <summary>The users there are.</summary>
    /// <param name="clusterDirectory">The cluster's directory.</param>
    /// <param name="names">Their names, of which each may hold <c>*</c> and <c>?</c>; all of them if there is none.</param>
    /// <returns>One entry a user, in the order of their names.</returns>
    /// <exception cref="KubePrepException">The directory does not exist (<see cref="ErrorId.ClusterDirectoryNotFound"/>), or a name without
    /// <c>*</c> and <c>?</c> is that of nobody (<see cref="ErrorId.UserNotFound"/>).</exception>
    public IReadOnlyList<ClusterUser> List(string clusterDirectory, params IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        var layout = LayoutOf(clusterDirectory);
        var files = FileView.Of(layout.ClusterDirectory);
        using var inspector = InspectorFor(layout, files);
        return [.. Chosen(layout, files, names).Select(inspector.Inspect).OfType<ClusterUser>()];
    }

    /// <summary>The names of the users there are, without a look into their files.</summary>
    /// <param name="clusterDirectory">The cluster's directory.</param>
    /// <param name="names">As for <see cref="List"/>.</param>
    /// <exception cref="KubePrepException">As for <see cref="List"/>.</exception>
    public static IReadOnlyList<string> Names(string clusterDirectory, params IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        var layout = LayoutOf(clusterDirectory);
        return [.. Chosen(layout, FileView.Of(layout.ClusterDirectory), names).Select(user => user.Name)];
    }

    /// <summary>Removes a user's files after a backup, and warns of what that does not end.</summary>
    /// <param name="clusterDirectory">The cluster's directory.</param>
    /// <param name="name">The user's whole name.</param>
    /// <param name="options">How to go about it.</param>
    /// <returns>One <see cref="DeployedUser"/>.</returns>
    /// <exception cref="KubePrepException">There is no such user (<see cref="ErrorId.UserNotFound"/>), or files cannot be removed; then all are
    /// still there.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled before its commit; nothing was removed.</exception>
    public DeploymentResult Remove(string clusterDirectory, string name, RunOptions options)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(options);
        var layout = LayoutOf(clusterDirectory);
        var user = UserDirectory.List(layout, FileView.Of(layout.ClusterDirectory)).FirstOrDefault(user => user.Name == name)
            ?? throw NotFound(layout, FileView.Of(layout.ClusterDirectory), name);
        var remover = new UserRemover(layout, files => InspectorFor(layout, files), clock.GetUtcNow());
        return options.WhatIf ? remover.Preview(user) : remover.Remove(user, options.CancellationToken);
    }

    private UserInspector InspectorFor(ClusterLayout layout, FileView files) => new(layout, files, kubeconfigs, bindings, clock.GetUtcNow());

    private static List<UserFiles> Chosen(ClusterLayout layout, FileView files, IReadOnlyList<string> names)
    {
        var all = UserDirectory.List(layout, files);
        foreach (var name in names.Where(name => !name.AsSpan().ContainsAny("*?") && all.All(user => user.Name != name)))
        {
            throw NotFound(layout, files, name);
        }

        return [.. all.Where(user => names.Count == 0 || names.Any(name => FileSystemName.MatchesSimpleExpression(name, user.Name, ignoreCase: false)))];
    }

    private static KubePrepException NotFound(ClusterLayout layout, FileView files, string name) =>
        UserErrors.NotFound(name, layout.ClusterDirectory, [.. UserDirectory.List(layout, files).Select(user => user.Name)]);

    private static ClusterLayout LayoutOf(string clusterDirectory)
    {
        PathRules.Require(clusterDirectory, "cluster directory");
        var layout = ClusterLayout.Of(clusterDirectory);
        return Directory.Exists(layout.ClusterDirectory) ? layout : throw DeploymentErrors.ClusterDirectoryNotFound(layout.ClusterDirectory);
    }

    private static DeployedUser Made(UserRequest request, UserFiles files, DeployedFile leaf, ClusterLayout layout)
    {
        return new DeployedUser
        {
            Name = files.Name,
            Role = UserPlanner.NameOf(request.Role),
            Namespace = request.Namespace,
            BindingName = RoleBinding.NameFor(files.Name),
            Status = leaf.Status,
            Reason = leaf.Reason,
            Subject = leaf.Subject,
            SerialNumber = leaf.SerialNumber,
            Thumbprint = leaf.Thumbprint,
            NotBefore = leaf.NotBefore,
            NotAfter = leaf.NotAfter,
            Path = files.Kubeconfig,
            CertificatePath = files.Certificate,
            KeyPath = files.Key,
            ManifestPath = files.Manifest,
            ClusterDirectory = layout.ClusterDirectory,
        };
    }
}
