namespace KubePrep.Inventory;

/// <summary>
/// Which names a node can have: lower-case RFC 1123 subdomains, as Kubernetes names its objects, that Linux takes for a host name
/// (sethostname(2): 64 bytes).
/// </summary>
internal static class NodeNameRules
{
    private const int MaximumLength = 64;

    /// <summary>Why the name cannot be a node's, or null if it can.</summary>
    public static string? Fault(string name) =>
        name.Length == 0 ? "it is empty"
        : PlainText.Fault(name) is { } fault ? fault
        : name.Any(char.IsAsciiLetterUpper) ? "it holds upper-case letters"
        : name.Any(c => !char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c is not ('-' or '.'))
            ? "it holds something else than letters, digits, hyphens and dots"
        : name.Length > MaximumLength ? $"it is longer than {MaximumLength} characters"
        : HostNameLabels.Fault(name);
}
