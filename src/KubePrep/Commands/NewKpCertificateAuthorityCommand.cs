using System.Management.Automation;
using KubePrep.Base;
using KubePrep.Deployment;
using KubePrep.Parameters;

namespace KubePrep.Commands;

/// <summary>Makes a cluster's certificate authority, or keeps the one that exists.</summary>
[Cmdlet(VerbsCommon.New, "KpCertificateAuthority", SupportsShouldProcess = true, DefaultParameterSetName = PathSet)]
[OutputType(typeof(DeployedAuthority))]
public sealed class NewKpCertificateAuthorityCommand : IssuingCmdlet
{
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";

    /// <summary>The directories of the authorities' files, a cluster's <c>ssl/</c>; made if missing. Wildcards stand for existing ones.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet, ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(DirectoryCompleter))]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>The same, with no character taken for a wildcard.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP")]
    public string[] LiteralPath { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var path in ParameterSetName == PathSet ? Path : LiteralPath)
        {
            Report(() =>
            {
                foreach (var directory in ParameterSetName == PathSet ? Expand(path) : [Resolve(path)])
                {
                    Create(directory);
                }
            });
        }
    }

    private void Create(string directory)
    {
        var request = new AuthorityRequest(directory) { KeyAlgorithm = KeyAlgorithm, Lifetime = Lifetime, Force = Force };
        Run(directory, "Make a certificate authority", options => Engine.CreateAuthority(request, options));
    }
}
