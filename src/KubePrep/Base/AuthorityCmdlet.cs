using System.Management.Automation;
using System.Security;

namespace KubePrep.Base;

/// <summary>The parameter of the cmdlets that use a certificate authority's key.</summary>
public abstract class AuthorityCmdlet : DeploymentCmdlet
{
    /// <summary>
    /// The passphrase of the certificate authority's key: opens one that is encrypted, where something has to be signed, and encrypts one
    /// that is made.
    /// </summary>
    [Parameter]
    public SecureString? CaPassphrase { get; set; }

    private protected override Secret? ReadCaPassphrase() => CaPassphrase is null ? null : SecureStrings.Read(CaPassphrase);
}
