using System.Text;

namespace KubePrep.Facts;

/// <summary>
/// The settings of one of systemd's programs, such as journald.conf(5) and systemd-system.conf(5): those of its main file, then those of
/// the drop-ins in the order of their names; the last one counts. The syntax is that of systemd.syntax(7).
/// </summary>
internal sealed class SystemdConfiguration
{
    private static readonly string[] Directories =
        ["/etc/systemd", "/run/systemd", "/usr/local/lib/systemd", "/usr/lib/systemd", "/lib/systemd"];

    private readonly Dictionary<string, List<SystemdSetting>> _settings = new(StringComparer.Ordinal);
    private readonly string _section;

    private SystemdConfiguration(string section) => _section = section;

    /// <summary>A setting, or null where the program's own default counts.</summary>
    public SystemdSetting? this[string key] => _settings.GetValueOrDefault(key)?[^1];

    /// <summary>The values of a setting that makes a list: all that come after the last empty one, which empties it.</summary>
    public IReadOnlyList<string> Values(string key)
    {
        var values = _settings.GetValueOrDefault(key) ?? [];
        return [.. values.Skip(values.FindLastIndex(setting => setting.Value.Length == 0) + 1).Select(setting => setting.Value)];
    }

    /// <summary>Reads the settings of a node.</summary>
    /// <param name="files">The node's files.</param>
    /// <param name="name">The main file's name, such as <c>journald.conf</c>.</param>
    /// <param name="section">The section that holds the settings, such as <c>Journal</c>.</param>
    public static SystemdConfiguration Read(NodeFileCollection files, string name, string section)
    {
        var main = Directories.Select(directory => files[$"{directory}/{name}"]).FirstOrDefault(file => file is not null);
        IEnumerable<NodeFile> dropIns = files.DropIns(".conf", [.. Directories.Select(directory => $"{directory}/{name}.d")]);
        return Read(main is null ? dropIns : dropIns.Prepend(main), section);
    }

    /// <summary>Reads the settings of files, in the order given: the last one counts.</summary>
    /// <param name="files">The files.</param>
    /// <param name="section">The section that holds the settings, such as <c>Service</c>.</param>
    public static SystemdConfiguration Read(IEnumerable<NodeFile> files, string section)
    {
        var configuration = new SystemdConfiguration(section);
        foreach (var file in files)
        {
            if (!configuration.Add(file))
            {
                break; // a section header that is not one ends systemd's reading, of this file and of those after it
            }
        }

        return configuration;
    }

    private bool Add(NodeFile file)
    {
        var isInSection = false;
        foreach (var line in LogicalLines(file))
        {
            if (line.StartsWith('['))
            {
                if (!line.EndsWith(']'))
                {
                    return false;
                }

                isInSection = line.AsSpan(1, line.Length - 2).SequenceEqual(_section);
            }
            else if (isInSection && line.IndexOf('=', StringComparison.Ordinal) is > 0 and var equals)
            {
                var key = ConfigurationText.Strip(line[..equals]);
                _settings.TryAdd(key, []);
                _settings[key].Add(new SystemdSetting(ConfigurationText.Strip(line[(equals + 1)..]), file.Path));
            }
        }

        return true;
    }

    /// <summary>The lines that say something; one that ends with a backslash goes on in the next, and comments between them are left out.</summary>
    private static IEnumerable<string> LogicalLines(NodeFile file)
    {
        var begun = new StringBuilder();
        foreach (var line in ConfigurationText.Lines(file))
        {
            if (ConfigurationText.Strip(line.Text) is ['#' or ';', ..])
            {
                continue;
            }

            begun.Append(line.Number == 1 ? line.Text.TrimStart('\ufeff') : line.Text);
            if (EndsWithBackslash(begun))
            {
                begun[^1] = ' ';
                continue;
            }

            var text = ConfigurationText.Strip(begun.ToString());
            begun.Clear();
            if (text.Length > 0)
            {
                yield return text;
            }
        }

        if (ConfigurationText.Strip(begun.ToString()) is { Length: > 0 } rest)
        {
            yield return rest;
        }
    }

    /// <summary>Whether the last character is a backslash that no other one escapes.</summary>
    private static bool EndsWithBackslash(StringBuilder text)
    {
        var count = 0;
        while (count < text.Length && text[text.Length - 1 - count] == '\\')
        {
            count++;
        }

        return count % 2 == 1;
    }
}
