using System.Management.Automation;
using KubePrep.Parameters;
using KubePrep.Pki;

namespace KubePrep.Base;

/// <summary>The parameters of the cmdlets that issue certificates.</summary>
public abstract class IssuingCmdlet : AuthorityCmdlet
{
    /// <summary>The algorithm of new keys; <c>EcdsaP256</c> by default. What exists keeps its own until it is replaced.</summary>
    [Parameter]
    public KeyAlgorithm? KeyAlgorithm { get; set; }

    /// <summary>How long what is issued next lasts; by default as long as the documents in <c>ssl/</c> say.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(LifetimeCompleter))]
    public Lifetime? Lifetime { get; set; }

    /// <summary>Replaces what exists, after a backup.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }
}
