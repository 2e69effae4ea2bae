using System.Text;

namespace KubePrep.Lab.Tests;

/// <summary>The hosts files of nodes, as this machine sees them: a look at one logs in nowhere.</summary>
internal static class HostsFiles
{
    /// <summary>Where the originals are kept of what is replaced.</summary>
    public const string Backups = "/var/backups/kubeprep";

    private const string Begin = "# BEGIN KUBEPREP\n";
    private const string End = "# END KUBEPREP\n";

    /// <summary>Where this machine finds a file of a node.</summary>
    public static string PathOf(this FleetNode node, string path) => $"{node.Root}{path}";

    public static byte[] HostsBytes(this FleetNode node) => File.ReadAllBytes(node.PathOf("/etc/hosts"));

    /// <summary>The file, a character a byte.</summary>
    public static string HostsText(this FleetNode node) => Encoding.Latin1.GetString(node.HostsBytes());

    public static void SetHostsBytes(this FleetNode node, byte[] content) => File.WriteAllBytes(node.PathOf("/etc/hosts"), content);

    public static void SetHostsText(this FleetNode node, string text) => node.SetHostsBytes(Encoding.Latin1.GetBytes(text));

    /// <summary>The block with its marks; empty if there is none; fails if there are two, or it does not begin on a line of its own.</summary>
    public static string Block(this FleetNode node) => Split(node.HostsText()).Block;

    /// <summary>The rows of the block.</summary>
    public static IReadOnlyList<string> Rows(this FleetNode node) =>
        [.. node.Block().Split('\n').Where(line => line.Length > 0 && !line.StartsWith('#'))];

    /// <summary>Takes the block out of a hosts file.</summary>
    public static (string Block, string Outside) Split(string text)
    {
        var begin = text.IndexOf(Begin, StringComparison.Ordinal);
        if (begin < 0)
        {
            Assert.DoesNotContain(End, text, StringComparison.Ordinal);
            return ("", text);
        }

        Assert.True(begin == 0 || text[begin - 1] == '\n', text);
        Assert.Equal(begin, text.LastIndexOf(Begin, StringComparison.Ordinal));
        var end = text.IndexOf(End, begin, StringComparison.Ordinal) + End.Length;
        Assert.True(end > begin + Begin.Length, text);
        return (text[begin..end], text.Remove(begin, end - begin));
    }

    /// <summary>The files that are kept of a node's hosts file.</summary>
    public static IReadOnlyList<string> HostsBackups(this FleetNode node) =>
        Directory.Exists(node.PathOf($"{Backups}/etc")) ? [.. Directory.GetFiles(node.PathOf($"{Backups}/etc")).Order(StringComparer.Ordinal)] : [];

    /// <summary>All that a run could have written, with the times of it.</summary>
    public static string Traces(this FleetNode node) => node.Must(
        "stat --format='%n %i %y %z' /etc /etc/hosts; "
        + "find /run/kubeprep /var/backups -name lock -o -name hosts-lock -o -printf '%p %i %s %T@ %C@\\n' 2>/dev/null | sort");
}
