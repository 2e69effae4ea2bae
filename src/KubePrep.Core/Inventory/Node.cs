namespace KubePrep.Inventory;

/// <summary>
/// A machine, as its user names it. Whether it can be connected to is judged when it is, so that one wrong row of a list fails alone.
/// </summary>
public sealed class Node
{
    private static long _count;

    /// <summary>Makes a node whose properties are set afterwards.</summary>
    public Node()
    {
    }

    /// <summary>Makes a node of an address.</summary>
    /// <param name="address"><c>host</c>, <c>user@host</c>, <c>host:port</c> or both; an IPv6 address with a port is in brackets.</param>
    public Node(string address)
    {
        ArgumentNullException.ThrowIfNull(address);
        (UserName, HostName, Port) = NodeAddress.Split(address);
    }

    /// <summary>Where to connect: a name, an address or an alias of <c>~/.ssh/config</c>; <c>localhost</c> is this machine, without ssh.</summary>
    public string HostName { get; set => field = value ?? ""; } = "";

    /// <summary>The node's name in the cluster (RFC 1123); by default its own host name.</summary>
    public string? NodeName { get; set; }

    /// <summary>The node's addresses in the cluster, IPv4 or IPv6; by default those it has.</summary>
    public string[] IPAddress { get; set => field = value ?? []; } = [];

    /// <summary>The port of its ssh server, 1 to 65535; by default what ssh's configuration says, else 22.</summary>
    public int? Port { get; set; }

    /// <summary>The user to log in as; by default what ssh's configuration says.</summary>
    public string? UserName { get; set; }

    /// <summary>The private key to log in with; by default the agent's and those of ssh's configuration.</summary>
    public string? KeyFilePath { get; set; }

    /// <summary>What the node is for.</summary>
    public NodeRole Role { get; set; }

    /// <summary>When it was made, among all nodes: the order of a list that was read, whatever becomes of its nodes since.</summary>
    internal long Ordinal { get; } = Interlocked.Increment(ref _count);

    /// <summary>The node as its user knows it: its name, or else where to connect, as a node is written.</summary>
    public override string ToString() =>
        string.IsNullOrEmpty(NodeName) ? NodeAddress.Join(UserName, HostName, Port) : NodeName;
}
