using System.Net;

namespace KubePrep.HostsFile;

/// <summary>
/// Which names a hosts map may hold. They come from nodes, of which one may be hostile, and go to all: a name must not break a row, and
/// must not redirect what stands for each machine itself.
/// </summary>
internal static class HostsNameRules
{
    private const int MaximumLength = 253;

    private static readonly HashSet<string> LocalNames = new(StringComparer.OrdinalIgnoreCase)
    {
        "localhost", "localhost.localdomain", "localhost4", "localhost4.localdomain4", "localhost6", "localhost6.localdomain6",
        "ip6-localhost", "ip6-loopback", "ip6-localnet", "ip6-mcastprefix", "ip6-allnodes", "ip6-allrouters", "ip6-allhosts",
    };

    /// <summary>Why the name cannot be mapped, or null if it can.</summary>
    public static string? Fault(string name) =>
        name.Length == 0 ? "it is empty"
        : name.Length > MaximumLength ? $"it is longer than {MaximumLength} characters"
        : name.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('.' or '_' or '-'))
            ? "it holds something else than letters, digits, dots, hyphens and underscores"
        : !char.IsAsciiLetterOrDigit(name[0]) || !char.IsAsciiLetterOrDigit(name[^1]) ? "it does not begin and end with a letter or digit"
        : IPAddress.TryParse(name, out _) ? "it reads as an address"
        : LocalNames.Contains(name) || name.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase) ? "it stands for the machine itself"
        : null;
}
