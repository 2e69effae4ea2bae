using System.CommandLine;

namespace KubePrep.Cli;

/// <summary>
/// Options whose values are fixed words. They are strings, as an option of an enumeration's type would be compiled at every start.
/// </summary>
internal static class OptionWords
{
    /// <summary>Accepts only these words, in any case, and offers them for completion.</summary>
    public static void AcceptWords(this Option<string?> option, IReadOnlyList<string> words)
    {
        option.Validators.Add(result =>
        {
            if (!words.Contains(result.GetValueOrDefault<string?>(), StringComparer.OrdinalIgnoreCase))
            {
                result.AddError($"{option.Name}: give one of {string.Join(", ", words)}.");
            }
        });
        option.CompletionSources.Add([.. words]);
    }
}
