using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using KubePrep.Kubeconfig;
using KubePrep.Yaml;

namespace KubePrep.Parameters;

/// <summary>Offers the contexts of the kubeconfig that is given by <c>-Path</c>, or of the one kubectl uses; none if it cannot be read.</summary>
public sealed class ContextCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var path = fakeBoundParameters["Path"] is string { Length: > 0 } given ? given : KubeconfigMerger.DefaultPath;
        var word = (wordToComplete ?? "").Trim('\'', '"');
        try
        {
            return
            [
                .. new KubeconfigMerger(new KubeconfigYaml(), TimeProvider.System).ContextNames(Path.GetFullPath(path))
                    .Where(name => name.StartsWith(word, StringComparison.OrdinalIgnoreCase))
                    .Select(name => new CompletionResult(Quoted(name), name, CompletionResultType.ParameterValue, name)),
            ];
        }
        catch (KubePrepException)
        {
            return [];
        }
    }

    private static string Quoted(string name) =>
        name.All(c => char.IsAsciiLetterOrDigit(c) || "-_.:/".Contains(c)) ? name : $"'{CodeGeneration.EscapeSingleQuotedStringContent(name)}'";
}
