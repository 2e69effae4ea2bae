namespace KubePrep.Users;

/// <summary>Reads and writes manifests of role bindings. The engine knows no YAML; KubePrep.Yaml does.</summary>
public interface IRoleBindingSerializer
{
    /// <summary>Writes a manifest as <c>kubectl apply -f</c> takes it.</summary>
    /// <param name="binding">What to write.</param>
    /// <returns>The file's bytes.</returns>
    byte[] Write(RoleBinding binding);

    /// <summary>Reads a manifest, YAML or JSON, as anybody may have edited it.</summary>
    /// <param name="content">The file's bytes.</param>
    /// <param name="path">The file, for messages.</param>
    /// <exception cref="KubePrepException">It is no role binding (<see cref="ErrorId.MalformedRoleBinding"/>).</exception>
    RoleBinding Read(byte[] content, string path);
}
