using KubePrep.Preparation;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace KubePrep.Yaml;

/// <summary>
/// One document of a profile, which adds to what it extends, or takes away. Whatever it names reaches shells and files of root, so
/// everything is checked, and everything that is not understood is an error with its line.
/// </summary>
internal sealed class ProfileDocument
{
    private const int MaximumShown = 100;
    private const string Inspect = "Correct the line and run the command again.";

    private static readonly string[] Keys =
    [
        "extends", "packages", "journal", "swap", "kernelModules", "blockedModules", "sysctl", "limits", "proxyMode", "proxyModes",
    ];

    private static readonly string[] ModuleKeys = ["blockedModules", "kernelModules", "proxyModes"];
    private static readonly string[] ModeKeys = ["packages", "kernelModules", "sysctl"];
    private static readonly string[] ValueKeys = ["value", "atLeast", "ifPresent", "ifIPv6"];

    private static readonly Dictionary<string, ProxyMode> Modes = new()
    {
        ["nftables"] = ProxyMode.Nftables,
        ["iptables"] = ProxyMode.Iptables,
        ["ipvs"] = ProxyMode.Ipvs,
    };

    private readonly string _path;
    private readonly Dictionary<string, YamlNode> _values;

    /// <param name="content">The document.</param>
    /// <param name="path">Its file, or its name if it is built in.</param>
    public ProfileDocument(byte[] content, string path)
    {
        _path = path;
        var root = YamlText.Read(content, allowsReferences: false, fault => Invalid(
            fault.Line,
            fault.Detail.Length > 0 ? $"it {fault.Why} ({Short(fault.Detail.TrimEnd('.'))})" : $"it {fault.Why}"));
        _values = Entries(root, "a profile", Keys).ToDictionary(entry => entry.Key, entry => entry.Value);
    }

    /// <summary>What it extends; null if nothing.</summary>
    public string? Extends => _values.TryGetValue("extends", out var node) ? Text(node, "extends") : null;

    /// <summary>An error about what it extends.</summary>
    public KubePrepException CannotExtend(string why) =>
        Invalid(_values["extends"], why, "Give 'extends' a built-in profile's name, or a file's path from this file's directory.");

    /// <summary>The profile that comes of it.</summary>
    /// <param name="inherited">The profile it extends.</param>
    public PreparationProfile ApplyTo(PreparationProfile inherited)
    {
        var profile = inherited with
        {
            Packages = Names(_values, "packages", NameRule.Package, inherited.Packages),
            Journal = Settings("journal", SystemdSettings.Journal, inherited.Journal),
            Swap = _values.TryGetValue("swap", out var swap) ? Swap(swap) : inherited.Swap,
            KernelModules = Names(_values, "kernelModules", NameRule.Module, inherited.KernelModules),
            BlockedModules = Names(_values, "blockedModules", NameRule.Module, inherited.BlockedModules),
            Sysctl = Parameters(_values, inherited.Sysctl),
            Limits = Settings("limits", SystemdSettings.Limits, inherited.Limits),
            ProxyMode = _values.TryGetValue("proxyMode", out var mode)
                ? Mode(Text(mode, "proxyMode"), mode)
                : inherited.ProxyMode,
            ProxyModes = ModeSettings(inherited.ProxyModes),
        };
        RequireNoneBlocked(profile);
        return profile;
    }

    private void RequireNoneBlocked(PreparationProfile profile)
    {
        var wanted = profile.KernelModules.Concat(profile.ProxyModes.Values.SelectMany(mode => mode.KernelModules));
        if (profile.BlockedModules.Intersect(wanted).FirstOrDefault() is { } both)
        {
            // what was inherited had no such fault, so this document names one of the two
            throw Invalid(
                _values[ModuleKeys.First(_values.ContainsKey)],
                $"the kernel module '{both}' is both to be loaded and blocked",
                $"Take it out of one list, with '-{both}' if it is inherited.");
        }
    }

    private SwapPolicy Swap(YamlNode node)
    {
        var text = Text(node, "swap");
        return text == "keep" ? SwapPolicy.Keep
            : SettingKind.Truth(text) == false ? SwapPolicy.Off // to YAML 1.1 'off' is false, and programs may have written it so
            : throw Invalid(node, $"'swap' is off or keep, and not {Quoted(text)}");
    }

    private ProxyMode Mode(string name, YamlNode node) =>
        Modes.TryGetValue(name, out var mode)
            ? mode
            : throw Invalid(node, $"{Quoted(name)} is no proxy mode; there are {string.Join(", ", Modes.Keys)}");

    private List<string> Names(
        Dictionary<string, YamlNode> values, string key, NameRule rule, IReadOnlyList<string> inherited)
    {
        if (!values.TryGetValue(key, out var list))
        {
            return [.. inherited];
        }

        if (IsTakenAway(list, key))
        {
            RequireInherited(inherited.Count > 0, list, key);
            return [];
        }

        var known = inherited.ToHashSet();
        var named = new HashSet<string>();
        var removed = new HashSet<string>();
        foreach (var item in List(list, key))
        {
            var text = Text(item, key);
            var isRemoval = text.StartsWith('-');
            var name = rule.Parse(isRemoval ? text[1..] : text)
                ?? throw Invalid(item, $"{Quoted(text)} is not the name of a {rule.Kind} ({rule.Description})");
            if (!named.Add(name))
            {
                throw Invalid(item, $"'{name}' is listed twice");
            }

            if (isRemoval)
            {
                RequireInherited(known.Contains(name), item, name);
                removed.Add(name);
            }
        }

        return [.. inherited.Union(named).Where(name => !removed.Contains(name))];
    }

    private OrderedDictionary<string, string> Settings(
        string key, IReadOnlyDictionary<string, SettingKind> kinds, IReadOnlyDictionary<string, string> inherited) => Merged(
            _values,
            key,
            inherited,
            (name, node) => kinds.ContainsKey(name) ? name : throw Unknown(name, node, $"'{key}'", kinds.Keys),
            (name, node, _) =>
            {
                var text = Text(node, name);
                return kinds[name].Parse(text)
                    ?? throw Invalid(node, $"{Quoted(text)} cannot be '{name}': it is not {kinds[name].Description}");
            });

    private List<SysctlSetting> Parameters(Dictionary<string, YamlNode> values, IReadOnlyList<SysctlSetting> inherited) =>
    [
        .. Merged(
            values,
            "sysctl",
            inherited.Select(setting => KeyValuePair.Create(setting.Key, setting)),
            (name, node) => NameRule.Parameter.Parse(name)
                ?? throw Invalid(node, $"{Quoted(name)} is not the name of a kernel parameter ({NameRule.Parameter.Description})"),
            (name, node, _) => Parameter(name, node)).Values,
    ];

    private OrderedDictionary<ProxyMode, ProxyModeSettings> ModeSettings(IReadOnlyDictionary<ProxyMode, ProxyModeSettings> inherited) =>
        Merged(_values, "proxyModes", inherited, Mode, (mode, node, settings) => Settings(node, mode, settings ?? new ProxyModeSettings()));

    private ProxyModeSettings Settings(YamlNode node, ProxyMode mode, ProxyModeSettings inherited)
    {
        var name = Modes.First(entry => entry.Value == mode).Key;
        var values = Entries(Mapping(node, name), $"'{name}'", ModeKeys).ToDictionary(entry => entry.Key, entry => entry.Value);
        return new ProxyModeSettings
        {
            Packages = Names(values, "packages", NameRule.Package, inherited.Packages),
            KernelModules = Names(values, "kernelModules", NameRule.Module, inherited.KernelModules),
            Sysctl = Parameters(values, inherited.Sysctl),
        };
    }

    private SysctlSetting Parameter(string name, YamlNode node)
    {
        if (node is not YamlMappingNode conditions)
        {
            return new SysctlSetting(name, Value(name, node));
        }

        var values = Entries(conditions, $"'{name}'", ValueKeys).ToDictionary(entry => entry.Key, entry => entry.Value);
        if (values.ContainsKey("value") == values.ContainsKey("atLeast"))
        {
            throw Invalid(node, $"'{name}' needs one of 'value' and 'atLeast'");
        }

        var isMinimum = values.TryGetValue("atLeast", out var minimum);
        return new SysctlSetting(name, isMinimum ? Minimum(name, minimum!) : Value(name, values["value"]))
        {
            IsMinimum = isMinimum,
            IsOptional = IsTrue(values, "ifPresent"),
            IsForIPv6 = IsTrue(values, "ifIPv6"),
        };
    }

    private string Value(string name, YamlNode node)
    {
        var text = Text(node, name);
        var fault = SysctlValue.Fault(text, node is YamlScalarNode { Style: not ScalarStyle.Plain }, out var value);
        return fault is null ? value : throw Invalid(node, $"{Quoted(text)} cannot be '{name}': it {fault}");
    }

    private string Minimum(string name, YamlNode node)
    {
        var text = Text(node, "atLeast");
        return SysctlValue.ParseMinimum(text)
            ?? throw Invalid(node, $"{Quoted(text)} cannot be the least value of '{name}': it is not a whole number in plain decimal");
    }

    private bool IsTrue(Dictionary<string, YamlNode> values, string key)
    {
        if (!values.TryGetValue(key, out var node))
        {
            return false;
        }

        var text = Text(node, key);
        return SettingKind.Truth(text) ?? throw Invalid(node, $"'{key}' is true or false, and not {Quoted(text)}");
    }

    /// <summary>A mapping of settings over those that are inherited; a setting that is null takes the inherited one away.</summary>
    private OrderedDictionary<TKey, T> Merged<TKey, T>(
        Dictionary<string, YamlNode> values,
        string key,
        IEnumerable<KeyValuePair<TKey, T>> inherited,
        Func<string, YamlNode, TKey> name,
        Func<TKey, YamlNode, T?, T> read)
        where TKey : notnull
    {
        var settings = new OrderedDictionary<TKey, T>(inherited); // a Dictionary would lose the order when one is taken away
        if (!values.TryGetValue(key, out var mapping))
        {
            return settings;
        }

        if (IsTakenAway(mapping, key))
        {
            RequireInherited(settings.Count > 0, mapping, key);
            return [];
        }

        var seen = new HashSet<TKey>();
        foreach (var (text, node, value) in Entries(Mapping(mapping, key)))
        {
            var setting = name(text, node);
            if (!seen.Add(setting))
            {
                throw Invalid(node, $"'{setting}' is given twice");
            }

            if (IsTakenAway(value, text))
            {
                RequireInherited(settings.Remove(setting), value, text);
            }
            else
            {
                settings[setting] = read(setting, value, settings.GetValueOrDefault(setting));
            }
        }

        return settings;
    }

    private void RequireInherited(bool isInherited, YamlNode node, string name)
    {
        if (!isInherited)
        {
            throw Invalid(
                node, $"'{name}' is to be taken away, and nothing that is extended has it", "Correct the name, or leave the entry out.");
        }
    }

    private bool IsTakenAway(YamlNode node, string key) =>
        node is YamlScalarNode { Style: ScalarStyle.Plain, Value: "" or null }
            ? throw Invalid(node, $"'{key}' has no value", "Give it one, leave it out to inherit one, or write null to take that away.")
            : YamlText.IsNull(node);

    private IEnumerable<(string Key, YamlNode Value)> Entries(YamlMappingNode mapping, string owner, string[] known)
    {
        foreach (var (key, node, value) in Entries(mapping))
        {
            yield return known.Contains(key) ? (key, value) : throw Unknown(key, node, owner, known);
        }
    }

    private IEnumerable<(string Key, YamlNode Node, YamlNode Value)> Entries(YamlMappingNode mapping)
    {
        foreach (var (node, value) in mapping.Children)
        {
            yield return node is YamlScalarNode { Value: { } key }
                ? (key, node, value)
                : throw Invalid(node, "a key is a list or mapping, and not a word");
        }
    }

    private YamlMappingNode Mapping(YamlNode node, string key) =>
        node as YamlMappingNode ?? throw Invalid(node, $"'{key}' is not a mapping, of lines such as 'name: value'");

    private YamlSequenceNode List(YamlNode node, string key) =>
        node as YamlSequenceNode ?? throw Invalid(node, $"'{key}' is not a list, as in [one, two]");

    private string Text(YamlNode node, string key) =>
        node is not YamlScalarNode scalar ? throw Invalid(node, $"'{key}' has a list or mapping where a single value belongs")
        : YamlText.IsNull(node) ? throw Invalid(node, $"'{key}' has no value")
        : scalar.Value!;

    private KubePrepException Unknown(string key, YamlNode node, string owner, IEnumerable<string> known) =>
        Invalid(node, $"{Quoted(key)} is not a key of {owner}", $"Its keys are: {string.Join(", ", known)}.");

    private KubePrepException Invalid(YamlNode node, string why, string action = Inspect) =>
        ProfileErrors.Invalid(_path, node.Start.Line, why, action);

    private KubePrepException Invalid(long line, string why) => ProfileErrors.Invalid(_path, line, why, Inspect);

    private static string Quoted(string text) => $"'{Short(text)}'";

    private static string Short(string text) => text.Length > MaximumShown ? $"{text[..MaximumShown]}…" : text;
}
