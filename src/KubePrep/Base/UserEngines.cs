using KubePrep.Users;
using KubePrep.Yaml;

namespace KubePrep.Base;

/// <summary>Makes the engine that the cmdlets for users work with.</summary>
internal static class UserEngines
{
    public static UserEngine New() => new(new KubeconfigYaml(), new RoleBindingYaml(), TimeProvider.System);
}
