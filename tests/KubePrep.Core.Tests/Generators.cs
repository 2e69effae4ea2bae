using FsCheck;
using FsCheck.Fluent;

namespace KubePrep.Core.Tests;

/// <summary>Generators of text as users and other programs write it.</summary>
internal static class Generators
{
    private static readonly string[] PrintableCharacters = [.. "abcxyzABCXYZ019 '()+,-./:=?".Select(c => c.ToString())];

    private static readonly string[] OtherCharacters =
        [
            "*", "@", "&", "_", "!", "\"", "#", "$", "%", ";", "<", ">", "[", "\\", "]", "^", "`", "{", "|", "}", "~", "é", "ß", "中", "文",
            "한", "ｆ", "\u00a0", "😀", "𝔸"
        ];

    private static readonly string[] OddNames =
    [
        "y", "Y", "n", "N", "yes", "Yes", "YES", "no", "No", "NO", "on", "On", "ON", "off", "Off", "OFF", "true", "True", "TRUE", "false",
        "False", "FALSE",
        "yEs", "oN", "tRue", "null", "Null", "NULL", "nUll", "~", "~x", "<<", "=", "==", "1e3", "1E3", "1e+3", "1e", "e1", "0x1F", "0X1F",
        "0x", "0xg", "-0x1F", "0o17", "0O17", "0o8", "0b1",
        "0b2", "0B1", "017", "08", "09", "0", "00", "-0", "+0", "123", "-123", "+1", "+", "-", "--", "---", "...", "- a", "-a", "1_000",
        "_1", "1_", "1__0", "0_", "1:30", "1:60", "1:5", "190:20:30",
        "1:30.5", "190:20:30.15", "12:30:45", ".5", "5.", ".", "._", "_.5", "1.5", "1.5.2", "-.5", "+.5", "1,5", "1,000", ".inf", "-.inf",
        "+.inf", ".Inf", ".INF", "inf", "-inf", ".iNf", ".nan", ".NaN", ".NAN", "nan",
        "NaN", "._5", "._0888", ".5_0", ".5e1_0", "-._5", "+_1", "-_1", "1_e3", "1e_3", "1e3_", "0_x1F", "0x1_F", "0b_1", "1_:30", "1:3_0",
        "2024-0_1-01", "2024-01-01 0:0:0", "2024-01-01T0:0:0Z", "2024-01-01 24:00:00", "2024-01-01T00:00:00", "2024-01-01T00:00:00z",
        "2024-01-01T00:00:00,5Z", "2024-01-01T00:00:00+25:00", "0000-01-01", "2024-02-30", "12345-01-01", "00x1", "0o_17",
        "-0xFFFFFFFFFFFFFFFF", "0xFFFFFFFFFFFFFFFF", "18446744073709551616", ".1e400", "1e400", "-.inf ", "+0o7", "+.5e-3",
        "2024-01-01", "2024-1-1", "2024-13-45", "2024-01-01T00:00:00Z", "2024-01-01 00:00:00", "2024-01-01t00:00:00", "2024-01-01x",
        "24-01-01", "2024-01", "2001-12-14 21:59:43.10 -5",
        "2001-12-14t21:59:43.10-05:00", "a: b", "a:b", "a :b", "a:", ":a", ":", ": ", "a #b", "a# b", "a#b", "#a", "#", "'", "\"", "o'q",
        "'a'", "\"a\"", "a'", "a\"", "it's \"it\"", " a", "a ", " ", "  ", "a  b",
        "@k8s", "admin@k8s", "`a`", "a`", "%a", "a%", "&a", "a&", "*a", "a*", "!a", "!!str", "a!", "|", "|a", ">", ">a", "?", "? a", "?a",
        "a?", "{a", "a}", "{}", "[a", "a]", "[]", ",a", "a,", "a, b", "a,b", ",",
        "a\\b", "\\", "\\n", "C:\\x", "é", "中文", "한국", "ｆｕｌｌ", "😀", "a😀b", "\u00a0", "a\u00adb", "\u200b", "\u202ea", "\ue000", "\ufffd",
        "kubernetes", "context-demo", "system:kube-scheduler",
        "system:node:n1", "arn:aws:eks:eu-west-1:123456789012:cluster/x", "gke_project_zone_name", "minikube", "1.2.3.4", "::1", "fe80::1",
        "v1.33", "1a", "0a", "a0", "1-2", "1/2", "a/b", "$HOME", "${x}", "$(x)", "a;b", "a|b", "a<b>", "(a)", "a=b", "^", "_", "__", "0.",
        "1.e3", "1.0e3", "1.5e-3", ".e3",
        ".5e3", "0.0", "1e1000", "99999999999999999999", "0xFFFFFFFFFFFFFFFFFF", "-9223372036854775809", "0777", "0888", "0_7", "12e03",
        "-2E+05", "685_230.15", "0b1010_0111", "02472256", "0x_0A_74_AE", "0b", "0o", "+0b1", "-0o7", "+12:30", "-1:30", "1:2:3:4",
    ];

    /// <summary>Text of 1 to 60 characters of all kinds but control characters.</summary>
    public static Gen<string> AttributeValue { get; } = Joined(
        Gen.Frequency((4, Gen.Elements(PrintableCharacters)), (1, Gen.Elements(OtherCharacters))), 1, 30);

    /// <summary>Text that may need quoting in YAML: known traps, made longer or not, and free text.</summary>
    public static Gen<string> OddName { get; } = Gen.Frequency(
        (3, Gen.Elements(OddNames)),
        (2, Joined(Gen.Elements(OddNames), 2, 3)),
        (2, Joined(Gen.Elements([.. PrintableCharacters, .. OtherCharacters]), 1, 12)),
        (1, Joined(Gen.Elements("0", "1", "9", "_", ".", ":", "-", "+", "e", "E", "x", "o", "b", "f", "a", " ", "T"), 1, 8)),
        (1, Joined(Gen.Elements(OddNames), 10, 40)),
        (1, Joined(Gen.Elements([.. SeparatorNames, "a", " ", "'"]), 1, 6)));

    /// <summary>Line separators and a byte order mark, which are no control characters to .NET, and names longer than a line.</summary>
    public static IReadOnlyList<string> SeparatorNames =>
        [
            "\u2028", "\u2029", "\ufeff", "a\u2028b", " \u2029 ", "'\u2028'", "😀\u2028 a", "\ufeffa",
            string.Join(' ', Enumerable.Repeat("long", 40)), string.Join(' ', Enumerable.Repeat("it's", 40))
        ];

    /// <summary>All the known traps, each once.</summary>
    public static IReadOnlyList<string> AllOddNames => OddNames;

    /// <summary>Damages text at some places: cuts it off, or takes out, puts in or repeats something.</summary>
    public static Gen<DamagedFile> Damaged(byte[] original) =>
        from count in Gen.Choose(1, 4)
        from edits in Edit(original).ListOf(count)
        select new DamagedFile(edits.Aggregate(original, (content, edit) => edit(content)));

    private static Gen<Func<byte[], byte[]>> Edit(byte[] original) =>
        from place in Gen.Choose(0, original.Length)
        from length in Gen.Frequency((3, Gen.Choose(0, 4)), (1, Gen.Choose(0, original.Length)))
        from inserted in Gen.Elements(
            "",
            "",
            "\t",
            "\n",
            " ",
            "x",
            "\"",
            "'",
            "{",
            "}",
            "[",
            "]",
            ":",
            ",",
            "-",
            "- ",
            "&a ",
            "*a ",
            "!!x ",
            "|\n",
            "\0",
            "\u00ff",
            "null",
            "1",
            "\\ud800",
            "===",
            "-----",
            "---\n")
        select (Func<byte[], byte[]>)(content =>
        {
            var at = Math.Min(place, content.Length);
            return
            [
                .. content[..at], .. inserted == "\u00ff" ? [0xff] : System.Text.Encoding.UTF8.GetBytes(inserted),
                .. content[Math.Min(at + length, content.Length)..]
            ];
        });

    private static Gen<string> Joined(Gen<string> part, int minimum, int maximum) =>
        from count in Gen.Choose(minimum, maximum)
        from parts in part.ListOf(count)
        select string.Concat(parts);
}
