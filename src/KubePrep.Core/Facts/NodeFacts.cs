using KubePrep.Inventory;

namespace KubePrep.Facts;

/// <summary>What one read-only probe found out about a node.</summary>
public sealed record NodeFacts
{
    /// <summary>The node, as its user named it.</summary>
    public required Node Node { get; init; }

    /// <summary>The node's own host name.</summary>
    public required string HostName { get; init; }

    /// <summary>The distribution.</summary>
    public required DebianRelease Release { get; init; }

    /// <summary>The kernel's release, such as <c>6.1.0-39-cloud-amd64</c>.</summary>
    public required string Kernel { get; init; }

    /// <summary>The machine's architecture, as uname(1) has it; empty if it was not asked for.</summary>
    public string Architecture { get; init; } = "";

    /// <summary>The hypervisor, in systemd-detect-virt(1)'s words; <c>none</c> on bare metal.</summary>
    public string Virtualization { get; init; } = "none";

    /// <summary>The kind of container, in systemd-detect-virt(1)'s words; <c>none</c> for a machine with a kernel of its own.</summary>
    public string Container { get; init; } = "none";

    /// <summary>Whether the probe ran as root; what only root may read is missing otherwise.</summary>
    public bool IsRoot { get; init; }

    /// <summary>Whether systemd is the init system.</summary>
    public bool HasSystemd { get; init; }

    /// <summary>Whether the directory is there in which the journal outlasts a reboot.</summary>
    public bool HasPersistentJournal { get; init; }

    /// <summary>The control group hierarchy: 1 or 2; 0 if none is mounted.</summary>
    public int CgroupVersion { get; init; }

    /// <summary>The controllers of a version 2 hierarchy.</summary>
    public IReadOnlyList<string> CgroupControllers { get; init; } = [];

    /// <summary>How many CPUs the node has.</summary>
    public int ProcessorCount { get; init; }

    /// <summary>The node's memory.</summary>
    public long MemoryBytes { get; init; }

    /// <summary>How much memory programs could still get without swapping (proc(5), <c>MemAvailable</c>).</summary>
    public long AvailableMemoryBytes { get; init; }

    /// <summary>The network interfaces but the loopback.</summary>
    public IReadOnlyList<NetworkInterface> Interfaces { get; init; } = [];

    /// <summary>The address at which the connection arrived; empty for this machine.</summary>
    public string ConnectionAddress { get; init; } = "";

    /// <summary>The addresses from which packets to the default route leave: IPv4, IPv6 or both.</summary>
    public IReadOnlyList<string> DefaultAddresses { get; init; } = [];

    /// <summary>The machine's id (machine-id(5)).</summary>
    public string MachineId { get; init; } = "";

    /// <summary>The id of this boot.</summary>
    public string BootId { get; init; } = "";

    /// <summary>Swap in use.</summary>
    public IReadOnlyList<SwapDevice> Swaps { get; init; } = [];

    /// <summary>The states of the units that matter: swaps, loggers, time daemons, firewalls.</summary>
    public IReadOnlyList<UnitState> Units { get; init; } = [];

    /// <summary>The kernel modules that are loaded, with underscores.</summary>
    public IReadOnlySet<string> LoadedModules { get; init; } = new HashSet<string>();

    /// <summary>Of the modules asked about, those built into the kernel.</summary>
    public IReadOnlySet<string> BuiltInModules { get; init; } = new HashSet<string>();

    /// <summary>Of the modules asked about, those this kernel could load.</summary>
    public IReadOnlySet<string> LoadableModules { get; init; } = new HashSet<string>();

    /// <summary>Of the sysctls asked about, the live values, by key with dots.</summary>
    public IReadOnlyDictionary<string, string> Sysctls { get; init; } = new Dictionary<string, string>();

    /// <summary>Of the sysctls asked about, those that cannot be written here.</summary>
    public IReadOnlySet<string> ReadOnlySysctls { get; init; } = new HashSet<string>();

    /// <summary>The packages asked about that dpkg knows, and every broken one.</summary>
    public IReadOnlyList<PackageState> Packages { get; init; } = [];

    /// <summary>Whether dpkg was interrupted and has to be repaired first.</summary>
    public bool IsDpkgInterrupted { get; init; }

    /// <summary>When apt's lists were last fetched; null if never.</summary>
    public DateTime? PackageListsTime { get; init; }

    /// <summary>The configuration files of the node.</summary>
    public required NodeFileCollection Files { get; init; }

    /// <summary>Those that are there and could not be read, as only root may.</summary>
    public IReadOnlyList<string> UnreadableFiles { get; init; } = [];

    /// <summary>The clock, and what keeps it; null if it was not asked about.</summary>
    public TimeFacts? Time { get; init; }

    /// <summary>
    /// What the configuration of cloud-init says of <c>manage_etc_hosts</c>, by which it writes the hosts file at every boot; the last
    /// counts. What it is told by its user only root may read.
    /// </summary>
    public IReadOnlyList<CloudInitSetting> CloudInitHostsSettings { get; init; } = [];

    /// <summary>The id of a KubePrep run that is changing the node now; empty if there is none.</summary>
    public string RunInProgress { get; init; } = "";

    /// <summary>
    /// What a run of KubePrep was to restart after it had changed its configuration, and did not: <c>restart UNIT</c>, or
    /// <c>reload daemon-reload</c> and <c>reload daemon-reexec</c> for systemd itself.
    /// </summary>
    public IReadOnlySet<string> OwedRestarts { get; init; } = new HashSet<string>();

    /// <summary>Whether the kernel, with its modules, swap and global sysctls, belongs to somebody else.</summary>
    public bool IsContainer => Container != "none";

    /// <summary>A unit's state, or null if it was not asked about.</summary>
    /// <param name="name">Its id, such as <c>rsyslog.service</c>.</param>
    public UnitState? Unit(string name) => Units.FirstOrDefault(unit => unit.Name == name);
}
