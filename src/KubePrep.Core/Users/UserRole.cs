namespace KubePrep.Users;

/// <summary>
/// The roles for people that every cluster has: Kubernetes' default user-facing cluster roles. Bound in one namespace they count there
/// alone, and bound without one in all.
/// </summary>
/// <remarks>No two values make a third: PowerShell would read <c>view,edit</c> as their sum, and grant it.</remarks>
public enum UserRole
{
    /// <summary>Sees most objects; no secrets, no roles and no bindings.</summary>
    View = 1,

    /// <summary>Changes most objects, and sees secrets; no roles and no bindings.</summary>
    Edit = 2,

    /// <summary>Does all that edit does, and grants roles within namespaces. It is not <c>cluster-admin</c>.</summary>
    Admin = 4,
}
