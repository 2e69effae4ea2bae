namespace KubePrep.Files;

/// <summary>Shell patterns for paths (glob(7)): <c>*</c>, <c>?</c> and <c>[…]</c> match within one part of a path.</summary>
internal static class GlobPattern
{
    /// <summary>Whether the text has a character that makes it a pattern.</summary>
    public static bool IsPattern(string text) => text.AsSpan().ContainsAny("*?[");

    /// <summary>Whether a pattern matches a whole path.</summary>
    public static bool Matches(string pattern, string path)
    {
        var (patterns, parts) = (pattern.Split('/'), path.Split('/'));
        return patterns.Length == parts.Length && patterns.Zip(parts).All(pair => MatchesPart(pair.First, pair.Second));
    }

    /// <summary>Goes back to the last star only, so that no pattern takes long.</summary>
    private static bool MatchesPart(ReadOnlySpan<char> pattern, ReadOnlySpan<char> text)
    {
        var (at, star, afterStar) = (0, -1, 0);
        for (var i = 0; i < text.Length;)
        {
            if (at < pattern.Length && pattern[at] == '*')
            {
                (star, afterStar) = (at++, i);
            }
            else if (MatchOne(pattern[at..], text[i]) is > 0 and var length)
            {
                at += length;
                i++;
            }
            else if (star >= 0)
            {
                at = star + 1;
                i = ++afterStar;
            }
            else
            {
                return false;
            }
        }

        return pattern[at..].IndexOfAnyExcept('*') < 0;
    }

    /// <summary>How much of the pattern's beginning matches the character; 0 if it does not.</summary>
    private static int MatchOne(ReadOnlySpan<char> pattern, char c) => pattern switch
    {
        [] => 0,
        ['?', ..] => 1,
        ['[', ..] when BracketLength(pattern) is > 0 and var length => IsInSet(pattern[1..(length - 1)], c) ? length : 0,
        ['\\', var escaped, ..] => escaped == c ? 2 : 0,
        _ => pattern[0] == c ? 1 : 0,
    };

    /// <summary>The length of the set that the pattern begins with, to its closing bracket, which is not the set's first character.</summary>
    private static int BracketLength(ReadOnlySpan<char> pattern)
    {
        var start = pattern is ['[', '!' or '^', ..] ? 3 : 2;
        return pattern.Length > start && pattern[start..].IndexOf(']') is >= 0 and var end ? start + end + 1 : 0;
    }

    private static bool IsInSet(ReadOnlySpan<char> set, char c)
    {
        var isNegated = set is ['!' or '^', ..];
        set = isNegated ? set[1..] : set;
        var isIn = false;
        while (!set.IsEmpty)
        {
            var isRange = set is [_, '-', _, ..];
            isIn |= isRange ? c >= set[0] && c <= set[2] : c == set[0];
            set = set[(isRange ? 3 : 1)..];
        }

        return isIn != isNegated;
    }
}
