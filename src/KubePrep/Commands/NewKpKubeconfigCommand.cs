using System.Management.Automation;
using KubePrep.Base;
using KubePrep.Deployment;
using KubePrep.Parameters;

namespace KubePrep.Commands;

/// <summary>Makes a kubeconfig around a client certificate, or keeps the one that exists.</summary>
[Cmdlet(VerbsCommon.New, "KpKubeconfig", SupportsShouldProcess = true, DefaultParameterSetName = PathSet)]
[OutputType(typeof(DeployedKubeconfig))]
public sealed class NewKpKubeconfigCommand : DeploymentCmdlet
{
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";

    /// <summary>The client certificate: what <c>New-KpClientCertificate</c> puts out, or its file.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(CertificateFileCompleter))]
    [CertificateTransformation]
    public DeployedCertificate ClientCertificate { get; set; } = null!;

    /// <summary>The API server's https URL.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ArgumentCompleter(typeof(ServerCompleter))]
    public string Server { get; set; } = "";

    /// <summary>The cluster's name in the file.</summary>
    [Parameter(Mandatory = true, Position = 2)]
    [ArgumentCompleter(typeof(ClusterCompleter))]
    public string ClusterName { get; set; } = "";

    /// <summary>The context's name; <c>context-NAME</c> by default.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ContextCompleter))]
    public string? ContextName { get; set; }

    /// <summary>The user's name in the file; by default the certificate's name.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(KubeconfigUserCompleter))]
    public string? UserName { get; set; }

    /// <summary>The file; by default <c>NAME.kubeconfig</c> beside the directory of the certificate.</summary>
    [Parameter(ParameterSetName = PathSet)]
    public string? Path { get; set; }

    /// <summary>The same; no character of either is taken for a wildcard, as the file need not exist.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet)]
    [Alias("PSPath", "LP")]
    public string? LiteralPath { get; set; }

    /// <summary>Replaces the file even if it holds other clusters, contexts or users, after a backup.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => Report(() =>
    {
        var path = (Path ?? LiteralPath) is { } given
            ? Resolve(given)
            : DeploymentEngine.DefaultKubeconfigPath(ClientCertificate.Path, ClientCertificate.Name);
        var request = new KubeconfigRequest(
            ClientCertificate.Path,
            ClientCertificate.KeyPath,
            ClientCertificate.CertificateAuthorityPath,
            ClusterName,
            Server,
            UserName ?? ClientCertificate.Name,
            path)
        {
            ContextName = ContextName,
            CertificateIsPlanned = ClientCertificate.IsPlanned,
            Force = Force,
        };
        Run(path, "Make a kubeconfig", options => Engine.CreateKubeconfig(request, options));
    });
}
