using System.Text.RegularExpressions;

namespace KubePrep.Cli.Tests;

/// <summary>Whether what the guides tell a user to type is there.</summary>
public sealed partial class GuideTests
{
    private static readonly string[] CommonParameters =
        ["Debug", "ErrorAction", "ErrorVariable", "InformationAction", "OutVariable", "ProgressAction", "Verbose", "WarningAction", "WarningVariable"];

    private static readonly Dictionary<string, string[]> Commands = CommandsIn(Kubeprep.Run("--help").Output)
        .ToDictionary(command => command, command => Names(Option, Kubeprep.Run(command, "--help").Output));

    private static readonly Dictionary<string, string[]> Cmdlets = Directory.GetFiles(Repository.File("docs/en-US"), "*-Kp*.md")
        .ToDictionary(page => Path.GetFileNameWithoutExtension(page), page => Names(Parameter, File.ReadAllText(page)));

    private static readonly string[] Files = [.. Directory.GetFiles(Repository.File("docs"), "*.md").Select(path => $"docs/{Path.GetFileName(path)}")];

    public static TheoryData<string> Guides => [.. Files];

    public static TheoryData<string> Pages => ["README.md", .. Files];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Names_only_cmdlets_and_parameters_that_there_are(string guide) =>
        Assert.All(CmdletCall.Matches(Read(guide)), call =>
        {
            var name = call.Groups["name"].Value;
            Assert.Contains(name, Cmdlets.Keys);
            Assert.All(Names(GivenParameter, call.Groups["rest"].Value), parameter => Assert.Contains(parameter, Cmdlets[name].Concat(CommonParameters)));
        });

    [Theory]
    [MemberData(nameof(Pages))]
    public void Names_only_commands_and_options_that_there_are(string guide) =>
        Assert.All(CommandCall.Matches(Read(guide)), call =>
        {
            var name = call.Groups["name"].Value;
            Assert.Contains(name, Commands.Keys);
            Assert.All(Names(GivenOption, call.Groups["rest"].Value), option => Assert.Contains(option, Commands[name]));
        });

    [Theory]
    [MemberData(nameof(Guides))]
    public void Names_options_alone_that_a_command_has(string guide) =>
        Assert.All(Names(OptionAlone, Read(guide)), option => Assert.Contains(option, Commands.Values.SelectMany(options => options)));

    private static string Read(string guide) => File.ReadAllText(Repository.File(guide));

    private static string[] CommandsIn(string help) => Names(Command, help[help.IndexOf("Commands:", StringComparison.Ordinal)..]);

    private static string[] Names(Regex pattern, string text) => [.. pattern.Matches(text).Select(match => match.Groups["name"].Value)];

    [GeneratedRegex(@"^  (?<name>[a-z-]+) ", RegexOptions.Multiline)]
    private static partial Regex Command { get; }

    [GeneratedRegex(@"^  (?:-\?, -h, )?(?<name>--[a-z-]+)", RegexOptions.Multiline)]
    private static partial Regex Option { get; }

    [GeneratedRegex(@"^### -(?<name>\w+)$", RegexOptions.Multiline)]
    private static partial Regex Parameter { get; }

    [GeneratedRegex(@"\b(?<name>[A-Z][a-z]+-Kp\w+)(?<rest>[^`|;#()\n]*)")]
    private static partial Regex CmdletCall { get; }

    [GeneratedRegex(@" -(?<name>[A-Z]\w+)")]
    private static partial Regex GivenParameter { get; }

    [GeneratedRegex(@"(?<![\w/])kubeprep (?<name>[a-z][a-z-]*)(?<rest>[^`|;#()\n]*)")]
    private static partial Regex CommandCall { get; }

    [GeneratedRegex(@" (?<name>--[a-z-]+)")]
    private static partial Regex GivenOption { get; }

    [GeneratedRegex(@"`(?<name>--[a-z-]+)[^`\n]*`")]
    private static partial Regex OptionAlone { get; }
}
