using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using KubePrep.Changes;

namespace KubePrep.Core.Tests;

public sealed partial class UnifiedDiffTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    [GeneratedRegex("^[-+]", RegexOptions.Multiline)]
    private static partial Regex ChangedLine { get; }

    /// <summary>Two contents with much in common, some lines of which look like a diff's.</summary>
    private static Gen<(string Before, string After)> Pair { get; } =
        from line in Gen.Elements(Gen.Elements("a", "b", "c"),
            Gen.Elements("", "--- x", "+++ y", "@@ -1 +1 @@", "-1", "+1", " ", "\\ No newline", "\tt", "é", "中", "a", "b", "x", "y"))
        from count in Gen.Choose(0, 30)
        from before in line.ListOf(count)
        from edits in Edit(line).ListOf(4)
        from howMany in Gen.Choose(0, 4)
        from ends in Gen.Elements((true, true), (true, true), (false, false), (true, false), (false, true))
        let after = edits.Take(howMany).Aggregate(before.ToList(), (lines, edit) => edit(lines))
        select (Joined([.. before], ends.Item1), Joined(after, ends.Item2));

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Shows_three_lines_around_a_change() => Assert.Equal(
        """
        --- /etc/x
        +++ /etc/x
        @@ -2,7 +2,7 @@
         2
         3
         4
        -5
        +five
         6
         7
         8

        """,
        Diff(string.Concat(Enumerable.Range(1, 9).Select(i => $"{i}\n")),
            string.Concat(Enumerable.Range(1, 9).Select(i => i == 5 ? "five\n" : $"{i}\n"))));

    [Fact]
    public void Shows_a_new_file() =>
        Assert.Equal("--- /dev/null\n+++ /etc/x\n@@ -0,0 +1,2 @@\n+a\n+b\n", UnifiedDiff.OfFile("/etc/x", null, "a\nb\n"u8.ToArray()));

    [Fact]
    public void Shows_an_emptied_file() => Assert.Equal("--- /etc/x\n+++ /etc/x\n@@ -1 +0,0 @@\n-a\n", Diff("a\n", ""));

    [Fact]
    public void Shows_that_the_last_line_has_no_end() => Assert.Equal(
        "--- /etc/x\n+++ /etc/x\n@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+a\n", Diff("a", "a\n"));

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("a\n")]
    public void Shows_nothing_where_nothing_changes(string content) => Assert.Equal("", Diff(content, content));

    [Fact]
    public void Shows_no_control_characters_and_no_broken_text()
    {
        var diff = UnifiedDiff.OfFile("/etc/\u001bx", new byte[] { (byte)'a', 0xff, (byte)'\n' }, "\u001b[31m\r\t\u009bx\n"u8.ToArray());
        Assert.Equal("--- /etc/?x\n+++ /etc/?x\n@@ -1 +1 @@\n-a\ufffd\n+?[31m?\t?x\n", diff);
    }

    [Fact]
    public void Tells_bytes_apart_that_are_no_text() => Assert.NotEmpty(UnifiedDiff.OfFile("x", new byte[] { 0xff }, new byte[] { 0xfe }));

    [Theory]
    [InlineData("0", "1", "-0\n+1\n")]
    [InlineData(null, "1", "+1\n")]
    [InlineData("1", "1", "")]
    [InlineData("a\nb", "1", "-a?b\n+1\n")]
    public void Shows_values(string? before, string after, string diff) => Assert.Equal(diff, UnifiedDiff.OfValue(before, after));

    [Fact]
    public void Patch_makes_the_new_file_of_the_old_one()
    {
        Tool.Require("patch");
        Property.Holds(
            Pair,
            pair =>
            {
                var diff = Diff(pair.Before, pair.After);
                if (diff.Length == 0)
                {
                    Assert.Equal(pair.Before, pair.After);
                    return;
                }

                var (before, patch, after) = (_directory.Write("before", pair.Before), _directory.Write("patch", diff),
                    _directory["after"]);
                Tool.Run("patch", "--force", "--fuzz=0", "--unified", "--input", patch, "--output", after, before);
                Assert.Equal(pair.After, File.ReadAllText(after));
            },
            cases: 200);
    }

    [Fact]
    public void As_few_lines_change_as_diff_finds()
    {
        Tool.Require("diff");
        Property.Holds(
            Pair,
            pair => Assert.Equal(ChangedLine.Count(Reference(pair.Before, pair.After)),
                ChangedLine.Count(Body(Diff(pair.Before, pair.After)))),
            cases: 200);
    }

    [Fact]
    public void One_change_among_lines_that_differ_is_shown_as_diff_shows_it()
    {
        Tool.Require("diff");
        var pairs =
            from count in Gen.Choose(1, 40)
            from places in Gen.Choose(0, count - 1).ListOf(3)
            from action in Gen.Choose(0, 2)
            from isEnded in Gen.Elements(true, false)
            let before = Enumerable.Range(0, count).Select(i => $"line {i}").ToList()
            let after = before.SelectMany((line, i) => !places.Contains(i) ? [line] : action switch
            {
                0 => Array.Empty<string>(),
                1 => [line, $"{line} more"],
                _ => [$"{line} changed"],
            }).ToList()
            select (Before: Joined(before, isEnded), After: Joined(after, isEnded));
        Property.Holds(pairs, pair => Assert.Equal(Reference(pair.Before, pair.After), Body(Diff(pair.Before, pair.After))), cases: 200);
    }

    [Fact]
    public void Long_files_take_no_long_time()
    {
        Tool.Require("patch");
        var random = new Random(1);
        var common = Enumerable.Range(0, 10_000).Select(i => $"line {i}").ToList();
        foreach (var (before, after) in new (List<string> Before, List<string> After)[]
        {
            (common, [.. common.Select(line => random.Next(20) == 0 ? "changed" : line)]),
            (common, [.. common.Select(line => line + "x")]),
            (common, [.. common.AsEnumerable().Reverse()]),
            ([.. common.Select(_ => $"{random.Next(50)}")], [.. common.Select(_ => $"{random.Next(50)}")]),
            ([.. Enumerable.Repeat("a", 300_000)], ["a", "b", "a"]),
        })
        {
            var clock = Stopwatch.StartNew();
            var diff = Diff(Joined(before, true), Joined(after, true));
            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(15), $"it took {clock.Elapsed}");
            var patch = _directory.Write("patch", diff);
            Tool.Run("patch", "--force", "--unified", "--input", patch, "--output", _directory["after"],
                _directory.Write("before", Joined(before, true)));
            Assert.Equal(Joined(after, true), File.ReadAllText(_directory["after"]));
        }
    }

    private static Gen<Func<List<string>, List<string>>> Edit(Gen<string> line) =>
        from place in Gen.Choose(0, 30)
        from length in Gen.Choose(0, 3)
        from count in Gen.Choose(0, 3)
        from added in line.ListOf(count)
        select (Func<List<string>, List<string>>)(lines =>
        {
            var at = Math.Min(place, lines.Count);
            return [.. lines[..at], .. added, .. lines[Math.Min(at + length, lines.Count)..]];
        });

    private static string Joined(List<string> lines, bool isEnded) => string.Join('\n', lines) + (isEnded && lines.Count > 0 ? "\n" : "");

    private static string Diff(string before, string after) =>
        UnifiedDiff.OfFile("/etc/x", Encoding.UTF8.GetBytes(before), Encoding.UTF8.GetBytes(after));

    /// <summary>A diff without the lines that name its files.</summary>
    private static string Body(string diff) => diff.Length == 0 ? "" : string.Join('\n', diff.Split('\n')[2..]);

    private string Reference(string before, string after) =>
        Body(Tool.Try("diff", "", "--minimal", "--text", "-u", _directory.Write("before", before), _directory.Write("after", after))
            .Output);
}
