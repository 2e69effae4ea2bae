namespace KubePrep.Inventory;

/// <summary>What an inventory of Ansible's says, in the order of its file and whatever it is written in.</summary>
internal sealed class InventoryDocument
{
    private const int MaximumGroups = 1000;

    /// <summary>How often hosts may be named in all; ranges could name many many times.</summary>
    private const int MaximumMentions = 200_000;

    private readonly OrderedDictionary<string, InventoryHost> _hosts = [];
    private readonly OrderedDictionary<string, InventoryGroup> _groups = [];
    private readonly Dictionary<string, int> _variableLines = [];
    private readonly List<string> _warnings = [];
    private int _mentions;

    /// <param name="path">The inventory's file.</param>
    public InventoryDocument(string path)
    {
        Path = path;
        All = Group(InventoryGroup.All, 1);
        Ungrouped = Group(InventoryGroup.Ungrouped, 1);
        All.IsDeclared = true;
        Ungrouped.IsDeclared = true;
    }

    public string Path { get; }

    /// <summary>The group of all hosts, which is there even if it is not named.</summary>
    public InventoryGroup All { get; }

    /// <summary>The group of hosts that are in no other, which is there even if it is not named.</summary>
    public InventoryGroup Ungrouped { get; }

    public IEnumerable<InventoryHost> Hosts => _hosts.Values;

    public IReadOnlyCollection<InventoryGroup> Groups => _groups.Values;

    /// <summary>Where each variable is first set, whoever sets it.</summary>
    public IReadOnlyDictionary<string, int> VariableLines => _variableLines;

    /// <summary>What may surprise, a sentence each.</summary>
    public IReadOnlyList<string> Warnings => _warnings;

    public KubePrepException Error(int line, string why) => InventoryErrors.Invalid(Path, line, why);

    public KubePrepException Error(int line, string why, string action) => InventoryErrors.Invalid(Path, line, why, action);

    public void Warn(int line, string sentence) => _warnings.Add(PlainText.Printable($"{Path}:{line}: {sentence}"));

    /// <summary>The group of a name, made if it is new.</summary>
    public InventoryGroup Group(string name, int line)
    {
        if (_groups.TryGetValue(name, out var group))
        {
            return group;
        }

        if (name.Length == 0 || PlainText.Fault(name) is not null)
        {
            throw Error(line, "a group's name is empty or holds a control character");
        }

        if (_groups.Count >= MaximumGroups)
        {
            throw Error(line, $"there are more than {MaximumGroups} groups");
        }

        group = new InventoryGroup(name, line);
        _groups.Add(name, group);
        return group;
    }

    /// <summary>Names hosts in a group.</summary>
    /// <param name="group">The group.</param>
    /// <param name="pattern">The hosts: a name, or a range of them, and perhaps a port.</param>
    /// <param name="variables">Their variables.</param>
    /// <param name="line">Where.</param>
    /// <exception cref="KubePrepException"><see cref="ErrorId.InvalidInventory"/>: the pattern cannot be used, or there are too many.</exception>
    public void AddHosts(InventoryGroup group, string pattern, IReadOnlyDictionary<string, InventoryValue> variables, int line)
    {
        var (names, port) = HostPattern.Parse(pattern, why => Error(line, why));
        _mentions += names.Count;
        if (_mentions > MaximumMentions)
        {
            throw Error(line, $"hosts are named more than {MaximumMentions} times");
        }

        NoteAll(variables);
        foreach (var name in names)
        {
            if (!_hosts.TryGetValue(name, out var host))
            {
                host = Add(name, line);
                if (port is not null)
                {
                    // to Ansible, the port of a host that is there already means nothing
                    host.Add(new Dictionary<string, InventoryValue> { [NodeVariables.Port] = new(port, line, InventoryValueKind.Text) });
                }
            }

            host.Groups.Add(group);
            host.Add(variables);
        }
    }

    /// <summary>Sets a group's variable.</summary>
    public void SetVariable(InventoryGroup group, string name, InventoryValue value)
    {
        Note(name, value);
        group.Variables[name] = value;
    }

    private InventoryHost Add(string name, int line)
    {
        if (_hosts.Count >= HostPattern.MaximumHosts)
        {
            throw Error(line, $"there are more than {HostPattern.MaximumHosts} hosts");
        }

        var host = new InventoryHost(name, line);
        _hosts.Add(name, host);
        return host;
    }

    private void NoteAll(IReadOnlyDictionary<string, InventoryValue> variables)
    {
        foreach (var (name, value) in variables)
        {
            Note(name, value);
        }
    }

    private void Note(string name, InventoryValue value) => _variableLines.TryAdd(name, value.Line);
}
