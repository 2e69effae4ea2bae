using System.Management.Automation;
using KubePrep.Base;
using KubePrep.Parameters;
using KubePrep.Users;

namespace KubePrep.Commands;

/// <summary>Lists the users whose files are in a cluster's directory, and whether their certificates are of use.</summary>
[Cmdlet(VerbsCommon.Get, "KpUser")]
[OutputType(typeof(ClusterUser))]
public sealed class GetKpUserCommand : DeploymentCmdlet
{
    /// <summary>The users' names; all of them by default.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(UserNameCompleter))]
    [SupportsWildcards]
    public string[] Name { get; set; } = [];

    /// <summary>The cluster's directory; the current one by default.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string ClusterDirectory { get; set; } = ".";

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (Name.Length == 0)
        {
            Report(() => WriteObject(UserEngines.New().List(Resolve(ClusterDirectory)), enumerateCollection: true));
        }

        foreach (var name in Name)
        {
            Report(() => WriteObject(UserEngines.New().List(Resolve(ClusterDirectory), name), enumerateCollection: true));
        }
    }
}
