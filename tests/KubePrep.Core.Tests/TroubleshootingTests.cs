using System.Text.RegularExpressions;

namespace KubePrep.Core.Tests;

public sealed partial class TroubleshootingTests
{
    private static readonly string Page = File.ReadAllText(Repository.File("docs/troubleshooting.md"));

    [Fact]
    public void Every_error_has_a_section_and_they_are_in_alphabetical_order() =>
        Assert.Equal(
            Enum.GetNames<ErrorId>().Order(StringComparer.OrdinalIgnoreCase),
            Sections.Select(section => section.Groups["id"].Value));

    [Fact]
    public void Every_section_has_a_message_a_cause_and_a_way_out() =>
        Assert.All(Sections, section => Assert.Matches(Parts, section.Groups["text"].Value));

    private static MatchCollection Sections => Section.Matches(Page[Page.IndexOf("\n# The errors\n", StringComparison.Ordinal)..]);

    [GeneratedRegex(@"^## (?<id>\w+)\n(?<text>.*?)(?=^## |\z)", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Section { get; }

    [GeneratedRegex(@"\A\n- \*\*Message\*\*: \S.*\n- \*\*Cause\*\*: \S.*\n- \*\*Way out\*\*: \S", RegexOptions.Singleline)]
    private static partial Regex Parts { get; }
}
