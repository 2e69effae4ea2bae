using System.Management.Automation;
using System.Reflection;
using System.Text.RegularExpressions;

namespace KubePrep.ModuleTests;

/// <summary>The guidelines that are required.</summary>
internal static partial class RequiredGuidelines
{
    private static readonly string[] ProcessingMethods = ["BeginProcessing", "ProcessRecord", "EndProcessing"];

    /// <summary>The verbs of this module that change nothing.</summary>
    private static readonly string[] ReadingVerbs = [VerbsCommon.Get, VerbsData.Import, VerbsDiagnostic.Test];

    private static readonly HashSet<string> ApprovedVerbs =
    [
        .. typeof(VerbsCommon).Assembly.GetTypes()
            .Where(type => type.Namespace == typeof(VerbsCommon).Namespace && type.Name.StartsWith("Verbs", StringComparison.Ordinal))
            .SelectMany(type => type.GetFields())
            .Select(field => (string)field.GetRawConstantValue()!),
    ];

    /// <summary>The names and aliases of the parameters that PowerShell adds.</summary>
    private static readonly HashSet<string> ReservedNames = new(
        [
            "Confirm", "Debug", "ErrorAction", "ErrorVariable", "InformationAction", "InformationVariable", "OutBuffer", "OutVariable",
            "PipelineVariable", "ProgressAction", "SelectObject", "SelectProperty", "UseTransaction", "Verbose", "WarningAction",
            "WarningVariable", "WhatIf",
            "cf", "db", "ea", "ev", "infa", "iv", "ob", "ov", "proga", "pv", "usetx", "vb", "wa", "wi", "wv",
        ],
        StringComparer.OrdinalIgnoreCase);

    public static IReadOnlyList<Guideline> All { get; } =
    [
        Guideline.OfCmdlets("RD01", "The verb is an approved one.", cmdlet => ApprovedVerbs.Contains(cmdlet.Verb)),
        Guideline.OfCmdlets("RD02", "The name is of letters and digits.", cmdlet =>
            Name().IsMatch(cmdlet.Verb) && Name().IsMatch(cmdlet.Noun)),
        Guideline.OfCmdlets("RD03", "No parameter has a name that PowerShell or another parameter has.", HasNamesOfItsOwn),
        Guideline.OfCmdlets("RD04a", "What changes something can be asked for confirmation, and nothing else can.", cmdlet =>
            cmdlet.SupportsShouldProcess != ReadingVerbs.Contains(cmdlet.Verb)),
        Guideline.OfCmdlets("RD04b", "What can be asked for confirmation asks for it, and nothing else does.", cmdlet =>
            cmdlet.SupportsShouldProcess == Calls(cmdlet, nameof(Cmdlet.ShouldProcess))),
        Guideline.OfCmdlets("RD05", "What asks in any case has -Force, which answers.", cmdlet =>
            !Calls(cmdlet, nameof(Cmdlet.ShouldContinue)) || cmdlet.Find("Force") is not null),
        Guideline.OfCmdlets("RC01", "The class is public, and a PSCmdlet.", cmdlet =>
            cmdlet.Type.IsPublic && cmdlet.Type.IsSubclassOf(typeof(PSCmdlet))),
        new("RC02", "Each class that can be a cmdlet is declared as one.", CmdletClass.Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(Cmdlet)) && !type.IsAbstract && !type.Has<CmdletAttribute>())
            .Select(type => type.Name)),
        Guideline.OfCmdlets("RC03", "A method that processes input is overridden.", cmdlet => ProcessingMethods.Any(cmdlet.Overrides)),
        Guideline.OfCmdlets("RC04", "The types of what is put out are declared.", cmdlet => cmdlet.OutputTypes.Count > 0),
        new("RC06", "Errors are made in one place, which gives each its id, category, target and way out.", MethodCalls
            .CallersOf(CmdletClass.Assembly, typeof(ErrorRecord), ConstructorInfo.ConstructorName)
            .Select(type => type.Name)
            .Where(name => name != "Errors")),
    ];

    private static bool Calls(CmdletClass cmdlet, string method) =>
        MethodCalls.ReachedBy(cmdlet.Type).Any(called => called.DeclaringType == typeof(Cmdlet) && called.Name == method);

    private static bool HasNamesOfItsOwn(CmdletClass cmdlet)
    {
        var added = cmdlet.SupportsShouldProcess ? CmdletParameter.OfShouldProcess : [];
        var names = cmdlet.Parameters.Except(added).SelectMany(parameter => parameter.Aliases.Append(parameter.Name)).ToList();
        return names.Distinct(StringComparer.OrdinalIgnoreCase).Count() == names.Count && !names.Exists(ReservedNames.Contains);
    }

    [GeneratedRegex("""\A[A-Za-z][A-Za-z0-9]*\z""")]
    private static partial Regex Name();
}
