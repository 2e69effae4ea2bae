namespace KubePrep.TimeSync;

/// <summary>What is to keep the nodes' clocks.</summary>
public sealed record TimeSyncRequest
{
    /// <summary>What is to keep them.</summary>
    public TimeSyncSource Source { get; init; }

    /// <summary>NTP servers by name or address; by default those that a node has already.</summary>
    public IReadOnlyList<string> NtpServers { get; init; } = [];

    /// <summary>Refuses servers that no configuration file could name.</summary>
    /// <exception cref="KubePrepException"><see cref="ErrorId.InvalidNtpServer"/>: one is neither an address nor a host name.</exception>
    internal void Validate()
    {
        foreach (var server in NtpServers)
        {
            if (NtpServerName.Fault(server) is { } why)
            {
                throw TimeSyncErrors.InvalidNtpServer(server, why);
            }
        }
    }
}
