using System.Text;
using KubePrep.Changes;
using KubePrep.Facts;
using KubePrep.Inventory;

namespace KubePrep.Preparation.Steps;

/// <summary>Gives the node its name as host name, now and at boot (hostname(5)).</summary>
internal sealed class HostnameStep : IPreparationStep
{
    private const string Path = "/etc/hostname";

    /// <inheritdoc/>
    public StepName Name => StepName.Hostname;

    /// <inheritdoc/>
    public bool IsWanted(PlanContext context) => context.SetHostName;

    /// <inheritdoc/>
    public StepPlan Plan(PlanContext context)
    {
        var facts = context.Facts;
        if (string.IsNullOrEmpty(facts.Node.NodeName))
        {
            return new StepPlan { Faults = ["The host name cannot be set, as no node name is given"] };
        }

        var wanted = facts.Node.NodeName;
        if (NodeNameRules.Fault(wanted) is { } fault)
        {
            return new StepPlan { Faults = [$"'{PlainText.Printable(wanted)}' cannot be the host name: {fault}"] };
        }

        var atBoot = facts.Files[Path] is { } file ? NameIn(file) : null;
        var changes = new List<Change>();
        if (atBoot != wanted)
        {
            changes.Add(ManagedFile.Write(Name, facts, Path, Encoding.ASCII.GetBytes($"{wanted}\n"), "the node's name is another"));
        }

        if (facts.HostName != wanted)
        {
            changes.Add(new Change
            {
                Step = Name,
                Action = ChangeAction.SetHostName,
                Target = wanted,
                Value = wanted,
                Reason = "the node's name is another",
                Diff = UnifiedDiff.OfValue(facts.HostName, wanted),
            });
        }

        return new StepPlan { Changes = changes };
    }

    /// <summary>The first line that is neither empty nor a comment.</summary>
    private static string? NameIn(NodeFile file) =>
        ConfigurationText.Lines(file)
            .Select(line => ConfigurationText.Strip(line.Text))
            .FirstOrDefault(text => text is not ([] or ['#', ..]));
}
