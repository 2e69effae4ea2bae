using System.Management.Automation;
using KubePrep.Base;
using KubePrep.Parameters;
using KubePrep.Users;

namespace KubePrep.Commands;

/// <summary>Removes users' files after a backup, and says what that does not end.</summary>
[Cmdlet(VerbsCommon.Remove, "KpUser", SupportsShouldProcess = true)]
[OutputType(typeof(DeployedUser))]
public sealed class RemoveKpUserCommand : DeploymentCmdlet
{
    /// <summary>The users' whole names, or patterns of them.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
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
        foreach (var pattern in Name)
        {
            Report(() => Remove(Resolve(ClusterDirectory), pattern));
        }
    }

    private void Remove(string directory, string pattern)
    {
        foreach (var name in UserEngine.Names(directory, pattern))
        {
            Run(name, "Remove a user's files", options => UserEngines.New().Remove(directory, name, options));
        }
    }
}
