using System.Text;

namespace KubePrep.Yaml.Editing;

/// <summary>A text, its lines, and the parts of it that are to be replaced.</summary>
/// <param name="text">The text, without a byte order mark.</param>
/// <param name="error">Makes the error where something cannot be changed.</param>
internal sealed class SourceText(string text, Func<string, KubePrepException> error)
{
    private readonly List<Splice> _splices = [];

    /// <summary>How its first line ends.</summary>
    public string NewLine { get; } = text.IndexOf('\n', StringComparison.Ordinal) is > 0 and var end && text[end - 1] == '\r' ? "\r\n" : "\n";

    public int Length => text.Length;

    public char this[int position] => text[position];

    public string this[Range range] => text[range];

    public void Replace(int start, int end, string replacement) => _splices.Add(new Splice(start, end, replacement));

    public void Insert(int position, string insertion) => Replace(position, position, insertion);

    public void Remove(int start, int end) => Replace(start, end, "");

    /// <summary>Where the line of a position begins.</summary>
    public int LineStart(int position) => position == 0 ? 0 : text.LastIndexOf('\n', position - 1) + 1;

    /// <summary>Where the line of a position ends, before its line break.</summary>
    public int LineEnd(int position)
    {
        var end = text.IndexOf('\n', position);
        return end < 0 ? text.Length : end > position && text[end - 1] == '\r' ? end - 1 : end;
    }

    /// <summary>Where the line after that of a position begins; the end of the text after the last one.</summary>
    public int NextLine(int position) => text.IndexOf('\n', position) is >= 0 and var end ? end + 1 : text.Length;

    /// <summary>
    /// Removes lines together with the line break before them and not the one behind, so that something can be inserted at their end.
    /// </summary>
    /// <param name="first">A position in the first line.</param>
    /// <param name="last">A position in the last line.</param>
    public void RemoveLines(int first, int last)
    {
        var start = LineStart(first);
        if (start == 0)
        {
            Remove(0, NextLine(last));
        }
        else
        {
            Remove(start >= 2 && text[start - 2] == '\r' ? start - 2 : start - 1, LineEnd(last));
        }
    }

    /// <summary>How many characters stand before a position in its line; what indents in YAML is one character wide.</summary>
    public int Column(int position) => position - LineStart(position);

    /// <summary>Whether nothing but white space stands between two positions.</summary>
    public bool IsBlank(int start, int end) => text.AsSpan(start, end - start).IsWhiteSpace();

    /// <summary>Whether nothing but white space stands before a position in its line.</summary>
    public bool IsFirstInLine(int position) => IsBlank(LineStart(position), position);

    /// <summary>The column of the comment that is all a line holds; -1 if the line is another one.</summary>
    public int CommentColumn(int lineStart)
    {
        var line = text.AsSpan(lineStart, LineEnd(lineStart) - lineStart);
        return line.TrimStart(" \t") is ['#', ..] comment ? line.Length - comment.Length : -1;
    }

    /// <summary>The next position that is neither white space nor in a comment.</summary>
    public int SkipBlank(int position)
    {
        while (position < text.Length && (char.IsWhiteSpace(text[position]) || text[position] == '#'))
        {
            position = text[position] == '#' ? LineEnd(position) : position + 1;
        }

        return position;
    }

    /// <summary>The error that something at a position cannot be changed.</summary>
    /// <param name="position">The place.</param>
    /// <param name="why">What hinders it, after a place; never a value.</param>
    public KubePrepException Refusal(int position, string why) => error($"line {text.AsSpan(0, position).Count('\n') + 1} {why}");

    /// <summary>The text after all replacements.</summary>
    public string Apply()
    {
        var result = new StringBuilder();
        var position = 0;
        foreach (var splice in _splices.OrderBy(s => s.Start).ThenBy(s => s.End)) // what is inserted before what is removed, in the order it was asked for
        {
            if (splice.Start < position)
            {
                throw Refusal(splice.Start, "would have to be changed in two ways");
            }

            result.Append(text, position, splice.Start - position).Append(splice.Text);
            position = splice.End;
        }

        return result.Append(text, position, text.Length - position).ToString();
    }
}
