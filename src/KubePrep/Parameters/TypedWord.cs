using System.Management.Automation;
using System.Management.Automation.Language;
using System.Text.RegularExpressions;

namespace KubePrep.Parameters;

/// <summary>The word that is being completed, without its quotation marks.</summary>
/// <param name="Text">What has been typed of the value.</param>
/// <param name="Quote">The quotation mark that it began with; null if there is none.</param>
internal readonly partial record struct TypedWord(string Text, char? Quote)
{
    /// <summary>Takes the word as PowerShell gives it: between quotation marks if it began with one, and without escapes.</summary>
    public static TypedWord Of(string? word) => word switch
    {
        null => new TypedWord("", null),
        [('\'' or '"') and var quote, .. var text, var end] when end == quote => new TypedWord(text, quote),
        [('\'' or '"') and var quote, .. var text] => new TypedWord(text, quote),
        _ => new TypedWord(word, null),
    };

    /// <summary>Whether a value begins with it.</summary>
    public bool Begins(string value) => value.StartsWith(Text, StringComparison.OrdinalIgnoreCase);

    /// <summary>What takes the word's place.</summary>
    public CompletionResult Complete(Suggestion suggestion) =>
        new(Written(suggestion), suggestion.Value, CompletionResultType.ParameterValue, suggestion.ToolTip);

    private string Written(Suggestion suggestion) => Quote switch
    {
        '"' => $"\"{Special.Replace(suggestion.Value, "`$&")}\"",
        null when suggestion.IsWord || IsBareWord(suggestion.Value) => suggestion.Value,
        _ => $"'{CodeGeneration.EscapeSingleQuotedStringContent(suggestion.Value)}'",
    };

    /// <summary>What means something else between double quotation marks, those that typographers use among it.</summary>
    [GeneratedRegex("[`$\"\u201c\u201d\u201e]", RegexOptions.CultureInvariant)]
    private static partial Regex Special { get; }

    /// <summary>Whether PowerShell takes a value for itself where it stands as an argument without quotation marks.</summary>
    private static bool IsBareWord(string value) => IsPlain(value)
        || (Parser.ParseInput($"x {value}", out _, out var errors) is { EndBlock.Statements: [PipelineAst { PipelineElements: [CommandAst command] }] }
            && errors.Length == 0
            && command is { Redirections.Count: 0, CommandElements: [_, StringConstantExpressionAst { StringConstantType: StringConstantType.BareWord } word] }
            && word.Value == value);

    /// <summary>Whether that needs no parser: most names, of which there may be very many.</summary>
    private static bool IsPlain(string value) => char.IsAsciiLetter(value[0]) && value.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or ':');
}
