using System.Management.Automation;
using KubePrep.Base;
using KubePrep.Deployment;
using KubePrep.Parameters;
using KubePrep.Pki;

namespace KubePrep.Commands;

/// <summary>Makes or completes a cluster's certificate authority, client certificates and kubeconfigs, in one transaction.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "KpDeployment", SupportsShouldProcess = true)]
[OutputType(typeof(DeployedFile), typeof(DeployedAuthority), typeof(DeployedCertificate), typeof(DeployedKubeconfig))]
public sealed class InvokeKpDeploymentCommand : IssuingCmdlet
{
    /// <summary>The cluster's directory; it is made if it is missing.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(DirectoryCompleter))]
    public string ClusterDirectory { get; set; } = "";

    /// <summary>The cluster's name in <c>kubectl.kubeconfig</c>.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ClusterCompleter))]
    public string ClusterName { get; set; } = "";

    /// <summary>The API server's https URL.</summary>
    [Parameter(Mandatory = true, Position = 2, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ServerCompleter))]
    public string Server { get; set; } = "";

    /// <summary>The context's name in <c>kubectl.kubeconfig</c>; <c>context-NAME</c> by default.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ContextCompleter))]
    public string? ContextName { get; set; }

    /// <summary>How long the next certificate authority lasts; 10 years by default.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(LifetimeCompleter))]
    public Lifetime? CaLifetime { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => Report(() =>
    {
        var request = new DeploymentRequest(Resolve(ClusterDirectory), ClusterName, Server)
        {
            ContextName = string.IsNullOrEmpty(ContextName) ? null : ContextName, // a blank cell of a table
            KeyAlgorithm = KeyAlgorithm,
            AuthorityLifetime = CaLifetime,
            Lifetime = Lifetime,
            Force = Force,
        };
        Run(ClusterDirectory, "Make certificates and kubeconfigs", options => Engine.Deploy(request, options));
    });
}
