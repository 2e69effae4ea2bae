namespace KubePrep.ModuleTests;

/// <summary>Something that does not follow a guideline, and why it is better so.</summary>
/// <param name="Id">The guideline's id.</param>
/// <param name="Subject">What does not follow it.</param>
/// <param name="Reason">Why it is better so.</param>
internal sealed record GuidelineException(string Id, string Subject, string Reason)
{
    private const string FactsComeWithTheirNode = "one object of the pipeline holds a node and what it has said: both are taken from it";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<GuidelineException> All { get; } =
    [
        new("SD03b", "NodeCmdlet.Options", "PowerShell's own cmdlets call ssh's options so (New-PSSession, Invoke-Command)"),
        new("SD03b", "GatheringCmdlet.Facts", "it takes the property Facts of results, and is not typed"),
        new("SD03g", "Get-KpTimeSync, set __AllParameterSets", FactsComeWithTheirNode),
        new("SD03g", "Set-KpTimeSync, set __AllParameterSets", FactsComeWithTheirNode),
        new("SD03g", "Sync-KpHostsFile, set __AllParameterSets", FactsComeWithTheirNode),
        new("SD04", "KubePrep: Console.get_IsOutputRedirected", "views ask it, to be plain where the whole process is redirected; nothing is written"),
        new("SC01b", "New-KpKubeconfig", "the file is made, so there is nothing that a wildcard could stand for"),
        new("SC02a", "Get-KpCertificate, set Path", "patterns are typed; files are piped to -LiteralPath, and clusters' directories to the default set"),
    ];
}
