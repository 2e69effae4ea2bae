using System.Text.RegularExpressions;
using KubePrep.Deployment;

namespace KubePrep.Users;

/// <summary>What users and namespaces can be called.</summary>
internal static partial class UserNameRules
{
    /// <summary>Leaves room for what makes the common name unique, of which RFC 5280 allows 64 characters.</summary>
    private const int MaximumNameLength = 40;

    /// <summary>As for every label of the DNS (RFC 1123), which Kubernetes' namespaces are.</summary>
    private const int MaximumNamespaceLength = 63;

    /// <summary>
    /// Refuses names that would be more than a person's: a colon begins those of the system's own users and groups, and other characters
    /// mean something to shells, file systems or the API's paths.
    /// </summary>
    /// <exception cref="KubePrepException">It cannot be used (<see cref="ErrorId.InvalidName"/>).</exception>
    public static void RequireName(string name)
    {
        var why = name.Trim().Length == 0 ? "it is empty"
            : name.Length > MaximumNameLength ? $"it is longer than {MaximumNameLength} characters"
            : name.StartsWith("system:", StringComparison.Ordinal) ? "names that begin with 'system:' are those of Kubernetes itself"
            : !NameForm.IsMatch(name) ? "it may hold ASCII letters, digits, '.', '_', '-' and '@', and begins with a letter or digit"
            : null;
        if (why is not null)
        {
            throw DeploymentErrors.InvalidName(name, "user name", why);
        }
    }

    /// <summary>Refuses what cannot be a namespace.</summary>
    /// <exception cref="KubePrepException">It cannot be used (<see cref="ErrorId.InvalidName"/>).</exception>
    public static void RequireNamespace(string name)
    {
        if (name.Length > MaximumNamespaceLength || !LabelForm.IsMatch(name))
        {
            throw DeploymentErrors.InvalidName(
                name, "namespace", $"it has lower-case letters, digits and '-', begins and ends with a letter or digit, and is at most {MaximumNamespaceLength} characters long");
        }
    }

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._@-]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex NameForm { get; }

    [GeneratedRegex(@"^[a-z0-9]([a-z0-9-]*[a-z0-9])?\z", RegexOptions.CultureInvariant)]
    private static partial Regex LabelForm { get; }
}
