using KubePrep.Facts;

namespace KubePrep.TimeSync;

/// <summary>The servers that an ntpd is configured with: NTPsec's, the Network Time Foundation's, or OpenBSD's.</summary>
internal static class NtpConfiguration
{
    private const string ReferenceClocks = "127.127."; // ntpd names its drivers by such addresses

    private static readonly string[] Directives = ["server", "servers", "pool", "peer"];

    /// <summary>The names and addresses of a file, in order; none if it is not there. What it includes is not read.</summary>
    /// <param name="files">The node's files.</param>
    /// <param name="path">The daemon's file.</param>
    public static IReadOnlyList<string> Servers(NodeFileCollection files, string path) =>
        files[path] is not { } file ? []
        : [.. ConfigurationText.Lines(file).Select(line => ServerOf(line.Text)).OfType<string>()
            .Where(name => !name.StartsWith(ReferenceClocks, StringComparison.Ordinal)),];

    /// <summary>The server of a line such as <c>pool -4 ntp.example.org iburst # ours</c>, or null.</summary>
    private static string? ServerOf(string line)
    {
        var words = line.Split('#')[0].Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        return words.Length > 0 && Directives.Contains(words[0])
            ? words.Skip(1).FirstOrDefault(word => word is not ("-4" or "-6"))?.Trim('"', '\'')
            : null;
    }
}
