using System.Text;

namespace KubePrep.Changes;

/// <summary>A line of a file that is compared.</summary>
/// <param name="Bytes">Its bytes, one a character, and its end; what is compared.</param>
/// <param name="Text">What it says, for people.</param>
internal sealed record DiffLine(string Bytes, string Text)
{
    /// <summary>Whether a line feed ends it, as all but a file's last line must.</summary>
    public bool HasEnd => Bytes.EndsWith('\n');

    /// <summary>The lines of a file.</summary>
    public static List<DiffLine> Split(ReadOnlyMemory<byte> content)
    {
        var lines = new List<DiffLine>();
        for (var rest = content.Span; !rest.IsEmpty;)
        {
            var length = rest.IndexOf((byte)'\n') is >= 0 and var end ? end + 1 : rest.Length;
            var line = rest[..length];
            lines.Add(new DiffLine(Encoding.Latin1.GetString(line), Encoding.UTF8.GetString(line.TrimEnd((byte)'\n'))));
            rest = rest[length..];
        }

        return lines;
    }
}
