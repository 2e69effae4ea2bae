using System.Management.Automation;
using System.Reflection;
using System.Security;

namespace KubePrep.ModuleTests;

/// <summary>The guidelines that are advised.</summary>
internal static class AdvisedGuidelines
{
    private const BindingFlags OwnFields = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private static readonly string[] SecretWords = ["Password", "Passphrase", "Secret", "Token"];

    public static IReadOnlyList<Guideline> All { get; } =
    [
        Guideline.OfParameters("AD03", "PowerShell makes credentials of what is given for them.", parameter =>
            parameter.MakesCredential == (parameter.ItemType == typeof(PSCredential))),
        Guideline.OfCmdlets("AD05", "What tests something can say yes or no.", cmdlet =>
            cmdlet.Verb != VerbsDiagnostic.Test || cmdlet.OutputTypes.Contains(typeof(bool))),
        Guideline.OfCmdlets("AC01", "The class is named after the cmdlet, sealed, and among the commands.", cmdlet =>
            cmdlet.Type.FullName == $"KubePrep.Commands.{cmdlet.Verb}{cmdlet.Noun}Command" && cmdlet.Type.IsSealed),
        Guideline.OfCmdlets("AC03", "What holds something disposable ends when it is stopped.", cmdlet =>
            !HoldsDisposable(cmdlet) || cmdlet.Overrides("StopProcessing")),
        Guideline.OfCmdlets("AC04", "What holds something disposable is disposable.", cmdlet =>
            !HoldsDisposable(cmdlet) || cmdlet.Type.IsAssignableTo(typeof(IDisposable))),
        Guideline.OfParameters("AC06", "Secrets are secure strings or credentials.", parameter =>
            !SecretWords.Any(parameter.Name.Contains) || parameter.Type == typeof(SecureString) || parameter.Type == typeof(PSCredential)),
    ];

    private static bool HoldsDisposable(CmdletClass cmdlet) => cmdlet.Classes
        .SelectMany(type => type.GetFields(OwnFields))
        .Any(field => field.FieldType.IsAssignableTo(typeof(IDisposable)));
}
