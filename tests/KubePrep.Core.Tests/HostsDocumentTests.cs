using System.Text.RegularExpressions;
using FsCheck.Fluent;
using KubePrep.HostsFile;
using static KubePrep.Core.Tests.HostsFileGenerators;

namespace KubePrep.Core.Tests;

public sealed partial class HostsDocumentTests
{
    private const string Kubeasz = "### BEGIN KUBEASZ MANAGED BLOCK\n10.0.0.1 k8s-10-0-0-1\n### END KUBEASZ MANAGED BLOCK\n";

    private static readonly HashSet<string> OwnNames = ["node-1", "node-1.example.org"];

    [GeneratedRegex("[^\n]*\n|[^\n]+")]
    private static partial Regex LineWithEnd { get; }

    [Theory]
    [InlineData("", Block)]
    [InlineData("a", Block + "a")]
    [InlineData("a\n", "a\n" + Block)]
    [InlineData("a\r\nb\r\n", "a\r\nb\r\n" + Block)]
    [InlineData("a\nb", "a\n" + Block + "b")]
    [InlineData("a\n" + Kubeasz + "b\n", "a\n" + Block + "b\n")]
    [InlineData("a\n# BEGIN KUBEPREP\r\n# END KUBEPREP \t\r\nb", "a\n" + Block + "b")]
    [InlineData("# BEGIN KUBEPREP\n10.0.0.1 n\n# END KUBEPREP", Block)]
    [InlineData(Kubeasz + "a\n" + Block + "b\n" + Kubeasz + Block + "c", Block + "a\nb\nc")]
    public void Has_one_block_in_the_place_of_the_first(string before, string after) =>
        Assert.Equal(after, Text(Document(before).WithBlock(Bytes(Block)).ToBytes()));

    [Theory]
    [InlineData("a\n# END KUBEPREP\n", "a managed block ends in line 2, and its beginning is missing")]
    [InlineData("# BEGIN KUBEPREP", "the managed block that begins in line 1 lacks its end")]
    [InlineData("a\r\n# BEGIN KUBEPREP\r\n", "the managed block that begins in line 2 lacks its end")]
    [InlineData(Block + "# BEGIN KUBEPREP\n\n" + Block, "a managed block begins in line 7, inside the one that begins in line 5")]
    [InlineData("# BEGIN KUBEPREP\n" + Kubeasz, "a managed block begins in line 2, inside the one that begins in line 1")]
    [InlineData(
        "# BEGIN KUBEPREP\n### END KUBEASZ MANAGED BLOCK\n",
        "the managed block that begins in line 1 lacks its end; another kind of block ends in line 2")]
    [InlineData(Block + "# END KUBEPREP\n", "a managed block ends in line 5, and its beginning is missing")]
    public void Damaged_marks_are_refused(string content, string why) =>
        Assert.Equal(why, Assert.Throws<InvalidDataException>(() => Document(content)).Message);

    [Fact]
    public void A_node_with_damaged_marks_is_named()
    {
        var facts = SampleNode.Debian.WithFile("/etc/hosts", "# BEGIN KUBEPREP\n");
        Assert.Contains("'n1'", Expect.Error(ErrorId.InvalidHostsFile, () => HostsDocument.Of(facts)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_node_without_the_file_has_an_empty_one() => Assert.Empty(HostsDocument.Of(SampleNode.Debian).ToBytes());

    [Theory]
    [InlineData("")]
    [InlineData("10.0.0.1 n\n")]
    [InlineData(Block + "x\n")]
    [InlineData(Block + Block)]
    [InlineData(Kubeasz)]
    [InlineData("# BEGIN KUBEPREP\n# END KUBEPREP")]
    public void Only_a_block_can_be_put_in(string block) =>
        Assert.Throws<ArgumentException>(() => Document("a\n").WithBlock(Bytes(block)));

    [Fact]
    public void Reads_rows_and_knows_which_are_managed()
    {
        var document = Document(
            "127.0.0.1\tlocalhost\r\n\n# 10.0.0.1 x\n" + Kubeasz + "2001:DB8::1 a b # c d\n10.1 short\n10.0.0.2\n" + Block
                + " \f10.0.0.3\va\fb\0c\n10.0.0.4 last");
        Assert.Equal(
            [
                "1 127.0.0.1 localhost", "5 10.0.0.1 k8s-10-0-0-1", "7 2001:db8::1 a b", "12 10.9.9.9 other-node", "14 10.0.0.3 a b", "15 10.0.0.4 last",
            ],
            document.Rows.Select(row => $"{row.Line} {row.Entry}"));
        Assert.Equal(["10.0.0.1 k8s-10-0-0-1", "10.9.9.9 other-node"], document.BlockEntries.Select(entry => entry.ToString()));
        Assert.Equal(6, document.Entries.Count);
        Assert.Equal(Block, Text(document.Block.Span));
    }

    [Theory]
    [InlineData("")]
    [InlineData(Kubeasz)]
    [InlineData(" # BEGIN KUBEPREP\n")]
    public void Has_no_block_but_its_own(string content) => Assert.True(Document(content).Block.IsEmpty);

    [Theory]
    [InlineData("127.0.1.1 node-1\n", "#127.0.1.1 node-1\n")]
    [InlineData("127.0.1.1\tnode-1.example.org\tnode-1\r\n", "#127.0.1.1\tnode-1.example.org\tnode-1\r\n")]
    [InlineData("127.0.1.1 NODE-1 # mine\n", "#127.0.1.1 NODE-1 # mine\n")]
    [InlineData("127.0.1.1 node-1 db # mine\n", "#127.0.1.1 node-1 db # mine\n127.0.1.1 db\n")]
    [InlineData("  127.0.1.1\ta node-1\tb\r\nx", "#  127.0.1.1\ta node-1\tb\r\n127.0.1.1 a b\r\nx")]
    [InlineData("127.0.1.1 node-1", "#127.0.1.1 node-1")]
    [InlineData("127.0.1.1 node-1 db", "#127.0.1.1 node-1 db\n127.0.1.1 db")]
    [InlineData("127.0.1.1 \u00e9 node-1\n", "#127.0.1.1 \u00e9 node-1\n127.0.1.1 \u00e9\n")]
    public void Own_names_at_127_0_1_1_become_comments(string before, string after) =>
        Assert.Equal(after, Text(Document(before).WithoutLoopbackNames(OwnNames).ToBytes()));

    [Theory]
    [InlineData("127.0.1.1 gpu-node-1 node-10 node-1.example\n")]
    [InlineData("127.0.0.1 node-1\n")]
    [InlineData("127.0.01.1 node-1\n")]
    [InlineData("::ffff:127.0.1.1 node-1\n")]
    [InlineData("#127.0.1.1 node-1\n")]
    [InlineData("127.0.1.1 db # node-1\n")]
    [InlineData("# BEGIN KUBEPREP\n127.0.1.1 node-1\n# END KUBEPREP\n")]
    public void Other_rows_stay(string content) => Assert.Equal(content, Text(Document(content).WithoutLoopbackNames(OwnNames).ToBytes()));

    [Fact]
    public void A_file_is_what_was_read() => Property.Holds(
        FileWithBlocks, content => Assert.Equal(content, HostsDocument.Parse(content).ToBytes()), cases: 300);

    [Fact]
    public void A_block_that_is_put_in_and_taken_out_leaves_no_trace() => Property.Holds(
        FileWithoutBlock,
        content => Assert.Equal(content, HostsDocument.Parse(content).WithBlock(Bytes(Block)).WithoutBlock().ToBytes()),
        cases: 1000);

    [Fact]
    public void What_is_outside_of_blocks_stays_byte_for_byte() => Property.Holds(
        FileWithBlocks,
        content =>
        {
            var document = HostsDocument.Parse(content);
            var outside = Outside(content);
            Assert.Equal(outside, Text(document.WithoutBlock().ToBytes()));
            var changed = document.WithBlock(Bytes(Block));
            Assert.Equal(outside, Outside(changed.ToBytes()));
            Assert.Equal(Block, Text(changed.Block.Span));
            Assert.Equal(["10.9.9.9 other-node"], changed.BlockEntries.Select(entry => entry.ToString()));
            Assert.Equal(changed.ToBytes(), changed.WithBlock(Bytes(Block)).ToBytes());
            Assert.Equal(changed.ToBytes(), HostsDocument.Parse(changed.ToBytes()).WithBlock(Bytes(Block)).ToBytes());
        },
        cases: 1000);

    [Fact]
    public void Rows_stay_with_the_block_around_them() => Property.Holds(
        FileWithBlocks,
        content =>
        {
            var document = HostsDocument.Parse(content);
            var unmanaged = document.Rows.Where(row => !row.IsManaged).Select(row => row.Entry.ToString()).ToList();
            Assert.Equal(unmanaged, document.WithoutBlock().Entries.Select(entry => entry.ToString()));
            Assert.Equal(unmanaged, document.WithBlock(Bytes(Block)).Rows.Where(row => !row.IsManaged).Select(row => row.Entry.ToString()));
        },
        cases: 500);

    [Fact]
    public void Nothing_but_own_names_at_127_0_1_1_changes() => Property.Holds(
        FileWithBlocks,
        content =>
        {
            var before = HostsDocument.Parse(content);
            var after = before.WithoutLoopbackNames(OwnNames);
            Assert.Equal(after.ToBytes(), after.WithoutLoopbackNames(OwnNames).ToBytes());
            Assert.Equal(
                before.Rows.Select(row => IsOwn(row) ? Without(row.Entry) : row.Entry.ToString()).Where(text => text.Length > 0),
                after.Entries.Select(entry => entry.ToString()));

            var (lines, changed) = (Lines(content), Lines(after.ToBytes()));
            var rows = before.Rows.Where(IsOwn).ToDictionary(row => row.Line - 1);
            var at = 0;
            for (var i = 0; i < lines.Length; i++, at++)
            {
                Assert.Equal(rows.ContainsKey(i) ? "#" + lines[i] : lines[i], changed[at]);
                if (rows.TryGetValue(i, out var row) && Without(row.Entry) is { Length: > 0 } left)
                {
                    var isEnded = i < lines.Length - 1;
                    Assert.Equal(left + (isEnded && lines[i].EndsWith('\r') ? "\r" : ""), changed[++at]);
                }
            }

            Assert.Equal(changed.Length, at);
        },
        cases: 1000);

    [Fact]
    public void The_two_changes_do_not_depend_on_their_order() => Property.Holds(
        FileWithBlocks,
        content =>
        {
            var document = HostsDocument.Parse(content);
            Assert.Equal(
                document.WithBlock(Bytes(Block)).WithoutLoopbackNames(OwnNames).WithoutBlock().ToBytes(),
                document.WithoutLoopbackNames(OwnNames).WithBlock(Bytes(Block)).WithoutBlock().ToBytes());
        },
        cases: 300);

    [Fact]
    public void Damaged_files_are_refused_in_one_way() => Property.Holds(
        Gen.Elements(
                "# BEGIN KUBEPREP\n", "# END KUBEPREP\r\n", "### BEGIN KUBEASZ MANAGED BLOCK\n", "### END KUBEASZ MANAGED BLOCK \n", "x\n",
                "# END KUBEPREP")
            .ListOf(5).Select(lines => Bytes(string.Concat(lines))),
        content =>
        {
            var isWhole = Outside(content) is not null;
            try
            {
                HostsDocument.Parse(content);
                Assert.True(isWhole);
            }
            catch (InvalidDataException)
            {
                Assert.False(isWhole);
            }
        },
        cases: 1000);

    private static bool IsOwn(HostsRow row) => !row.IsManaged && row.Entry.Address.ToString() == "127.0.1.1" && row.Entry.Names.Any(IsOwnName);

    private static bool IsOwnName(string name) => OwnNames.Contains(name.ToLowerInvariant());

    /// <summary>What is left of a row without the own names; empty if nothing.</summary>
    private static string Without(HostsEntry entry) =>
        string.Join(' ', entry.Names.Where(name => !IsOwnName(name))) is { Length: > 0 } others ? $"127.0.1.1 {others}" : "";

    private static string[] Lines(byte[] content) => Text(content).Split('\n');

    /// <summary>The lines outside of managed blocks, found in another way; null if a mark has no counterpart.</summary>
    private static string? Outside(byte[] content)
    {
        var outside = new List<string>();
        string? awaited = null;
        foreach (var line in LineWithEnd.Matches(Text(content)).Select(match => match.Value))
        {
            var text = line.TrimEnd(' ', '\t', '\r', '\n');
            var isBegin = text is "# BEGIN KUBEPREP" or "### BEGIN KUBEASZ MANAGED BLOCK";
            if (isBegin || text is "# END KUBEPREP" or "### END KUBEASZ MANAGED BLOCK")
            {
                if (awaited != (isBegin ? null : text))
                {
                    return null;
                }

                awaited = isBegin ? text.Replace("BEGIN", "END", StringComparison.Ordinal) : null;
            }
            else if (awaited is null)
            {
                outside.Add(line);
            }
        }

        return awaited is null ? string.Concat(outside) : null;
    }

    private static HostsDocument Document(string content) => HostsDocument.Parse(Bytes(content));
}
