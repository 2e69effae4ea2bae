using System.Text.RegularExpressions;

namespace KubePrep.Inventory;

/// <summary>Reads an inventory in Ansible's INI, line by line.</summary>
internal sealed partial class IniInventory
{
    private readonly InventoryDocument _document;
    private InventoryGroup _group;
    private string _section = "hosts";
    private int _line;

    /// <summary>For each group that is only named, what named it first.</summary>
    private readonly OrderedDictionary<InventoryGroup, (int Line, string Why)> _undeclared = [];

    private IniInventory(string path)
    {
        _document = new InventoryDocument(path);
        _group = _document.Ungrouped;
    }

    /// <exception cref="KubePrepException"><see cref="ErrorId.InvalidInventory"/>.</exception>
    public static InventoryDocument Read(InventorySource source)
    {
        var inventory = new IniInventory(source.Path);
        foreach (var line in LinesOf(source.Text))
        {
            inventory._line++;
            if (line.Trim() is { Length: > 0 } text && text[0] is not ('#' or ';'))
            {
                inventory.ReadLine(text);
            }
        }

        inventory.RequireDeclared();
        return inventory._document;
    }

    private static string[] LinesOf(string text) =>
        text.Replace("\r\n", "\n", StringComparison.Ordinal).Split('\n', '\r');

    private void ReadLine(string text)
    {
        if (Section.Match(text) is { Success: true } section)
        {
            Begin(section.Groups["group"].Value, section.Groups["kind"] is { Success: true } kind ? kind.Value : "hosts");
        }
        else if (text.StartsWith('[') && text.EndsWith(']'))
        {
            throw Error("a section's name holds a blank or a colon too many", "Write it as [GROUP], [GROUP:vars] or [GROUP:children].");
        }
        else if (_section == "hosts")
        {
            ReadHost(text);
        }
        else if (_section == "vars")
        {
            ReadVariable(text);
        }
        else
        {
            ReadChild(text);
        }
    }

    private void Begin(string group, string section)
    {
        if (section is not ("hosts" or "vars" or "children"))
        {
            throw Error(
                $"a section of the group '{group}' is called '{section}', which there is not",
                "Write it as [GROUP], [GROUP:vars] or [GROUP:children].");
        }

        _group = _document.Group(group, _line);
        _section = section;
        if (section == "vars")
        {
            _undeclared.TryAdd(_group, (_line, $"[{group}:vars] is for a group that is not defined"));
        }
        else
        {
            _group.IsDeclared = true;
        }
    }

    private void ReadHost(string text)
    {
        var words = ShellWords.Split(text, why => Error($"it cannot be read: {why}", "Correct the line and run the command again."));
        var name = words[0];
        if (name.IndexOf('=', StringComparison.Ordinal) is >= 0 and var equals)
        {
            throw Error(
                $"a host's name is expected, and there is '{name[..equals]}='",
                $"A group's variables belong into a section of their own, [{_group.Name}:vars].");
        }

        if (name == "---")
        {
            throw Error("it looks like YAML", "Give the file a name that ends with .yaml, or let its first line be '---'.");
        }

        var variables = new Dictionary<string, InventoryValue>();
        for (var i = 1; i < words.Count; i++)
        {
            var word = words[i];
            var at = word.IndexOf('=', StringComparison.Ordinal);
            if (at < 0)
            {
                // the word itself may be the rest of a password
                throw Error($"word {i + 1} is not NAME=VALUE", "Put a value with blanks or '#' in quotes, and no blank beside '='.");
            }

            variables[word[..at]] = PythonLiteral.Read(word[(at + 1)..], _line);
        }

        _document.AddHosts(_group, name, variables, _line);
    }

    private void ReadVariable(string text)
    {
        var at = text.IndexOf('=', StringComparison.Ordinal);
        if (at < 0)
        {
            throw Error($"in [{_group.Name}:vars] every line is NAME=VALUE, and this one has no '='", "Correct the line and run the command again.");
        }

        _document.SetVariable(_group, text[..at].Trim(), PythonLiteral.Read(text[(at + 1)..].Trim(), _line));
    }

    private void ReadChild(string text)
    {
        var match = GroupName.Match(text);
        if (!match.Success)
        {
            throw Error($"in [{_group.Name}:children] every line is the name of a group, and this one is not", "Correct the line and run the command again.");
        }

        var child = _document.Group(match.Groups["group"].Value, _line);
        _group.Children.TryAdd(child, _line);
        _undeclared.TryAdd(child, (_line, $"[{_group.Name}:children] names the group '{child.Name}', which is not defined"));
    }

    private void RequireDeclared()
    {
        foreach (var (group, (line, why)) in _undeclared)
        {
            if (!group.IsDeclared)
            {
                throw _document.Error(line, why, $"Add a section [{group.Name}], which may be empty, or correct the name.");
            }
        }
    }

    private KubePrepException Error(string why, string action) => _document.Error(_line, why, action);

    [GeneratedRegex(@"^\[(?<group>[^]:\s]+)(:(?<kind>\w+))?\]\s*(#.*)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Section { get; }

    [GeneratedRegex(@"^(?<group>[^]:\s]+)\s*(#.*)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex GroupName { get; }
}
