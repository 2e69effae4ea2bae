using System.CommandLine;
using System.CommandLine.Parsing;
using KubePrep.Changes;
using KubePrep.Preparation;
using KubePrep.Yaml;

namespace KubePrep.Cli;

/// <summary>The options that say what is wanted of nodes.</summary>
internal sealed class ProfileArguments
{
    private static readonly string[] StepNames = [.. PreparationPlanner.StepNames.Select(name => name.ToString())];
    private static readonly string[] ProxyModes = ["nftables", "iptables", "ipvs"];

    private readonly Option<string?> _profile = new("--profile")
    {
        Description = "The desired state: default, kubeasz, or the path of a YAML file [default: default].",
        HelpName = "NAME|PATH",
    };

    private readonly Option<string?> _proxyMode = new("--proxy-mode")
    {
        Description = $"How kube-proxy will route services: {string.Join(", ", ProxyModes)} [default: as the profile says].",
        HelpName = "MODE",
    };

    private readonly Option<string[]> _steps = StepsOption("--step", $"Only these steps: {string.Join(", ", StepNames)}.");
    private readonly Option<string[]> _skippedSteps = StepsOption("--skip-step", "All steps but these.");

    private readonly Option<bool> _setHostName = new("--set-hostname") { Description = "Each node's host name is to be its name in the inventory." };

    private readonly Option<bool> _setTimeSync = new("--set-time-sync")
    {
        Description = "Set up what can keep the clocks, as sync-time does; otherwise it is only warned of a clock that nothing keeps.",
    };

    /// <summary>Makes them part of a command.</summary>
    public void AddTo(Command command)
    {
        _proxyMode.AcceptWords(ProxyModes);
        command.Add(_profile);
        command.Add(_proxyMode);
        command.Add(_steps);
        command.Add(_skippedSteps);
        command.Add(_setHostName);
        command.Add(_setTimeSync);
    }

    /// <summary>What is wanted.</summary>
    public PreparationRequest Request(ParseResult parsed) =>
        new(new PreparationProfileYaml().Read(parsed.GetValue(_profile) ?? "default"))
        {
            ProxyMode = parsed.GetValue(_proxyMode) is { } mode ? (ProxyMode)IndexOf(ProxyModes, mode) : null,
            Steps = Wanted(parsed),
            SetHostName = parsed.GetValue(_setHostName),
            SetTimeSync = parsed.GetValue(_setTimeSync),
        };

    private HashSet<StepName> Wanted(ParseResult parsed)
    {
        var wanted = StepsIn(parsed.GetValue(_steps) ?? []);
        var all = wanted.Count > 0 ? wanted : [.. PreparationPlanner.StepNames];
        all.ExceptWith(StepsIn(parsed.GetValue(_skippedSteps) ?? []));
        return all;
    }

    private static Option<string[]> StepsOption(string name, string description)
    {
        var option = new Option<string[]>(name) { Description = description, HelpName = "A,B" };
        option.Validators.Add(result => Validate(name, result));
        option.CompletionSources.Add(StepNames);
        return option;
    }

    private static void Validate(string name, OptionResult result)
    {
        foreach (var word in result.Tokens.SelectMany(token => token.Value.Split(',')))
        {
            if (IndexOf(StepNames, word) < 0)
            {
                result.AddError($"{name}: '{word}' is no step; give some of {string.Join(", ", StepNames)}.");
            }
        }
    }

    private static HashSet<StepName> StepsIn(string[] values) =>
        [.. values.SelectMany(value => value.Split(',')).Select(word => (StepName)IndexOf(StepNames, word))];

    private static int IndexOf(string[] words, string word) => Array.FindIndex(words, known => known.Equals(word, StringComparison.OrdinalIgnoreCase));
}
