using System.Management.Automation;
using KubePrep.Base;
using KubePrep.Parameters;
using KubePrep.Pki;
using KubePrep.Users;

namespace KubePrep.Commands;

/// <summary>Makes users of a cluster: for each one a certificate, its key, a kubeconfig and the manifest that binds a role.</summary>
[Cmdlet(VerbsCommon.New, "KpUser", SupportsShouldProcess = true)]
[OutputType(typeof(DeployedUser))]
public sealed class NewKpUserCommand : AuthorityCmdlet
{
    /// <summary>What the users are called; the names that Kubernetes sees begin with it.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    public string[] Name { get; set; } = [];

    /// <summary>What the users may do.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    public UserRole Role { get; set; }

    /// <summary>The only namespace in which the role counts; all of them by default.</summary>
    [Parameter(Position = 2, ValueFromPipelineByPropertyName = true)]
    public string? Namespace { get; set; }

    /// <summary>The cluster's directory; the current one by default.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(DirectoryCompleter))]
    public string ClusterDirectory { get; set; } = ".";

    /// <summary>How long the certificates last; by default as long as the profile <c>kcfg</c> says.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(LifetimeCompleter))]
    public Lifetime? Lifetime { get; set; }

    /// <summary>The algorithm of the keys.</summary>
    [Parameter]
    public KeyAlgorithm KeyAlgorithm { get; set; } = KeyAlgorithm.EcdsaP256;

    /// <summary>Refuses an empty namespace on the command line, where it is an unset variable, and would widen what the users may do.</summary>
    protected override void BeginProcessing()
    {
        try
        {
            if (MyInvocation.BoundParameters.ContainsKey(nameof(Namespace)))
            {
                UserNameRules.RequireNamespace(Namespace ?? "");
            }
        }
        catch (KubePrepException e)
        {
            ThrowTerminatingError(Errors.From(e));
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var name in Name)
        {
            Report(() =>
            {
                var scope = Namespace is "" ? null : Namespace; // a blank cell of a table
                var request = new UserRequest(Resolve(ClusterDirectory), name, Role)
                {
                    Namespace = scope,
                    Lifetime = Lifetime,
                    KeyAlgorithm = KeyAlgorithm,
                };
                var where = scope is null ? "all namespaces" : $"namespace {scope}";
                Run($"{name}, role {Role} in {where}", "Make a user", options => UserEngines.New().Create(request, options));
            });
        }
    }
}
