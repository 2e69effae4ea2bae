using System.Management.Automation;
using KubePrep.Base;
using KubePrep.Deployment;
using KubePrep.Parameters;

namespace KubePrep.Commands;

/// <summary>Checks a cluster's directory, whoever made it, without a network and without changing anything.</summary>
[Cmdlet(VerbsDiagnostic.Test, "KpDeployment")]
[OutputType(typeof(DeploymentCheck), typeof(bool))]
public sealed class TestKpDeploymentCommand : AuthorityCmdlet
{
    /// <summary>The cluster's directory; the current one by default.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(DirectoryCompleter))]
    [Alias("PSPath")]
    public string ClusterDirectory { get; set; } = ".";

    /// <summary>Puts out only whether the directory is good: nothing in it has failed.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => Report(() =>
    {
        var directory = Resolve(ClusterDirectory);
        WriteVerbose($"Checking '{directory}'.");
        using var passphrase = ReadCaPassphrase();
        var checks = Engine.Verify(directory, passphrase);
        if (Quiet)
        {
            WriteObject(checks.All(check => check.Verdict != CheckVerdict.Failed));
        }
        else
        {
            WriteObject(checks, enumerateCollection: true);
        }
    });
}
