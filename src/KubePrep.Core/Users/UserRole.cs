namespace KubePrep.Users;

/// <summary>
/// The roles for people that every cluster has: Kubernetes' default user-facing cluster roles. Bound in one namespace they count there
/// alone, and bound without one in all.
/// </summary>
public enum UserRole
{
    /// <summary>Sees most objects; no secrets, no roles and no bindings.</summary>
    View,

    /// <summary>Changes most objects, and sees secrets; no roles and no bindings.</summary>
    Edit,

    /// <summary>Does all that edit does, and grants roles within namespaces. It is not <c>cluster-admin</c>.</summary>
    Admin,
}
