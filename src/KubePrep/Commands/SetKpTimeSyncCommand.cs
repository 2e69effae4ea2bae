using System.Management.Automation;
using KubePrep.Base;
using KubePrep.Connections;
using KubePrep.Inventory;
using KubePrep.Parameters;
using KubePrep.TimeSync;

namespace KubePrep.Commands;

/// <summary>Sets up what can keep nodes' clocks, waits until it does, and proves it.</summary>
[Cmdlet(VerbsCommon.Set, "KpTimeSync", SupportsShouldProcess = true)]
[OutputType(typeof(TimeSyncResult))]
public sealed class SetKpTimeSyncCommand : GatheringCmdlet
{
    private readonly Dictionary<Node, InspectedNode> _inspected = [];
    private TimeSyncEngine? _engine;

    /// <summary>
    /// What is to keep the clocks: <c>Auto</c> (default), what does already, else the hypervisor's clock, else NTP; <c>Ntp</c>; <c>Ptp</c>,
    /// the hypervisor's clock; or <c>Cluster</c>, the run's time servers or control-plane nodes.
    /// </summary>
    [Parameter]
    public TimeSyncSource Source { get; set; }

    /// <summary>NTP servers by name or address; by default those that a node has already.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(NtpServerCompleter))]
    public string[] NtpServer { get; set; } = [];

    /// <inheritdoc/>
    private protected override string Activity => "Synchronizing clocks";

    /// <inheritdoc/>
    private protected override void Prepare(ConnectionOptions connection) =>
        _engine = new TimeSyncEngine(connection, new TimeSyncRequest { Source = Source, NtpServers = NtpServer });

    /// <inheritdoc/>
    private protected override bool IsWanted(Node node) => Proceeds("Synchronize the clock", node);

    /// <inheritdoc/>
    private protected override Action WorkOn(Node node, CancellationToken cancellation)
    {
        var answer = _engine!.Inspect(node, Known(node), apply: !IsWhatIf, new NodeReporter(Report), cancellation);
        return () => _inspected[node] = answer;
    }

    /// <inheritdoc/>
    private protected override void CompleteAll(IReadOnlyList<Node> nodes, CancellationToken cancellation)
    {
        var progress = new NodeReporter((node, activity) => ShowProgress(node, activity, 0));
        foreach (var result in _engine!.Complete([.. nodes.Select(node => _inspected[node])], apply: !IsWhatIf, progress, cancellation))
        {
            WriteResult(result, result.Warnings, result.Error);
        }
    }
}
