using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace KubePrep.Parameters;

/// <summary>Offers fixed words.</summary>
/// <param name="words">The words, in the order in which they are offered.</param>
public abstract class WordCompleter(params IReadOnlyList<string> words) : IArgumentCompleter
{
    /// <inheritdoc/>
    public virtual IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        words.Where(word => word.StartsWith(wordToComplete ?? "", StringComparison.OrdinalIgnoreCase)).Select(word => new CompletionResult(word));
}
