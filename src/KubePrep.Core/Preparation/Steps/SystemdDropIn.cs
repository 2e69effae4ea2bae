using KubePrep.Changes;
using KubePrep.Facts;

namespace KubePrep.Preparation.Steps;

/// <summary>A drop-in file of KubePrep's for one of systemd's programs, compared with what all the node's files say together.</summary>
internal sealed class SystemdDropIn
{
    /// <summary>Compares.</summary>
    /// <param name="step">The step it belongs to.</param>
    /// <param name="facts">The node.</param>
    /// <param name="configuration">The program's main file's name, such as <c>journald.conf</c>.</param>
    /// <param name="section">The section of the settings.</param>
    /// <param name="settings">The settings.</param>
    public SystemdDropIn(
        StepName step, NodeFacts facts, string configuration, string section, IReadOnlyDictionary<string, string> settings)
    {
        var path = $"/etc/systemd/{configuration}.d/95-kubeprep.conf";
        var before = SystemdConfiguration.Read(facts.Files, configuration, section);
        var wanted = settings.OrderBy(setting => setting.Key, StringComparer.Ordinal).ToList();
        Differing = [.. wanted.Where(setting => !IsMet(before, setting)).Select(setting => setting.Key)];
        if (wanted.Count == 0 || (Differing.Count == 0 && facts.Files[path] is null))
        {
            return;
        }

        var content = ManagedFile.Render([$"[{section}]", .. wanted.Select(setting => $"{setting.Key}={setting.Value}")]);
        var after = SystemdConfiguration.Read(facts.Files.With(path, content), configuration, section);
        Faults = [.. wanted.Where(setting => !IsMet(after, setting)).Select(setting => FaultOf(setting, after[setting.Key], path))];
        if (!ManagedFile.IsWritten(facts, path, content))
        {
            var reason = Differing.Count > 0 ? $"{string.Join(", ", Differing)} {(Differing.Count == 1 ? "differs" : "differ")}"
                : "it is not as KubePrep writes it";
            Change = ManagedFile.Write(step, facts, path, content, reason);
        }
    }

    /// <summary>The change that writes the file; null if nothing has to be written.</summary>
    public Change? Change { get; }

    /// <summary>The keys whose effective values differ from the wanted ones.</summary>
    public IReadOnlyList<string> Differing { get; }

    /// <summary>The files that would override the drop-in.</summary>
    public IReadOnlyList<string> Faults { get; } = [];

    private static bool IsMet(SystemdConfiguration configuration, KeyValuePair<string, string> setting) =>
        configuration[setting.Key] is { } effective && SystemdValue.AreEqual(setting.Key, effective.Value, setting.Value);

    private static string FaultOf(KeyValuePair<string, string> wanted, SystemdSetting? effective, string path) =>
        effective is null
            ? $"{path} would not be read, as a file before it has a broken section header"
            : $"{PlainText.Printable(effective.Path)} sets {wanted.Key} to '{PlainText.Printable(effective.Value)}', "
                + $"and is read after {path}, which sets it to '{wanted.Value}'";
}
