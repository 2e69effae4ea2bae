using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace KubePrep.Parameters;

/// <summary>Offers the built-in preparation profiles, and for other words the YAML files and directories that begin so.</summary>
public sealed class PreparationProfileCompleter() : WordCompleter("default", "kubeasz")
{
    /// <inheritdoc/>
    public override IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var names = base.CompleteArgument(commandName, parameterName, wordToComplete, commandAst, fakeBoundParameters).ToList();
        return names.Count > 0 ? names : FileCompleter.Complete(wordToComplete, IsYaml);
    }

    private static bool IsYaml(string name) => Path.GetExtension(name) is ".yaml" or ".yml";
}
