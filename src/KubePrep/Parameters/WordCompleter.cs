namespace KubePrep.Parameters;

/// <summary>Offers fixed words.</summary>
/// <param name="words">The words, in the order in which they are offered.</param>
public abstract class WordCompleter(params IReadOnlyList<string> words) : ValueCompleter
{
    private protected override IEnumerable<Suggestion> Suggest(GivenArguments given, string text) =>
        words.Select(word => new Suggestion(word, word) { IsWord = true });
}
