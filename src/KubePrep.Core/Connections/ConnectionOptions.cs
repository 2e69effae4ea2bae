namespace KubePrep.Connections;

/// <summary>How nodes are connected to. What a node says of itself comes first.</summary>
public sealed record ConnectionOptions
{
    /// <summary>The user to log in as; by default what ssh's configuration says.</summary>
    public string? UserName { get; init; }

    /// <summary>The port of the ssh servers, 1 to 65535; by default what ssh's configuration says.</summary>
    public int? Port { get; init; }

    /// <summary>The private key to log in with; by default the agent's and those of ssh's configuration.</summary>
    public string? KeyFilePath { get; init; }

    /// <summary>Further options of ssh (ssh_config(5)), by name. Those that KubePrep sets itself are refused.</summary>
    public IReadOnlyDictionary<string, string> Options { get; init; } = new Dictionary<string, string>();

    /// <summary>Which ssh servers are trusted; it beats what ssh's configuration says.</summary>
    public HostKeyPolicy HostKeyPolicy { get; init; }

    /// <summary>The file of known host keys; by default those of ssh's configuration.</summary>
    public string? KnownHostsPath { get; init; }

    /// <summary>How long a node may take to answer; whole seconds, at least 1.</summary>
    public TimeSpan ConnectionTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How many nodes are worked on at once, at least 1.</summary>
    public int ThrottleLimit { get; init; } = 32;

    /// <summary>The password to log in with; only then may ssh ask for one.</summary>
    public Secret? Password { get; init; }

    /// <summary>The password that sudo asks for on the nodes.</summary>
    public Secret? SudoPassword { get; init; }
}
