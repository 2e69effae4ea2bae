using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace KubePrep.Parameters;

/// <summary>Offers directories, and some files.</summary>
/// <param name="isOffered">Whether a file of this name is offered.</param>
public abstract class FileCompleter(Func<string, bool> isOffered) : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Complete(wordToComplete, isOffered);

    /// <summary>The directories and files that begin with what has been typed.</summary>
    internal static IEnumerable<CompletionResult> Complete(string word, Func<string, bool> isOffered) => CompletionCompleters.CompleteFilename(word)
        .Where(found => found.ResultType == CompletionResultType.ProviderContainer || isOffered(found.ListItemText));
}
