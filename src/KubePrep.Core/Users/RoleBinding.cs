namespace KubePrep.Users;

/// <summary>A manifest that gives users the rights of a role: a <c>ClusterRoleBinding</c>, or in one namespace a <c>RoleBinding</c>.</summary>
/// <param name="Name">The binding's name.</param>
/// <param name="Namespace">The namespace in which it counts; null for all of them.</param>
/// <param name="RoleKind"><c>ClusterRole</c>, or <c>Role</c> for one of the namespace's own.</param>
/// <param name="RoleName">The role's name.</param>
/// <param name="UserNames">The users, as Kubernetes sees them.</param>
public sealed record RoleBinding(string Name, string? Namespace, string RoleKind, string RoleName, IReadOnlyList<string> UserNames)
{
    /// <summary>The kind of the roles that every namespace knows.</summary>
    public const string ClusterRole = "ClusterRole";

    /// <summary>When the user's certificate ends, in UTC, for who reads the manifest or the binding; null if it does not say.</summary>
    public DateTime? ValidUntil { get; init; }

    /// <summary>The role as <c>kubectl get -o wide</c> names it, but a cluster role by its name alone.</summary>
    internal string Role => RoleKind == ClusterRole ? RoleName : $"{RoleKind}/{RoleName}";

    /// <summary>The command that ends what the binding grants.</summary>
    internal string DeleteCommand => Namespace is null
        ? $"kubectl delete clusterrolebinding {Quoted(Name)}"
        : $"kubectl delete rolebinding {Quoted(Name)} -n {Quoted(Namespace)}";

    /// <summary>The name of a user's binding. It begins so that <c>kubectl get</c> lists KubePrep's beside each other.</summary>
    internal static string NameFor(string userName) => $"kubeprep:{userName}";

    /// <summary>A word as a shell takes it, whatever somebody has written into the manifest.</summary>
    private static string Quoted(string word) =>
        word.All(c => char.IsAsciiLetterOrDigit(c) || "-_.:@".Contains(c, StringComparison.Ordinal))
            ? word
            : $"'{word.Replace("'", @"'\''", StringComparison.Ordinal)}'";
}
