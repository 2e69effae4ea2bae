using System.Text;
using FsCheck.Fluent;
using KubePrep.Connections;

namespace KubePrep.Core.Tests;

public sealed class LineReaderTests
{
    [Fact]
    public void Gives_every_finished_line_byte_by_byte() => Property.Holds(
        from count in Gen.Choose(0, 60_000)
        from seed in Gen.Choose(0, int.MaxValue)
        from ends in Gen.Choose(1, 400)
        select (count, seed, ends),
        given =>
        {
            var bytes = new byte[given.count];
            new Random(given.seed).NextBytes(bytes);
            for (var i = 0; i < bytes.Length; i += given.ends * 7)
            {
                bytes[i] = (byte)'\n';
            }

            var lines = Lines(new TricklingStream(bytes));
            var whole = Encoding.Latin1.GetString(bytes);
            Assert.Equal(whole.Split('\n')[..^1], lines);
        },
        cases: 30);

    [Fact]
    public void Takes_no_line_that_broke_off_for_one()
    {
        Assert.Equal(["a"], Lines(new MemoryStream("a\nfailed Sys"u8.ToArray())));
        Assert.Empty(Lines(new MemoryStream("end go"u8.ToArray())));
    }

    [Fact]
    public void Reads_a_line_up_to_its_bound_and_gives_up_on_a_longer_one()
    {
        var longest = new string('x', 1000 * 1000);
        Assert.Equal([longest, "y"], Lines(new MemoryStream(Encoding.ASCII.GetBytes(longest + "\ny\n"))));
        using var endless = new FileStream("/dev/zero", FileMode.Open, FileAccess.Read);
        Assert.Throws<InvalidDataException>(() => new LineReader(endless).Read());
    }

    private static List<string> Lines(Stream stream)
    {
        var reader = new LineReader(stream);
        var lines = new List<string>();
        while (reader.Read() is { } line)
        {
            lines.Add(line);
        }

        return lines;
    }

    /// <summary>Gives what it has in pieces, as a pipe does, and then breaks.</summary>
    private sealed class TricklingStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override int Read(Span<byte> buffer) =>
            base.Read(buffer[..Math.Min(buffer.Length, 1 + ((int)Position % 5000))]) is > 0 and var count ? count : throw new IOException("broken");
    }
}
