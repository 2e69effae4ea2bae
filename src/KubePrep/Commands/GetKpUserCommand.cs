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
    [ArgumentCompleter(typeof(DirectoryCompleter))]
    public string ClusterDirectory { get; set; } = ".";

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (Name.Length == 0)
        {
            Report(() => Write([]));
        }

        foreach (var name in Name)
        {
            Report(() => Write([name]));
        }
    }

    private void Write(string[] names)
    {
        var directory = Resolve(ClusterDirectory);
        WriteVerbose($"Looking for users in '{directory}'.");
        WriteObject(UserEngines.New().List(directory, names), enumerateCollection: true);
    }
}
