using System.Management.Automation;
using KubePrep.Base;
using KubePrep.Parameters;
using KubePrep.Pki;
using KubePrep.Renewal;
using KubePrep.Yaml;

namespace KubePrep.Commands;

/// <summary>Changes a cluster's certificate authority for a new one, phase by phase, without an outage.</summary>
[Cmdlet(VerbsData.Update, "KpCertificateAuthority", SupportsShouldProcess = true)]
[OutputType(typeof(Deployment.DeployedFile), typeof(Deployment.DeployedAuthority), typeof(Deployment.DeployedCertificate), typeof(Deployment.DeployedKubeconfig))]
public sealed class UpdateKpCertificateAuthorityCommand : AuthorityCmdlet
{
    /// <summary>The cluster's directory; the current one by default.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(DirectoryCompleter))]
    public string ClusterDirectory { get; set; } = ".";

    /// <summary>
    /// The phase: <c>Prepare</c> makes a new authority and lets both be trusted, <c>Switch</c> lets the new one sign everything,
    /// <c>Finish</c> ends the trust in the old one.
    /// </summary>
    [Parameter(Mandatory = true, Position = 1)]
    public AuthorityPhase Phase { get; set; }

    /// <summary>The algorithm of the new authority's key; by default what <c>ca-csr.json</c> says.</summary>
    [Parameter]
    public KeyAlgorithm? KeyAlgorithm { get; set; }

    /// <summary>How long the new authority lasts; by default as <c>ca-csr.json</c> says.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(LifetimeCompleter))]
    public Lifetime? CaLifetime { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => Report(() =>
    {
        var request = new AuthorityChangeRequest(Resolve(ClusterDirectory), Phase) { KeyAlgorithm = KeyAlgorithm, Lifetime = CaLifetime };
        Run(
            ClusterDirectory,
            $"{Phase} the change of the certificate authority",
            options => new RenewalEngine(new KubeconfigYaml(), TimeProvider.System).ChangeAuthority(request, options));
    });
}
