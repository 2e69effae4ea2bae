namespace KubePrep.Deployment;

/// <summary>Which names can be used for clusters, contexts, users and files.</summary>
internal static class NameRules
{
    private const int MaximumLength = 253;

    /// <summary>Refuses names of clusters, contexts and users that no kubeconfig should hold.</summary>
    /// <param name="name">The name.</param>
    /// <param name="what">What it names, for the message.</param>
    /// <exception cref="KubePrepException">It cannot be used (<see cref="ErrorId.InvalidName"/>).</exception>
    public static void Require(string name, string what)
    {
        var why = name.Trim().Length == 0 ? "it is empty"
            : name.Length > MaximumLength ? $"it is longer than {MaximumLength} characters"
            : PlainText.Fault(name) is { } fault ? fault
            : name.AsSpan().ContainsAny("/\\") ? "it holds a path separator"
            : name == "." ? "it names the directory itself"
            : name.Contains("..", StringComparison.Ordinal) ? "it holds '..'"
            : null;
        if (why is not null)
        {
            throw DeploymentErrors.InvalidName(name, what, why);
        }
    }

    /// <summary>Refuses names of files that would be hidden, be taken for options, or overwrite the certificate authority's.</summary>
    public static void RequireFileName(string name, string what)
    {
        Require(name, what);
        var why = name[0] is '.' or '-' ? $"as a file name it must not begin with '{name[0]}'"
            : name == "ca" || name.StartsWith("ca-", StringComparison.Ordinal) || name.EndsWith("-key", StringComparison.Ordinal)
                ? "such file names belong to the certificate authority and to private keys"
            : null;
        if (why is not null)
        {
            throw DeploymentErrors.InvalidName(name, what, why);
        }
    }

    /// <summary>Refuses API server addresses other than https URLs of a host, and a port and path at most.</summary>
    /// <exception cref="KubePrepException">It cannot be used (<see cref="ErrorId.InvalidServer"/>).</exception>
    public static void RequireServer(string server)
    {
        if (!IsServer(server))
        {
            throw DeploymentErrors.InvalidServer(server);
        }
    }

    /// <summary>Whether <see cref="RequireServer"/> takes it.</summary>
    public static bool IsServer(string server) =>
        PlainText.Fault(server) is null
        && Uri.TryCreate(server, UriKind.Absolute, out var uri)
        && server.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
        && uri.Host.Length > 0
        && !server.Any(c => char.IsWhiteSpace(c) || c is '?' or '#' or '@' or '\\');
}
