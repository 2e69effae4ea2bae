using KubePrep.Changes;
using KubePrep.Facts;

namespace KubePrep.HostsFile;

/// <summary>
/// Keeps cloud-init from writing the hosts file at boot without the map (cloud-init's module "Update Etc Hosts"): its configuration is
/// told not to, and as what the machine's user data says outranks that, its template gets the block too.
/// </summary>
internal sealed class CloudInitPlan
{
    private const string ConfigurationPath = "/etc/cloud/cloud.cfg.d/99-kubeprep.cfg";
    private const string TemplatePath = "/etc/cloud/templates/hosts.debian.tmpl"; // Ubuntu's too: it goes by the family of distributions

    // what the template has where the name is put in, with and without blanks
    private static readonly HashSet<string> Placeholders = ["{{fqdn}}", "{{hostname}}", "{{", "fqdn", "hostname", "}}"];
    private static readonly byte[] Configuration = ManagedFile.Render("manage_etc_hosts: false", "preserve_hostname: true");

    /// <summary>Compares a node with what keeps its hosts file.</summary>
    /// <param name="facts">The node.</param>
    /// <param name="block">The block of the map.</param>
    /// <exception cref="KubePrepException"><see cref="ErrorId.InvalidHostsFile"/>: the template has a block without its beginning or end.</exception>
    public CloudInitPlan(NodeFacts facts, ReadOnlyMemory<byte> block)
    {
        var settings = facts.CloudInitHostsSettings;
        if (settings.LastOrDefault(setting => setting.Path != ConfigurationPath) is not { } cause || !IsManaging(cause))
        {
            return;
        }

        var changes = new List<Change>();
        AddIfDifferent(changes, facts, ConfigurationPath, Configuration);
        if (facts.Files[TemplatePath] is not null)
        {
            AddIfDifferent(changes, facts, TemplatePath, TemplateWith(block, facts));
        }

        Changes = changes;
        // a later file in its directory, or what the machine's user or vendor has given it
        var isOutranked = string.CompareOrdinal(cause.Path, ConfigurationPath) > 0;
        var isLost = isOutranked && cause.Value.Equals("localhost", StringComparison.OrdinalIgnoreCase);
        if (changes.Count > 0 || isLost)
        {
            var what = isLost ? $"that outranks {ConfigurationPath}, so that at boot it maps the node's name to 127.0.1.1 again; take it out there"
                : isOutranked ? $"that outranks {ConfigurationPath}; its template has the map, so that the map stays"
                : $"{ConfigurationPath} turns that off, and its template has the map too";
            Warnings = [$"On '{facts.Node}' cloud-init writes {HostsDocument.FilePath} at boot (manage_etc_hosts: {cause.Value} in {cause.Path}): {what}."];
        }
    }

    /// <summary>What there is to do.</summary>
    public IReadOnlyList<Change> Changes { get; } = [];

    /// <summary>What the user should know.</summary>
    public IReadOnlyList<string> Warnings { get; } = [];

    // as its util.translate_bool reads it
    private static bool IsManaging(CloudInitSetting setting) => setting.Value.ToLowerInvariant() is "true" or "1" or "on" or "yes" or "template" or "localhost";

    private static byte[] TemplateWith(ReadOnlyMemory<byte> block, NodeFacts facts) =>
        HostsDocument.Of(facts, TemplatePath).WithoutLoopbackNames(Placeholders).WithBlock(block).ToBytes();

    private static void AddIfDifferent(List<Change> changes, NodeFacts facts, string path, byte[] content)
    {
        if (!ManagedFile.IsWritten(facts, path, content))
        {
            changes.Add(ManagedFile.Write(StepName.HostsFile, facts, path, content, "cloud-init would write the hosts file without the map at boot"));
        }
    }
}
