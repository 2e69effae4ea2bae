using KubePrep.Inventory;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace KubePrep.Yaml;

/// <summary>Reads an inventory in Ansible's YAML, of which JSON is a part.</summary>
internal sealed class YamlInventory
{
    /// <summary>How many entries may be read in all, counting those that references stand for, each time.</summary>
    private const int MaximumEntries = 1_000_000;

    private const int MaximumDepth = 100;

    private readonly InventoryDocument _document;
    private int _entries;

    private YamlInventory(string path) => _document = new InventoryDocument(path);

    /// <exception cref="KubePrepException"><see cref="ErrorId.InvalidInventory"/>.</exception>
    public static InventoryDocument Read(InventorySource source)
    {
        // the parser's own words may quote a value, which could be a password
        var root = YamlText.Read(
            source.Content,
            allowsReferences: true,
            fault => InventoryErrors.Invalid(source.Path, fault.Line, $"it {fault.Why}"));
        var inventory = new YamlInventory(source.Path);
        foreach (var (key, value) in inventory.Entries(root, "an inventory", 0))
        {
            if (key.Text == "plugin")
            {
                throw inventory.Error(key.Node, "it configures a plugin that makes an inventory", "Write what it makes into a file with: ansible-inventory -i FILE --list --yaml, and give that.");
            }

            inventory.ReadGroup(key, value, 1);
        }

        return inventory._document;
    }

    /// <summary>Reads a group, or passes over what is none, as Ansible does.</summary>
    private InventoryGroup ReadGroup((string Text, YamlNode Node) key, YamlNode value, int depth)
    {
        var group = _document.Group(key.Text, LineOf(key.Node));
        if (YamlText.IsNull(value))
        {
            return group;
        }

        if (value is not YamlMappingNode)
        {
            _document.Warn(LineOf(key.Node), $"'{key.Text}' is no group, as it has no mapping, and is left out.");
            return group;
        }

        foreach (var (name, section) in Entries(value, $"the group '{group.Name}'", depth))
        {
            switch (name.Text)
            {
                case "hosts":
                    ReadHosts(group, section, depth + 1);
                    break;
                case "vars":
                    foreach (var (variable, item) in Section(section, group, name.Text, depth + 1))
                    {
                        _document.SetVariable(group, variable.Text, ValueOf(item));
                    }

                    break;
                case "children":
                    foreach (var (child, item) in Section(section, group, name.Text, depth + 1))
                    {
                        group.Children.TryAdd(ReadGroup(child, item, depth + 2), LineOf(child.Node));
                    }

                    break;
                default:
                    _document.Warn(LineOf(name.Node), $"the group '{group.Name}' has an entry '{name.Text}', which is none of hosts, vars and children, and is left out.");
                    break;
            }
        }

        return group;
    }

    private void ReadHosts(InventoryGroup group, YamlNode section, int depth)
    {
        foreach (var (host, value) in Section(section, group, "hosts", depth))
        {
            var variables = new Dictionary<string, InventoryValue>();
            if (value is not YamlScalarNode { Value: null or "" } && !YamlText.IsNull(value))
            {
                foreach (var (variable, item) in Entries(value, $"the host '{host.Text}'", depth + 1))
                {
                    variables[variable.Text] = ValueOf(item);
                }
            }

            _document.AddHosts(group, host.Text, variables, LineOf(host.Node));
        }
    }

    /// <summary>The entries of a part of a group; a single name stands for itself with nothing in it.</summary>
    private List<((string Text, YamlNode Node) Key, YamlNode Value)> Section(YamlNode section, InventoryGroup group, string name, int depth) =>
        YamlText.IsNull(section) ? []
        : section is YamlScalarNode ? [(KeyOf(section), new YamlScalarNode("") { Style = ScalarStyle.Plain })]
        : Entries(section, $"'{name}' of the group '{group.Name}'", depth);

    /// <summary>The entries of a mapping, with those that it merges (<c>&lt;&lt;</c>) and does not replace.</summary>
    private List<((string Text, YamlNode Node) Key, YamlNode Value)> Entries(YamlNode node, string owner, int depth)
    {
        if (node is not YamlMappingNode mapping)
        {
            throw Error(node, $"{owner} is no mapping", "Write it as 'name: value' lines; hosts and groups without more to say end with a colon.");
        }

        if (depth > MaximumDepth)
        {
            throw Error(node, "it is nested too deep, or is a part of itself");
        }

        _entries += mapping.Children.Count;
        if (_entries > MaximumEntries)
        {
            throw Error(node, $"references make it longer than {MaximumEntries} entries");
        }

        var entries = new OrderedDictionary<string, ((string Text, YamlNode Node) Key, YamlNode Value)>();
        foreach (var (key, value) in mapping.Children)
        {
            if (key is YamlScalarNode { Style: ScalarStyle.Plain, Value: "<<" })
            {
                foreach (var merged in value is YamlSequenceNode list ? [.. list.Children] : (YamlNode[])[value])
                {
                    foreach (var entry in Entries(merged, "what is merged", depth + 1))
                    {
                        entries.TryAdd(entry.Key.Text, entry);
                    }
                }
            }
        }

        foreach (var (key, value) in mapping.Children)
        {
            if (key is not YamlScalarNode { Style: ScalarStyle.Plain, Value: "<<" })
            {
                var name = KeyOf(key);
                entries[name.Text] = (name, value);
            }
        }

        return [.. entries.Values];
    }

    private (string Text, YamlNode Node) KeyOf(YamlNode node) =>
        node is not YamlScalarNode { Value: { } text } scalar ? throw Error(node, "a name is a list or a mapping")
        : scalar.Style == ScalarStyle.Plain && scalar.Tag.IsEmpty && YamlString.IsSomethingElse(text)
            ? throw Error(node, "a name is no text unless it is in quotes", "Put the name in quotes.")
        : (text, node);

    private static InventoryValue ValueOf(YamlNode node)
    {
        var line = LineOf(node);
        var tag = node.Tag.IsEmpty || node.Tag.IsNonSpecific ? "" : node.Tag.Value;
        return tag is "!vault" or "!vault-encrypted" ? new InventoryValue("", line, InventoryValueKind.Vaulted)
            : node is not YamlScalarNode { Value: { } text } scalar ? new InventoryValue("", line, InventoryValueKind.Other)
            : tag == "!unsafe" ? new InventoryValue(text, line, InventoryValueKind.Verbatim)
            : tag.Length > 0 || scalar.Style != ScalarStyle.Plain ? new InventoryValue(text, line, InventoryValueKind.Text)
            : YamlText.IsNull(node) ? new InventoryValue("", line, InventoryValueKind.Nothing)
            : IsDecimal(text) || !YamlString.IsSomethingElse(text) ? new InventoryValue(text, line, InventoryValueKind.Text)
            : new InventoryValue(text, line, InventoryValueKind.Other);
    }

    /// <summary>Whether it is a whole number whose digits are the same to every reader; one with leading zeros may be octal.</summary>
    private static bool IsDecimal(string text) =>
        text is "0" || (text.Length > 0 && text[0] is >= '1' and <= '9' && text.All(char.IsAsciiDigit));

    private static int LineOf(YamlNode node) => (int)node.Start.Line;

    private KubePrepException Error(YamlNode node, string why) => _document.Error(LineOf(node), why);

    private KubePrepException Error(YamlNode node, string why, string action) => _document.Error(LineOf(node), why, action);
}
