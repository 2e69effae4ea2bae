using KubePrep.Files;

namespace KubePrep.Facts;

/// <summary>
/// The kernel parameters that systemd-sysctl(8) sets at boot (sysctl.d(5)). Of the files in all directories, in the order of their names,
/// the last line about a key counts; a key that is named beats every pattern, also when it is named only to be left out. The file
/// <c>/etc/sysctl.conf</c> counts only through a link in one of the directories. Braces in patterns are not expanded.
/// </summary>
internal sealed class SysctlConfiguration
{
    private static readonly string[] Directories =
        ["/etc/sysctl.d", "/run/sysctl.d", "/usr/local/lib/sysctl.d", "/usr/lib/sysctl.d", "/lib/sysctl.d"];

    private readonly OrderedDictionary<string, SysctlAssignment> _assignments = new(StringComparer.Ordinal);

    private SysctlConfiguration()
    {
    }

    /// <summary>What the files say about a key, written with dots or slashes; null if they do not set it.</summary>
    public SysctlAssignment? this[string key]
    {
        get
        {
            var path = PathOf(key);
            return _assignments.TryGetValue(path, out var own) ? own : _assignments.LastOrDefault(IsPatternFor).Value;

            bool IsPatternFor(KeyValuePair<string, SysctlAssignment> entry) =>
                entry.Value.Value is not null && GlobPattern.IsPattern(entry.Key) && GlobPattern.Matches(entry.Key, path);
        }
    }

    /// <summary>Reads the configuration of a node.</summary>
    public static SysctlConfiguration Read(NodeFileCollection files)
    {
        var configuration = new SysctlConfiguration();
        foreach (var file in files.DropIns(".conf", Directories))
        {
            foreach (var line in ConfigurationText.Lines(file))
            {
                configuration.Add(ConfigurationText.Strip(line.Text), file.Path, line.Number);
            }
        }

        return configuration;
    }

    private void Add(string text, string path, int line)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        var hasDash = text.StartsWith('-');
        if (ConfigurationText.IsEmptyOrComment(text) || (equals < 0 && !hasDash))
        {
            return;
        }

        var key = PathOf(ConfigurationText.Strip(text[(hasDash ? 1 : 0)..(equals < 0 ? text.Length : equals)]));
        var value = equals < 0 ? null : ConfigurationText.Strip(text[(equals + 1)..]);
        if (_assignments.TryGetValue(key, out var earlier) && earlier.Value == value)
        {
            return; // systemd keeps its place, which decides between patterns
        }

        _assignments.Remove(key);
        _assignments.Add(key, new SysctlAssignment(value, path, line));
    }

    /// <summary>
    /// The key's path under <c>/proc/sys</c>. Where the first separator is a dot, dots become slashes and slashes dots; where it is a
    /// slash, all stay as they are (sysctl.d(5)).
    /// </summary>
    private static string PathOf(string key)
    {
        var first = key.IndexOfAny(['.', '/']);
        var path = first >= 0 && key[first] == '.' ? SysctlKey.ToPath(key) : key;
        return string.Join('/', path.Split('/').Where(part => part is not ("" or ".")));
    }
}
