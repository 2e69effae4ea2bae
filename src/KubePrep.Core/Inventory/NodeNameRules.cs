namespace KubePrep.Inventory;

/// <summary>
/// Which names a node can have: lower-case RFC 1123 subdomains, as Kubernetes names its objects, that Linux takes for a host name
/// (sethostname(2): 64 bytes).
/// </summary>
internal static class NodeNameRules
{
    private const int MaximumLength = 64;
    private const int MaximumLabelLength = 63;

    /// <summary>Why the name cannot be a node's, or null if it can.</summary>
    public static string? Fault(string name) =>
        name.Length == 0 ? "it is empty"
        : PlainText.Fault(name) is { } fault ? fault
        : name.Any(char.IsAsciiLetterUpper) ? "it holds upper-case letters"
        : name.Any(c => !char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c is not ('-' or '.'))
            ? "it holds something else than letters, digits, hyphens and dots"
        : name.Length > MaximumLength ? $"it is longer than {MaximumLength} characters"
        : name.Split('.').Select(LabelFault).FirstOrDefault(why => why is not null);

    private static string? LabelFault(string label) =>
        label.Length == 0 ? "a dot is at its beginning or end, or beside another"
        : label.Length > MaximumLabelLength ? $"a part of it is longer than {MaximumLabelLength} characters"
        : label[0] == '-' || label[^1] == '-' ? "a part of it begins or ends with a hyphen"
        : null;
}
