using System.Net;
using KubePrep.Changes;
using KubePrep.Facts;

namespace KubePrep.TimeSync;

/// <summary>KubePrep's part of chrony's configuration: a file of its own beside the distribution's, which is never written.</summary>
internal sealed class ChronyDropIn
{
    /// <summary>Where it is.</summary>
    public const string Path = $"{ChronyConfiguration.DropInDirectory}/kubeprep.conf";

    /// <summary>The line in it by which a node serves the cluster's own time.</summary>
    public const string ClusterLine = "local stratum 10 orphan";

    private readonly NodeFacts _facts;

    /// <summary>What chrony is configured with besides.</summary>
    private readonly ChronyConfiguration _others;

    /// <summary>The lines of an earlier run's.</summary>
    private readonly IReadOnlyList<string> _earlier;

    private readonly IReadOnlyList<string> _lines;

    /// <summary>Compares what the file should say with what it says.</summary>
    /// <param name="situation">The node.</param>
    /// <param name="clock">The hypervisor's clock to follow; null for none.</param>
    public ChronyDropIn(TimeSyncSituation situation, HypervisorReference? clock)
    {
        _facts = situation.Facts;
        _others = ChronyConfiguration.Read(_facts.Files.Without(Path));
        _earlier = LinesOf(_facts.Files[Path]);
        _lines = situation.Context.Cluster is { } part ? [.. LinesOf(part, situation.Asked)] : [.. LinesOf(situation, clock)];
    }

    /// <summary>The change that writes it; null if nothing has to be written.</summary>
    public Change? Change
    {
        get
        {
            var content = ManagedFile.Render(_lines);
            return (_lines.Count == 0 && _facts.Files[Path] is null) || ManagedFile.IsWritten(_facts, Path, content)
                ? null
                : TimeSyncChange.Write(_facts, Path, content, Reason);
        }
    }

    /// <summary>Why chrony would not do with it what it should, as sentences without a full stop.</summary>
    public IEnumerable<string> Faults
    {
        get
        {
            var isKnown = TimePackages.StateOf(_facts, TimePackages.Chrony) is { Status: not [_, 'n', ..] };
            if (!_others.Exists)
            {
                return isKnown
                    ? [$"{ChronyConfiguration.MainPath} was deleted, and the package does not bring it back by itself; "
                        + "'UCF_FORCE_CONFFMISS=1 apt-get install --reinstall chrony' has it do so"]
                    : [];
            }

            if (_lines.Count > 0 && !_others.ReadsDropIns)
            {
                var wayOut = isKnown ? "" : "; as it is no package's, it may also be moved away, and the package chrony then brings one that has the line";
                return [$"{ChronyConfiguration.MainPath} does not read the files of {ChronyConfiguration.DropInDirectory}, where KubePrep's settings "
                    + $"would go; add the line 'confdir {ChronyConfiguration.DropInDirectory}' to {ChronyConfiguration.MainPath}{wayOut}"];
            }

            return _others.Servers.Count + _others.ReferenceClocks.Count > 0 || _lines.Any(IsSource) || _lines.Any(IsLocal)
                ? []
                : ["chrony has no NTP server in its configuration, and none was given; name one with -NtpServer (--ntp-server)"];
        }
    }

    private string Reason =>
        _lines.FirstOrDefault(line => !_earlier.Contains(line)) is { } missing ? $"chrony lacks '{missing}'"
        : _earlier.FirstOrDefault(line => !_lines.Contains(line)) is { } left ? $"chrony is no longer to have '{PlainText.Printable(left)}'"
        : "it is not as KubePrep writes it";

    private static bool IsSource(string line) => IsServer(line) || line.StartsWith("refclock ", StringComparison.Ordinal);

    private static bool IsServer(string line) => line.Split(' ')[0] is "server" or "pool" or "peer";

    private static bool IsAllowance(string line) => line.Split(' ')[0] == "allow";

    private static bool IsLocal(string line) => line.Split(' ')[0] == "local";

    private static IReadOnlyList<string> LinesOf(NodeFile? file) => file is null
        ? []
        : [.. ConfigurationText.Lines(file).Select(line => ConfigurationText.Strip(line.Text)).Where(line => !ConfigurationText.IsEmptyOrComment(line))];

    private static IEnumerable<string> Sorted(IEnumerable<IPAddress> addresses) =>
        addresses.Select(address => address.ToString()).Distinct().Order(StringComparer.Ordinal);

    /// <summary>
    /// Of a node that has a part in the cluster's own time; orphan mode has the servers agree on one of them. Servers and clients of an
    /// earlier run that are not in this one stay: it may be about some of the nodes only, such as new ones.
    /// </summary>
    private IEnumerable<string> LinesOf(ClusterPart part, IReadOnlyList<string> asked)
    {
        var others = part.Others.Select(address => address.ToString()).ToHashSet(StringComparer.Ordinal);
        var left = _earlier.Where(line => line.Split(' ') is [_, var name, ..] && !others.Contains(name)).ToList();
        var servers = left.Where(IsServer).Union(ServerLines(Sorted(part.Servers).Concat(part.IsServer ? asked : [])));
        var clients = left.Where(IsAllowance).Union(Sorted(part.Others).Select(client => $"allow {client}"));
        return part.IsServer ? [.. servers, ClusterLine, .. clients] : servers;
    }

    private IEnumerable<string> LinesOf(TimeSyncSituation situation, HypervisorReference? clock)
    {
        var isLeftToKubePrep = situation.Asked.Count == 0;
        var servers = isLeftToKubePrep
            ? [.. _earlier.Where(IsServer), .. CloudServer()]
            : ServerLines(situation.Asked);
        var isPartKept = isLeftToKubePrep && situation.Context.Request.Source == TimeSyncSource.Auto;
        return
        [
            .. servers,
            .. clock?.IsFollowedBy(_others) == false ? [clock.RefclockLine] : Array.Empty<string>(),
            .. isPartKept ? _earlier.Where(line => !IsSource(line)) : [],
        ];
    }

    /// <summary>
    /// The cloud's own server, unless an earlier run was told others: the distribution's pool may be out of reach there, and daemons that
    /// were just set up are not synchronized yet, so that this cannot depend on it.
    /// </summary>
    private IEnumerable<string> CloudServer() =>
        CloudTimeServer.Of(_facts) is { } server && !_others.Servers.Contains(server.Name) && !_earlier.Any(IsServer) ? [server.Line] : [];

    /// <summary>Servers that chrony has already are left out, but not taken out again once the package has brought them, too.</summary>
    private IEnumerable<string> ServerLines(IEnumerable<string> servers) => servers
        .Distinct(StringComparer.OrdinalIgnoreCase)
        .Select(server => (Name: server, Line: $"server {server} iburst"))
        .Where(server => _earlier.Contains(server.Line) || !_others.Servers.Contains(server.Name, StringComparer.OrdinalIgnoreCase))
        .Select(server => server.Line);
}
