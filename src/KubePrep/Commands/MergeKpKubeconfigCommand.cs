using System.Management.Automation;
using KubePrep.Base;
using KubePrep.Kubeconfig;

namespace KubePrep.Commands;

/// <summary>Merges kubeconfigs into the one kubectl uses, whose comments, order and other entries stay.</summary>
[Cmdlet(VerbsData.Merge, "KpKubeconfig", SupportsShouldProcess = true, DefaultParameterSetName = PathSet)]
[OutputType(typeof(ContextChange))]
public sealed class MergeKpKubeconfigCommand : KubeconfigCmdlet
{
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";
    private readonly List<string> _sources = [];
    private bool _hasFailed;

    /// <summary>The kubeconfigs to merge.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = PathSet)]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>The same; no character is taken for a wildcard.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = LiteralPathSet)]
    [Alias("PSPath", "LP", "FullName")]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>The kubeconfig to merge them into; <c>~/.kube/config</c> by default.</summary>
    [Parameter(Position = 1)]
    public string? Destination { get; set; }

    /// <summary>Gives what has the name of something else the first free name with -2, -3 and so on behind it.</summary>
    [Parameter]
    public SwitchParameter Rename { get; set; }

    /// <summary>Puts what has the name of something else in its place, after a backup.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Makes the current context of the first file that has one the current context of the destination.</summary>
    [Parameter]
    public SwitchParameter SetCurrentContext { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        if (Rename && Force)
        {
            ThrowTerminatingError(Errors.From(Errors.Exclusive("-Rename", "-Force")));
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        try
        {
            _sources.AddRange(ParameterSetName == PathSet ? Path.SelectMany(FilesOf) : LiteralPath.Select(Resolve));
        }
        catch (KubePrepException e)
        {
            _hasFailed = true;
            WriteError(Errors.From(e));
        }
    }

    /// <summary>All are merged as one: either each of them is, or the destination stays as it is.</summary>
    protected override void EndProcessing()
    {
        if (_hasFailed || _sources.Count == 0)
        {
            return;
        }

        Report(() => Merge(Destination is null ? KubeconfigMerger.DefaultPath : Resolve(Destination)));
    }

    private void Merge(string destination) => Run(
        destination,
        $"Merge {(_sources.Count == 1 ? _sources[0] : $"{_sources.Count} kubeconfigs")} into",
        (whatIf, cancellation) => Merger.Merge(
            new MergeRequest([.. _sources.Distinct()], destination)
            {
                Clashes = Rename ? ClashHandling.Rename : Force ? ClashHandling.Replace : ClashHandling.Refuse,
                SetCurrentContext = SetCurrentContext,
                WhatIf = whatIf,
            },
            cancellation));

    /// <summary>The files of a pattern; a file whose own name has such characters in it goes first.</summary>
    private IEnumerable<string> FilesOf(string path) => WildcardPattern.ContainsWildcardCharacters(path) && !File.Exists(Resolve(path))
        ? Expand(path).Where(File.Exists)
        : [Resolve(path)];
}
