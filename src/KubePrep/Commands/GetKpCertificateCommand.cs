using System.Management.Automation;
using KubePrep.Base;
using KubePrep.Certificates;
using KubePrep.Parameters;
using KubePrep.Pki;
using KubePrep.Yaml;

namespace KubePrep.Commands;

/// <summary>Lists the certificates of clusters' directories, those in kubeconfigs and any others, and says when they end and how they are.</summary>
[Cmdlet(VerbsCommon.Get, "KpCertificate", DefaultParameterSetName = ClusterDirectorySet)]
[OutputType(typeof(ClusterCertificate))]
public sealed class GetKpCertificateCommand : KubePrepCmdlet
{
    private const string ClusterDirectorySet = "ClusterDirectory";
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";

    private readonly List<string> _clusterDirectories = [];
    private readonly List<string> _paths = [];

    /// <summary>The clusters' directories; the current one by default.</summary>
    [Parameter(Position = 0, ParameterSetName = ClusterDirectorySet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(DirectoryCompleter))]
    public string[] ClusterDirectory { get; set; } = ["."];

    /// <summary>PEM files, kubeconfigs, and directories with such or of clusters. Wildcards stand for existing ones.</summary>
    [Parameter(Mandatory = true, ParameterSetName = PathSet)]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>The same, with no character taken for a wildcard.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP")]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>Puts out only what ends within this time, or has ended.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(HorizonCompleter))]
    public Horizon? ExpiringWithin { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == ClusterDirectorySet)
        {
            Collect(_clusterDirectories, ClusterDirectory, path => [Resolve(path)]);
        }
        else
        {
            Collect(_paths, ParameterSetName == PathSet ? Path : LiteralPath, ParameterSetName == PathSet ? Expand : path => [Resolve(path)]);
        }
    }

    /// <summary>Looks at all places at once, so that a certificate has one row, however many of them it is in.</summary>
    protected override void EndProcessing()
    {
        foreach (var place in _clusterDirectories.Concat(_paths))
        {
            WriteVerbose($"Looking for certificates in '{place}'.");
        }

        var report = new CertificateInventory(new KubeconfigYaml(), TimeProvider.System).Find(_clusterDirectories, _paths, ExpiringWithin);
        WriteObject(report.Certificates, enumerateCollection: true);
        foreach (var error in report.Errors)
        {
            WriteError(Errors.From(error)); // last: it may be made to stop the pipeline, and the others are read
        }
    }

    /// <summary>Keeps places for later; one that is no path is an error of its own.</summary>
    private void Collect(List<string> places, string[] given, Func<string, IReadOnlyList<string>> resolve)
    {
        foreach (var path in given)
        {
            Report(() => places.AddRange(resolve(path)));
        }
    }
}
