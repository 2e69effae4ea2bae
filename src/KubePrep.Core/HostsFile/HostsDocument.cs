using System.Net;
using System.Text;
using KubePrep.Facts;

namespace KubePrep.HostsFile;

/// <summary>
/// A hosts file (hosts(5)), of which no byte is lost: whatever it holds, and however its lines end. Rows between KubePrep's marks, and
/// between those of kubeasz, are managed: they are replaced as a whole.
/// </summary>
internal sealed class HostsDocument
{
    /// <summary>Where it is on a node.</summary>
    public const string FilePath = "/etc/hosts";

    /// <summary>The line before KubePrep's rows.</summary>
    public const string BeginMark = "# BEGIN KUBEPREP";

    /// <summary>The line behind KubePrep's rows.</summary>
    public const string EndMark = "# END KUBEPREP";

    /// <summary>What separates fields, as isspace(3) has it in glibc's reader of the file.</summary>
    private static readonly char[] Blanks = [' ', '\t', '\v', '\f', '\r', '\n'];

    // KubePrep's own is the first
    private static readonly string[] BeginMarks = [BeginMark, "### BEGIN KUBEASZ MANAGED BLOCK"];
    private static readonly string[] EndMarks = [EndMark, "### END KUBEASZ MANAGED BLOCK"];

    /// <summary>The address that Debian gives a machine's own names.</summary>
    private static readonly IPAddress OwnLoopback = new([127, 0, 1, 1]);

    private readonly ReadOnlyMemory<byte> _content;
    private readonly List<HostsBlock> _blocks;

    private HostsDocument(ReadOnlyMemory<byte> content, List<HostsBlock> blocks) => (_content, _blocks) = (content, blocks);

    /// <summary>The rows as glibc reads them, in the file's order; what is no address with a name is none.</summary>
    public IReadOnlyList<HostsRow> Rows => field ??= ReadRows();

    /// <summary>What the rows say, in the file's order.</summary>
    public IReadOnlyList<HostsEntry> Entries => [.. Rows.Select(row => row.Entry)];

    /// <summary>What the rows in managed blocks say, KubePrep's own or not.</summary>
    public IReadOnlyList<HostsEntry> BlockEntries => [.. Rows.Where(row => row.IsManaged).Select(row => row.Entry)];

    /// <summary>KubePrep's own block, with its marks and line ends; the first, if there are more; empty if there is none.</summary>
    public ReadOnlyMemory<byte> Block => _blocks.Find(block => block.IsOwn) is { } own ? _content[own.Start..own.End] : default;

    /// <summary>Reads a file.</summary>
    /// <exception cref="InvalidDataException">
    /// A managed block lacks its beginning or its end, or begins inside another; the message is a part of a sentence.
    /// </exception>
    public static HostsDocument Parse(ReadOnlyMemory<byte> content)
    {
        var blocks = new List<HostsBlock>();
        var (kind, beginLine, beginStart) = (-1, 0, 0);
        foreach (var (number, start, end) in Lines(content))
        {
            if (MarkOf(content.Span[start..end], BeginMarks) is >= 0 and var begun)
            {
                (kind, beginLine, beginStart) = kind < 0
                    ? (begun, number, start)
                    : throw new InvalidDataException($"a managed block begins in line {number}, inside the one that begins in line {beginLine}");
            }
            else if (MarkOf(content.Span[start..end], EndMarks) is >= 0 and var ended)
            {
                if (ended != kind)
                {
                    throw new InvalidDataException(kind < 0
                        ? $"a managed block ends in line {number}, and its beginning is missing"
                        : $"the managed block that begins in line {beginLine} lacks its end; another kind of block ends in line {number}");
                }

                blocks.Add(new HostsBlock(beginStart, end, IsOwn: kind == 0));
                kind = -1;
            }
        }

        return kind < 0
            ? new HostsDocument(content, blocks)
            : throw new InvalidDataException($"the managed block that begins in line {beginLine} lacks its end");
    }

    /// <summary>A node's hosts file, or what one is made of; an empty one, if it has none.</summary>
    /// <exception cref="KubePrepException"><see cref="ErrorId.InvalidHostsFile"/>: the marks in it are damaged.</exception>
    public static HostsDocument Of(NodeFacts facts, string path = FilePath)
    {
        try
        {
            return Parse(facts.Files[path]?.Content ?? default);
        }
        catch (InvalidDataException e)
        {
            throw HostsFileErrors.InvalidHostsFile(facts.Node, path, e.Message);
        }
    }

    /// <summary>
    /// The file with another block, in the place of the first that there is, of which ever kind; further ones go. If there is none, it
    /// is put behind the last line that has an end, so that no byte outside has to change.
    /// </summary>
    /// <param name="block">Whole lines that begin and end with KubePrep's marks, as <see cref="HostsMap.Render"/> makes them.</param>
    public HostsDocument WithBlock(ReadOnlyMemory<byte> block)
    {
        if (Parse(block).Block.Length != block.Length || !block.Span.EndsWith("\n"u8))
        {
            throw new ArgumentException("The lines are no managed block.", nameof(block));
        }

        var place = _blocks.Count > 0 ? _blocks[0].Start : _content.Span.LastIndexOf((byte)'\n') + 1;
        var outside = WithoutBlock()._content.Span;
        return Parse((byte[])[.. outside[..place], .. block.Span, .. outside[place..]]);
    }

    /// <summary>The file without managed blocks.</summary>
    public HostsDocument WithoutBlock()
    {
        using var outside = new MemoryStream(_content.Length);
        var at = 0;
        foreach (var block in _blocks)
        {
            outside.Write(_content.Span[at..block.Start]);
            at = block.End;
        }

        outside.Write(_content.Span[at..]);
        return new HostsDocument(outside.ToArray(), []);
    }

    /// <summary>
    /// The file with a <c>#</c> before each row outside of managed blocks that maps one of the machine's own names to 127.0.1.1. Other
    /// names of such a row stay, in a row behind it.
    /// </summary>
    /// <param name="ownNames">The machine's names; upper and lower case are the same.</param>
    public HostsDocument WithoutLoopbackNames(IReadOnlySet<string> ownNames)
    {
        var names = ownNames.ToHashSet(StringComparer.OrdinalIgnoreCase);
        using var result = new MemoryStream(_content.Length + 1);
        var at = 0;
        foreach (var row in Rows.Where(row => !row.IsManaged && row.Entry.Address.Equals(OwnLoopback) && row.Entry.Names.Any(names.Contains)))
        {
            var line = _content.Span[row.Start..row.End];
            result.Write(_content.Span[at..row.Start]);
            result.WriteByte((byte)'#');
            result.Write(line);
            at = row.End;
            var others = row.Entry.Names.Where(name => !names.Contains(name)).ToList();
            if (others.Count > 0)
            {
                var lineEnd = line.EndsWith("\r\n"u8) ? "\r\n"u8 : line.EndsWith("\n"u8) ? "\n"u8 : [];
                if (lineEnd.IsEmpty)
                {
                    result.WriteByte((byte)'\n');
                }

                result.Write(Encoding.Latin1.GetBytes($"{OwnLoopback} {string.Join(' ', others)}"));
                result.Write(lineEnd);
            }
        }

        result.Write(_content.Span[at..]);
        return Parse(result.ToArray());
    }

    /// <summary>The file.</summary>
    public byte[] ToBytes() => _content.ToArray();

    /// <summary>The lines: the number of each, where it starts, and where it ends, behind its line feed if it has one.</summary>
    private static IEnumerable<(int Number, int Start, int End)> Lines(ReadOnlyMemory<byte> content)
    {
        for (var (number, start) = (1, 0); start < content.Length; number++)
        {
            var end = content.Span[start..].IndexOf((byte)'\n') is >= 0 and var length ? start + length + 1 : content.Length;
            yield return (number, start, end);
            start = end;
        }
    }

    /// <summary>Which of some marks a line is; -1 if none. What editors leave behind at its end does not count.</summary>
    private static int MarkOf(ReadOnlySpan<byte> line, string[] marks)
    {
        if (!line.StartsWith("#"u8))
        {
            return -1; // as most lines
        }

        var text = line.TrimEnd(" \t\r\n"u8);
        for (var i = 0; i < marks.Length; i++)
        {
            if (Ascii.Equals(text, marks[i]))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>What a line says to glibc, which reads no further than a number sign or a NUL.</summary>
    private static HostsEntry? EntryOf(ReadOnlySpan<byte> line)
    {
        var end = line.IndexOfAny((byte)'#', (byte)0);
        var fields = Encoding.Latin1.GetString(end < 0 ? line : line[..end]).Split(Blanks, StringSplitOptions.RemoveEmptyEntries);
        return fields.Length > 1 && HostsAddress.Parse(fields[0]) is { } address ? new HostsEntry(address, fields[1..]) : null;
    }

    private List<HostsRow> ReadRows()
    {
        var rows = new List<HostsRow>();
        var block = 0;
        foreach (var (number, start, end) in Lines(_content))
        {
            if (block < _blocks.Count && start >= _blocks[block].End)
            {
                block++; // blocks do not overlap, and each is at least a line
            }

            if (EntryOf(_content.Span[start..end]) is { } entry)
            {
                rows.Add(new HostsRow(number, start, end, block < _blocks.Count && start >= _blocks[block].Start, entry));
            }
        }

        return rows;
    }
}
