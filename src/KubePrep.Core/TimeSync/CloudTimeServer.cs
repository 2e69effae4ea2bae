using KubePrep.Facts;

namespace KubePrep.TimeSync;

/// <summary>The NTP server that a cloud has for its machines, and that needs no way out of it.</summary>
/// <param name="Name">Its name or address.</param>
/// <param name="Line">How chrony is told to follow it.</param>
internal sealed record CloudTimeServer(string Name, string Line)
{
    private static readonly CloudTimeServer Amazon = new("169.254.169.123", "server 169.254.169.123 prefer iburst minpoll 4 maxpoll 4");
    private static readonly CloudTimeServer Google = new("metadata.google.internal", "server metadata.google.internal prefer iburst");

    /// <summary>That of a node's cloud; null if it is in none that is known to have one.</summary>
    public static CloudTimeServer? Of(NodeFacts facts) => facts.Time?.Vendor switch
    {
        "Amazon EC2" => Amazon,
        "Google" or "Google Compute Engine" => Google,
        _ => null,
    };
}
