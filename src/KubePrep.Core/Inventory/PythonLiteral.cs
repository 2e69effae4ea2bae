using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.RegularExpressions;

namespace KubePrep.Inventory;

/// <summary>
/// What Ansible makes of a value in an INI file: a literal of Python's (strings lose their quotes, numbers become decimal, a comment after
/// it is dropped), and the text as it is where it is none.
/// </summary>
internal static partial class PythonLiteral
{
    /// <summary>Integers of more digits are none to Python (sys.int_info).</summary>
    private const int MaximumDigits = 4300;

    public static InventoryValue Read(string text, int line)
    {
        var trimmed = text.TrimStart(' ', '\t');
        return trimmed.Length > 0 && trimmed[0] is '[' or '{' or '('
                ? new InventoryValue(text, line, InventoryValueKind.Other)
            : ReadStrings(trimmed) is { } content ? new InventoryValue(content, line, InventoryValueKind.Text)
            : Integer.Match(trimmed) is { Success: true } integer && DecimalOf(integer) is { } number
                ? new InventoryValue(number, line, InventoryValueKind.Text)
            : Nothing.IsMatch(trimmed) ? new InventoryValue("", line, InventoryValueKind.Nothing)
            : OtherConstant.IsMatch(trimmed) ? new InventoryValue(text, line, InventoryValueKind.Other)
            : new InventoryValue(text, line, InventoryValueKind.Text);
    }

    private static string? DecimalOf(Match match)
    {
        var digits = match.Groups["digits"].Value.Replace("_", "", StringComparison.Ordinal);
        if (digits.Length > MaximumDigits)
        {
            return null;
        }

        var radix = match.Groups["radix"].Value.ToUpperInvariant() switch
        {
            "0X" => 16,
            "0O" => 8,
            "0B" => 2,
            _ => 10,
        };
        var number = radix == 10
            ? BigInteger.Parse(digits, CultureInfo.InvariantCulture)
            : digits.Aggregate(BigInteger.Zero, (sum, digit) => (sum * radix) + Convert.ToInt32(digit.ToString(), 16));
        return (match.Groups["sign"].Value == "-" ? -number : number).ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>The content of one string or of several side by side, which are one to Python; null if it is something else.</summary>
    private static string? ReadStrings(string text)
    {
        var content = new StringBuilder();
        var at = 0;
        var count = 0;
        while (Opening.Match(text, at) is { Success: true } opening)
        {
            var quote = opening.Groups["quote"].Value;
            var isRaw = opening.Groups["prefix"].Value.Contains('r', StringComparison.OrdinalIgnoreCase);
            at = opening.Index + opening.Length;
            while (at < text.Length && string.CompareOrdinal(text, at, quote, 0, quote.Length) != 0)
            {
                if (text[at] != '\\')
                {
                    content.Append(text[at++]);
                }
                else if (Escape.Match(text, at) is { Success: true } escape && !isRaw)
                {
                    if (Character(escape) is not { } character)
                    {
                        return null;
                    }

                    content.Append(character);
                    at += escape.Length;
                }
                else
                {
                    // what is no escape, or stands in a raw string, keeps its backslash
                    content.Append(text, at, Math.Min(2, text.Length - at));
                    at += 2;
                }
            }

            if (at >= text.Length)
            {
                return null;
            }

            at += quote.Length;
            count++;
        }

        return count > 0 && End.IsMatch(text, at) ? content.ToString() : null;
    }

    /// <summary>The character an escape stands for, or null if there is none.</summary>
    private static string? Character(Match escape)
    {
        var code = escape.Groups["hexadecimal"] is { Success: true } hexadecimal
                ? int.Parse(hexadecimal.Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture)
            : escape.Groups["octal"] is { Success: true } octal ? Convert.ToInt32(octal.Value, 8)
            : escape.Value[1] switch
            {
                'a' => '\a',
                'b' => '\b',
                'f' => '\f',
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                'v' => '\v',
                var itself => itself,
            };
        return Rune.IsValid(code) ? new Rune(code).ToString() : null;
    }

    [GeneratedRegex(@"\G[ \t]*(?<prefix>[rR]|[uU]|[bB]|[bB][rR]|[rR][bB])?(?<quote>'''|""""""|'|"")", RegexOptions.CultureInvariant)]
    private static partial Regex Opening { get; }

    [GeneratedRegex(
        @"\G\\([\\'""abfnrtv]|x(?<hexadecimal>[0-9a-fA-F]{2})|u(?<hexadecimal>[0-9a-fA-F]{4})|U(?<hexadecimal>[0-9a-fA-F]{8})|(?<octal>[0-7]{1,3}))",
        RegexOptions.CultureInvariant)]
    private static partial Regex Escape { get; }

    [GeneratedRegex(@"\G\s*(#.*)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex End { get; }

    [GeneratedRegex(
        @"^((?<sign>[-+])[ \t]*)?((?<radix>0[xX])_?(?<digits>[0-9a-fA-F]+(_[0-9a-fA-F]+)*)|(?<radix>0[oO])_?(?<digits>[0-7]+(_[0-7]+)*)|(?<radix>0[bB])_?(?<digits>[01]+(_[01]+)*)|(?<digits>0+(_0+)*|[1-9][0-9]*(_[0-9]+)*))\s*(#.*)?\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex Integer { get; }

    [GeneratedRegex(@"^None\s*(#.*)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Nothing { get; }

    [GeneratedRegex(
        @"^(True|False|[-+]?[ \t]*([0-9][0-9_]*\.[0-9_]*|\.[0-9][0-9_]*|[0-9][0-9_]*(?=[eEjJ]))([eE][-+]?[0-9_]+)?[jJ]?)\s*(#.*)?\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex OtherConstant { get; }
}
