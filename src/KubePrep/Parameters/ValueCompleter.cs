using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace KubePrep.Parameters;

/// <summary>Offers values that begin with what has been typed, in quotation marks where they need them. It offers nothing rather than fail.</summary>
public abstract class ValueCompleter : IArgumentCompleter
{
    private const int MaximumOffered = 1000; // more than anybody reads

    /// <inheritdoc/>
    public virtual IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var word = TypedWord.Of(wordToComplete);
        try
        {
            return
            [
                .. Suggest(new GivenArguments(commandAst, fakeBoundParameters), word.Text)
                    .Where(suggestion => suggestion.Value.Length > 0 && PlainText.Fault(suggestion.Value) is null)
                    .Where(suggestion => word.Begins(suggestion.Value) || suggestion.OtherNames.Any(word.Begins))
                    .DistinctBy(suggestion => suggestion.Value)
                    .Take(MaximumOffered)
                    .Select(word.Complete),
            ];
        }
        catch (Exception e) when (e is KubePrepException or RuntimeException or InvalidOperationException)
        {
            return []; // a file that cannot be used, or an argument that is known only when the line runs
        }
    }

    /// <summary>The values there are; whether they begin with what has been typed is seen to.</summary>
    /// <param name="given">The other arguments.</param>
    /// <param name="text">What has been typed.</param>
    private protected abstract IEnumerable<Suggestion> Suggest(GivenArguments given, string text);
}
