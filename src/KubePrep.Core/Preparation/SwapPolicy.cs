namespace KubePrep.Preparation;

/// <summary>What becomes of swap.</summary>
public enum SwapPolicy
{
    /// <summary>It is turned off, and stays off at boot; the kubelet does not start otherwise unless it is told to.</summary>
    Off,

    /// <summary>It is left as it is.</summary>
    Keep,
}
