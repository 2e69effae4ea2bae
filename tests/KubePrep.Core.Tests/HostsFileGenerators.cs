using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace KubePrep.Core.Tests;

/// <summary>Generators of hosts files as users, other programs and accidents leave them; a character is a byte.</summary>
internal static class HostsFileGenerators
{
    public const string Block = "# BEGIN KUBEPREP\n# between\n10.9.9.9 other-node\n# END KUBEPREP\n";

    /// <summary>The names in rows, of which some differ in case alone, or begin or end with another.</summary>
    public static readonly IReadOnlyList<string> Names =
        ["node-1", "gpu-node-1", "node-10", "NODE-1", "node-1.example.org", "n", "localhost", "ip6-localhost", "x_y"];

    public static readonly IReadOnlyList<string> Addresses =
    [
        "10.0.0.1", "10.0.0.2", "127.0.0.1", "127.0.1.1", "::1", "2001:db8::1", "2001:DB8:0:0::2", "::ffff:10.0.0.3", "::10.0.0.4", "fe80::1",
        "10.1", "010.0.0.1", "0x0a.0.0.1", "10.0.0.1.", "10.0.0.256", "fe80::1%lo", "[::1]", "::1/128", "1:2:3:4:5:6:7::", "::2:3:4:5:6:7:8",
        "1:2:3:4::5:6:7:8", "2001:db8:::1", "2001:db8::00001", "node-1", "10.0.0.1,", "127.0.01.1", "::ffff:127.0.1.1",
    ];

    /// <summary>Lines that are almost marks.</summary>
    private static readonly string[] NearMarks =
    [
        " # BEGIN KUBEPREP", "\t# END KUBEPREP", "#BEGIN KUBEPREP", "# BEGIN KUBEPREPX", "# begin kubeprep", "x # BEGIN KUBEPREP", "## END KUBEPREP",
        "# END  KUBEPREP", "# BEGIN KUBEPREP\v", "# END KUBEPREP\0", "### BEGIN KUBEASZ MANAGED BLOCK ###", "# BEGIN KUBEASZ MANAGED BLOCK",
        "\r# BEGIN KUBEPREP", "# BEGIN KUBEPREP \r x",
    ];

    private static Gen<string> Blank { get; } = Gen.Frequency((6, Gen.Elements(" ", "\t", "   ")), (1, Gen.Elements("\v", "\f", "\r", " \r\t\f ")));

    private static Gen<string> End { get; } =
        Gen.Frequency((6, Gen.Constant("\n")), (2, Gen.Constant("\r\n")), (1, Gen.Elements(" \n", "\t\r\n", "\r\r\n")));

    private static Gen<string> Row { get; } =
        from lead in Gen.Frequency((8, Gen.Constant("")), (1, Blank), (1, Gen.Constant("#")))
        from address in Gen.Frequency((2, Gen.Elements("10.0.0.1", "127.0.1.1", "2001:db8::1")), (3, Gen.Elements<string>(Addresses)))
        from count in Gen.Frequency((1, Gen.Constant(0)), (9, Gen.Choose(1, 4)))
        from names in Gen.Frequency(
            (12, Gen.Elements<string>(Names)),
            (1, Gen.Elements("\u00e9", "\u00c3\u00a9", "a\0b", "a#b", "\u001b[1m", "*"))).ListOf(count)
        from blanks in Blank.ListOf(count)
        from trail in Gen.Frequency((6, Gen.Constant("")), (1, Blank), (2, Gen.Elements("#", " # a comment", "\t#x y", "\0 z", "\v")))
        select lead + address + string.Concat(names.Select((name, i) => blanks[i] + name)) + trail;

    private static Gen<string> Line { get; } = Gen.Frequency(
        (8, Row),
        (1, Gen.Elements(NearMarks)),
        (1, Gen.Elements("", " ", "\0", "\r", "# a comment", "\u00ff\u00fe")));

    private static Gen<string> Lines { get; } =
        from count in Gen.Choose(0, 4)
        from lines in Line.ListOf(count)
        from ends in End.ListOf(count)
        select string.Concat(lines.Select((line, i) => line + ends[i]));

    private static Gen<string> ManagedBlock { get; } =
        from marks in Gen.Elements(("# BEGIN KUBEPREP", "# END KUBEPREP"), ("### BEGIN KUBEASZ MANAGED BLOCK", "### END KUBEASZ MANAGED BLOCK"))
        from lines in Lines
        from begin in End
        from end in End
        select marks.Item1 + begin + lines + marks.Item2 + end;

    /// <summary>A file of rows, comments and stray bytes.</summary>
    public static Gen<byte[]> FileWithoutBlock { get; } = Gen.Frequency(
        (5, Ended(Lines)),
        (1, Gen.Choose(0, 255).Select(i => (byte)i).ArrayOf()),
        (1, Gen.Elements("\n", "\r", "\0", "#", " ", "1").ListOf(8).Select(parts => Bytes(string.Concat(parts)))));

    /// <summary>The same with up to three managed blocks, whose marks are whole.</summary>
    public static Gen<byte[]> FileWithBlocks { get; } = Gen.Frequency(
        (1, FileWithoutBlock),
        (4, Ended(
            from count in Gen.Choose(0, 3)
            from blocks in ManagedBlock.ListOf(count)
            from between in Lines.ListOf(count + 1)
            select string.Concat(between.Select((lines, i) => i == 0 ? lines : blocks[i - 1] + lines)))));

    public static byte[] Bytes(string text) => Encoding.Latin1.GetBytes(text);

    public static string Text(ReadOnlySpan<byte> bytes) => Encoding.Latin1.GetString(bytes);

    /// <summary>The same, or without the end of the last line.</summary>
    private static Gen<byte[]> Ended(Gen<string> text) =>
        from content in text
        from isEnded in Gen.Frequency((2, Gen.Constant(true)), (1, Gen.Constant(false)))
        select Bytes(isEnded ? content : content.TrimEnd('\n'));
}
