using System.Management.Automation;
using KubePrep.Base;
using KubePrep.Parameters;
using KubePrep.Pki;
using KubePrep.Renewal;
using KubePrep.Yaml;

namespace KubePrep.Commands;

/// <summary>Issues certificates again before they end, and puts them into the kubeconfigs that embed them.</summary>
[Cmdlet(VerbsData.Update, "KpCertificate", SupportsShouldProcess = true)]
[OutputType(typeof(Deployment.DeployedFile), typeof(Deployment.DeployedCertificate), typeof(Deployment.DeployedKubeconfig))]
public sealed class UpdateKpCertificateCommand : AuthorityCmdlet
{
    /// <summary>The cluster's directory; the current one by default.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(DirectoryCompleter))]
    public string ClusterDirectory { get; set; } = ".";

    /// <summary>The names of the certificates, as their files are called. Those of users are renewed only by their names.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(CertificateNameCompleter))]
    [SupportsWildcards]
    public string[] Name { get; set; } = [];

    /// <summary>Renews those that end within this time; by default those in the last third of their lives.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(HorizonCompleter))]
    public Horizon? ExpiringWithin { get; set; }

    /// <summary>Renews all, or all of those named, whenever they end.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Keeps the private keys.</summary>
    [Parameter]
    public SwitchParameter KeepKey { get; set; }

    /// <summary>How long the new ones last; by default as long as the old ones did.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(LifetimeCompleter))]
    public Lifetime? Lifetime { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => Report(() =>
    {
        // that of a certificate which is in no cluster's directory is null, and must not become the current one
        var request = new CertificateRenewalRequest(string.IsNullOrEmpty(ClusterDirectory) ? "" : Resolve(ClusterDirectory))
        {
            ExpiringWithin = ExpiringWithin,
            Names = Name ?? [],
            Force = Force,
            KeepKey = KeepKey,
            Lifetime = Lifetime,
        };
        Run(ClusterDirectory, "Renew certificates", options => new RenewalEngine(new KubeconfigYaml(), TimeProvider.System).Renew(request, options));
    });
}
