using System.Text;

namespace KubePrep.Facts;

/// <summary>
/// The file system table (fstab(5)), of which no byte is lost: whatever it holds, and however its lines end. A swap row is one whose third
/// field is exactly <c>swap</c>.
/// </summary>
internal sealed class FileSystemTable
{
    private readonly ReadOnlyMemory<byte> _content;

    /// <summary>Reads a table.</summary>
    /// <param name="content">The file's content.</param>
    public FileSystemTable(ReadOnlyMemory<byte> content)
    {
        _content = content;
        var rows = new List<FileSystemRow>();
        ForEachLine((number, line, isSwap) =>
        {
            if (isSwap)
            {
                rows.Add(new FileSystemRow(number, Encoding.Latin1.GetString(line[Fields(line)[0]])));
            }
        });
        SwapRows = rows;
    }

    private delegate void LineAction(int number, ReadOnlySpan<byte> line, bool isSwap);

    /// <summary>The rows that turn on swap.</summary>
    public IReadOnlyList<FileSystemRow> SwapRows { get; }

    /// <summary>The table with a <c>#</c> before each swap row, and otherwise byte for byte as it is.</summary>
    public byte[] CommentSwapRows()
    {
        using var commented = new MemoryStream(_content.Length + SwapRows.Count);
        ForEachLine((_, line, isSwap) =>
        {
            if (isSwap)
            {
                commented.WriteByte((byte)'#');
            }

            commented.Write(line);
        });
        return commented.ToArray();
    }

    /// <summary>Goes through the lines, each with its end, if it has one.</summary>
    private void ForEachLine(LineAction action)
    {
        var rest = _content.Span;
        for (var number = 1; !rest.IsEmpty; number++)
        {
            var length = rest.IndexOf((byte)'\n') is >= 0 and var end ? end + 1 : rest.Length;
            var line = rest[..length];
            var fields = Fields(line);
            action(number, line, fields.Count == 3 && line[fields[2]].SequenceEqual("swap"u8) && line[fields[0]][0] != (byte)'#');
            rest = rest[length..];
        }
    }

    /// <summary>The first three fields: blanks and tabs separate them, and a carriage return before the line's end is no part of one.</summary>
    private static List<Range> Fields(ReadOnlySpan<byte> line)
    {
        var text = line.TrimEnd((byte)'\n');
        text = text.EndsWith("\r"u8) ? text[..^1] : text;
        var fields = new List<Range>(3);
        for (var start = 0; fields.Count < 3;)
        {
            var blanks = text[start..].IndexOfAnyExcept((byte)' ', (byte)'\t');
            if (blanks < 0)
            {
                break;
            }

            start += blanks;
            var length = text[start..].IndexOfAny((byte)' ', (byte)'\t') is >= 0 and var end ? end : text.Length - start;
            fields.Add(start..(start + length));
            start += length;
        }

        return fields;
    }
}
