using System.Management.Automation;
using KubePrep.Base;
using KubePrep.Deployment;
using KubePrep.Parameters;

namespace KubePrep.Commands;

/// <summary>Makes a client certificate, or keeps the one that exists.</summary>
[Cmdlet(VerbsCommon.New, "KpClientCertificate", SupportsShouldProcess = true)]
[OutputType(typeof(DeployedCertificate))]
public sealed class NewKpClientCertificateCommand : IssuingCmdlet
{
    /// <summary>The certificate authority: what <c>New-KpCertificateAuthority</c> puts out, or the directory it is in.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(CertificateFileCompleter))]
    [AuthorityTransformation]
    public DeployedAuthority CertificateAuthority { get; set; } = null!;

    /// <summary>The user's name, as Kubernetes sees it.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(CommonNameCompleter))]
    public string CommonName { get; set; } = "";

    /// <summary>The user's groups, as Kubernetes sees them.</summary>
    [Parameter(Position = 2, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(OrganizationCompleter))]
    public string[] Organization { get; set; } = [];

    /// <summary>The name of the files; by default the common name without <c>system:</c>.</summary>
    [Parameter] // never by property name: a directory that is piped in as the authority has a name too
    public string? Name { get; set; }

    /// <summary>The signing profile of <c>ca-config.json</c>; by default <c>kcfg</c>, for clients only.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(SigningProfileCompleter))]
    public string Profile { get; set; } = "kcfg";

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var request = new ClientCertificateRequest(Path.GetDirectoryName(CertificateAuthority.Path)!, CommonName)
        {
            Organizations = Organization,
            Name = Name,
            Profile = Profile,
            KeyAlgorithm = KeyAlgorithm,
            Lifetime = Lifetime,
            AuthorityIsPlanned = CertificateAuthority.IsPlanned,
            Force = Force,
        };
        Run($"{CommonName}, by {CertificateAuthority.Path}", "Make a client certificate", options => Engine.CreateClientCertificate(request, options));
    }
}
