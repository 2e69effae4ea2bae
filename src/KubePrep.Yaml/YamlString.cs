using System.Text.RegularExpressions;
using YamlDotNet.Core;

namespace KubePrep.Yaml;

/// <summary>Which strings would be read as something else if they stood unquoted.</summary>
internal static partial class YamlString
{
    /// <summary>
    /// Double quotes for what YAML 1.1 or 1.2 takes for null, a boolean, a number, a time or a merge key. For the rest the emitter
    /// decides by syntax alone: plain, or single quotes.
    /// </summary>
    public static ScalarStyle StyleOf(string value) => NotAString.IsMatch(value) ? ScalarStyle.DoubleQuoted : ScalarStyle.Any;

    [GeneratedRegex(
        """
        ^(
            | ~ | null | Null | NULL | <<
            | y | Y | yes | Yes | YES | n | N | no | No | NO
            | true | True | TRUE | false | False | FALSE | on | On | ON | off | Off | OFF
            | [-+]? \.( inf | Inf | INF ) | \.( nan | NaN | NAN )
            | [-+]? 0b [01_]+ | [-+]? 0o? [0-7_]+ | [-+]? 0[xX] [0-9a-fA-F_]+
            | [-+]? ( [0-9][0-9_]* ( \.[0-9_]* )? | \.[0-9][0-9_]* ) ( [eE][-+]?[0-9]+ )?
            | [-+]? [0-9][0-9_]* ( :[0-5]?[0-9] )+ ( \.[0-9_]* )?
            | [0-9]{4}-[0-9]{1,2}-[0-9]{1,2} ( [Tt\ ] .* )?
        )\z
        """,
        RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant)]
    private static partial Regex NotAString { get; }
}
