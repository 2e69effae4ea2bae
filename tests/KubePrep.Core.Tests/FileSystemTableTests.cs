using System.Text;
using FsCheck;
using FsCheck.Fluent;
using KubePrep.Facts;

namespace KubePrep.Core.Tests;

public sealed class FileSystemTableTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    /// <summary>A field of a row, or something that looks like one.</summary>
    private static Gen<string> Field { get; } = Gen.Frequency(
        (4, Gen.Elements("swap", "none", "/swapfile", "UUID=1-2", "LABEL=swap", "ext4", "defaults", "sw", "0", "/dev/vg/noswap--data",
            "nfs:/export/swapfiles")),
        (1, Gen.Elements("Swap", "swap,x", "\"swap\"", "sw\u00e0p", "swap\u00a0", "#swap", "#", "zswap", "swap\\040", "\u00ff\u00fe",
            "swap\v")));

    private static Gen<string> Row { get; } =
        from lead in Gen.Frequency((8, Gen.Constant("")), (1, Gen.Elements(" ", "\t", " \t ")), (2, Gen.Elements("#", "# ", " #")))
        from count in Gen.Frequency((6, Gen.Constant(6)), (2, Gen.Choose(0, 4)))
        from fields in Field.ListOf(count)
        from third in Gen.Elements(true, false)
        from gap in Gen.Elements(" ", "\t", "  \t ")
        from trail in Gen.Frequency((8, Gen.Constant("")), (1, Gen.Elements(" ", "\t")))
        select lead + string.Join(gap, fields.Select((field, i) => i > 3 ? "0" : third && i == 2 ? "swap" : field)) + trail;

    private static Gen<byte[]> Table { get; } =
        from count in Gen.Choose(0, 8)
        from rows in Row.ListOf(count)
        from ends in Gen.Frequency((5, Gen.Constant("\n")), (2, Gen.Constant("\r\n")), (1, Gen.Constant("\n\n"))).ListOf(count)
        from isEnded in Gen.Elements(true, true, false)
        select Bytes(string.Concat(rows.Select((row, i) => i < count - 1 || isEnded ? row + ends[i] : row)));

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("UUID=1 none swap sw 0 0\n", "#UUID=1 none swap sw 0 0\n")]
    [InlineData("/swapfile none swap", "#/swapfile none swap")]
    [InlineData("/swapfile none swap\r\n", "#/swapfile none swap\r\n")]
    [InlineData("/swapfile none swap\r", "#/swapfile none swap\r")]
    [InlineData(" \t/swapfile\tnone\tswap\tsw\t0\t0", "# \t/swapfile\tnone\tswap\tsw\t0\t0")]
    [InlineData("/ / ext4 a\r\n/swapfile none swap sw\n\n# x\n", "/ / ext4 a\r\n#/swapfile none swap sw\n\n# x\n")]
    public void Comments_swap_rows(string before, string after) => Assert.Equal(after, Commented(before));

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    [InlineData("# swap was on /dev/sda5 during installation\n")]
    [InlineData("#UUID=1 none swap sw 0 0\n")]
    [InlineData(" # UUID=1 none swap sw 0 0\n")]
    [InlineData("#\tnone swap sw 0 0\n")]
    [InlineData("/dev/mapper/vg-noswap--data /data ext4 defaults 0 2\n")]
    [InlineData("nfs:/export/swapfiles /mnt/nfs nfs defaults 0 0\n")]
    [InlineData("tmpfs /swap tmpfs swap 0 0\n")]
    [InlineData("swap /swap ext4 swap 0 0\n")]
    [InlineData("/swapfile none SWAP sw 0 0\n")]
    [InlineData("/swapfile none swap,x sw 0 0\n")]
    [InlineData("none swap\n")]
    [InlineData("none\nnone\nswap\n")]
    public void Leaves_everything_else(string table) => Assert.Equal(table, Commented(table));

    [Fact]
    public void Names_the_rows()
    {
        var table = new FileSystemTable(Bytes("/ / ext4\n\nUUID=1\tnone swap\n# x\n /swapfile none swap sw 0 0"));
        Assert.Equal([new FileSystemRow(3, "UUID=1"), new FileSystemRow(5, "/swapfile")], table.SwapRows);
    }

    [Fact]
    public void Any_bytes_survive_but_for_the_new_signs() => Property.Holds(
        Gen.OneOf(Table, Gen.Choose(0, 255).Select(i => (byte)i).ArrayOf()),
        before =>
        {
            var table = new FileSystemTable(before);
            var after = table.CommentSwapRows();
            var (oldLines, newLines) = (Lines(before), Lines(after));
            Assert.Equal(oldLines.Length, newLines.Length);
            var commented = table.SwapRows.Select(row => row.Line).ToHashSet();
            for (var i = 0; i < oldLines.Length; i++)
            {
                Assert.Equal(commented.Contains(i + 1) ? "#" + oldLines[i] : oldLines[i], newLines[i]);
            }

            Assert.Empty(new FileSystemTable(after).SwapRows);
            Assert.Equal(after, new FileSystemTable(after).CommentSwapRows());
        },
        cases: 1000);

    [Fact]
    public void The_swap_rows_are_those_that_mount_and_swapon_see() // by libmount, which reads the table for both
    {
        Tool.Require("findmnt");
        Property.Holds(
            Table.Where(table => !table.Contains((byte)'\v')),
            before =>
            {
                var table = new FileSystemTable(before);
                // a row that libmount cannot read as a whole it leaves out, and it is a swap row all the same
                var counted = SwapRowsByFindmnt(before);
                Assert.InRange(counted, CanReadAll(before) ? table.SwapRows.Count : 0, table.SwapRows.Count);
                Assert.Equal(0, SwapRowsByFindmnt(table.CommentSwapRows()));
            },
            cases: 60);
    }

    [Fact]
    public void A_good_table_is_no_worse_to_findmnt()
    {
        Tool.Require("findmnt");
        var before = Bytes("proc /proc proc defaults 0 0\ntmpfs /mnt tmpfs defaults 0 0\n/swapfile none swap sw 0 0\ntmpfs /swap tmpfs swap 0 0");
        Assert.True(Complaints(new FileSystemTable(before).CommentSwapRows()) <= Complaints(before));
    }

    private static string Commented(string table) => Encoding.Latin1.GetString(new FileSystemTable(Bytes(table)).CommentSwapRows());

    private static byte[] Bytes(string text) => Encoding.Latin1.GetBytes(text);

    private static string[] Lines(byte[] table) => Encoding.Latin1.GetString(table).Split('\n');

    private int SwapRowsByFindmnt(byte[] table) =>
        Tool.Try("findmnt", "", "--tab-file", Write(table), "--noheadings", "--raw", "--output", "FSTYPE").Output.Split('\n')
            .Count(type => type == "swap");

    private bool CanReadAll(byte[] table) =>
        !Tool.Try("findmnt", "", "--tab-file", Write(table), "--noheadings").Error.Contains("parse error", StringComparison.Ordinal);

    private int Complaints(byte[] table) =>
        Tool.Try("findmnt", "", "--verify", "--tab-file", Write(table)) is var result
            ? result.Output.Split('\n')
                .Count(line => line.Contains("[E]", StringComparison.Ordinal) || line.Contains("[W]", StringComparison.Ordinal))
            : 0;

    private string Write(byte[] table)
    {
        File.WriteAllBytes(_directory["fstab"], table);
        return _directory["fstab"];
    }
}
