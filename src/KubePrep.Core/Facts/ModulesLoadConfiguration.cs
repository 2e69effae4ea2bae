namespace KubePrep.Facts;

/// <summary>
/// The kernel modules that systemd-modules-load(8) loads at boot (modules-load.d(5)). Debian's <c>/etc/modules</c> counts through its link
/// <c>/etc/modules-load.d/modules.conf</c>.
/// </summary>
internal sealed class ModulesLoadConfiguration
{
    private static readonly string[] Directories =
        ["/etc/modules-load.d", "/run/modules-load.d", "/usr/local/lib/modules-load.d", "/usr/lib/modules-load.d", "/lib/modules-load.d"];

    private readonly Dictionary<string, string> _files = new(StringComparer.Ordinal);

    private ModulesLoadConfiguration()
    {
    }

    /// <summary>The first file that loads a module, or null if none does.</summary>
    public string? FileThatLoads(string module) => _files.GetValueOrDefault(KernelModule.Canonical(module));

    /// <summary>Reads the configuration of a node.</summary>
    public static ModulesLoadConfiguration Read(NodeFileCollection files)
    {
        var configuration = new ModulesLoadConfiguration();
        foreach (var file in files.DropIns(".conf", Directories))
        {
            foreach (var line in ConfigurationText.Lines(file))
            {
                var text = ConfigurationText.Strip(line.Text);
                if (!ConfigurationText.IsEmptyOrComment(text))
                {
                    configuration._files.TryAdd(KernelModule.Canonical(text), file.Path);
                }
            }
        }

        return configuration;
    }
}
