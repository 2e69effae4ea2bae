using System.Globalization;
using KubePrep.Connections;

namespace KubePrep.Facts;

/// <summary>What <c>probe.sh</c> printed: facts, a line each, and sections of other programs' output.</summary>
internal sealed class ProbeReply
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> _sections = new(StringComparer.Ordinal);
    private readonly List<(string Name, string Remainder)> _repeated = [];

    /// <summary>Takes the lines apart.</summary>
    /// <param name="lines">The reply; every byte is one character.</param>
    public ProbeReply(IEnumerable<string> lines)
    {
        List<string>? section = null;
        foreach (var line in lines.Select(ShellText.Decode))
        {
            if (line.StartsWith('@'))
            {
                section = line == "@end" ? null : _sections[line[1..]] = [];
            }
            else if (section is not null)
            {
                section.Add(line);
            }
            else if (line.IndexOf(' ', StringComparison.Ordinal) is > 0 and var space)
            {
                _values[line[..space]] = line[(space + 1)..];
                _repeated.Add((line[..space], line[(space + 1)..]));
            }
        }
    }

    /// <summary>Whether there was such a section.</summary>
    public bool Has(string section) => _sections.ContainsKey(section);

    /// <summary>A fact that every probe has.</summary>
    /// <exception cref="InvalidDataException">It is not there.</exception>
    public string Required(string name) =>
        _values.TryGetValue(name, out var value) ? value : throw new InvalidDataException($"the probe's reply has no '{name}'");

    /// <summary>A fact, or else the fallback.</summary>
    public string Text(string name, string fallback = "") => _values.GetValueOrDefault(name) is { Length: > 0 } value ? value : fallback;

    /// <summary>A fact that is a number without a sign; 0 if it is none.</summary>
    public long Number(string name) =>
        long.TryParse(Text(name, "0"), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    /// <summary>A section's lines.</summary>
    public IReadOnlyList<string> Section(string name) => _sections.GetValueOrDefault(name) ?? [];

    /// <summary>Every value of a fact that may be there several times.</summary>
    public IEnumerable<string> Repeated(string name) => _repeated.Where(fact => fact.Name == name).Select(fact => fact.Remainder);
}
