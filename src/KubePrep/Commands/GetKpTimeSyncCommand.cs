using System.Management.Automation;
using KubePrep.Base;
using KubePrep.Connections;
using KubePrep.Deployment;
using KubePrep.Inventory;
using KubePrep.Parameters;
using KubePrep.TimeSync;

namespace KubePrep.Commands;

/// <summary>Finds out what keeps nodes' clocks, and how far those are from this machine's and from each other, and changes nothing.</summary>
[Cmdlet(VerbsCommon.Get, "KpTimeSync")]
[OutputType(typeof(NodeTimeSync))]
public sealed class GetKpTimeSyncCommand : GatheringCmdlet
{
    private readonly Dictionary<Node, InspectedNode> _inspected = [];
    private TimeSyncEngine? _engine;
    private AuthorityDate? _authority;

    /// <summary>
    /// A certificate authority that the nodes are to trust: what <c>New-KpCertificateAuthority</c> puts out, or its directory or file. It is
    /// said if it begins in a node's future.
    /// </summary>
    [Parameter]
    [ArgumentCompleter(typeof(CertificateFileCompleter))]
    [AuthorityTransformation]
    public DeployedAuthority? CertificateAuthority { get; set; }

    /// <inheritdoc/>
    private protected override string Activity => "Comparing clocks";

    /// <inheritdoc/>
    private protected override void Prepare(ConnectionOptions connection)
    {
        _authority = CertificateAuthority is null ? null : AuthorityDate.Read(CertificateAuthority.Path);
        _engine = new TimeSyncEngine(connection, new TimeSyncRequest());
    }

    /// <inheritdoc/>
    private protected override Action WorkOn(Node node, CancellationToken cancellation)
    {
        var answer = _engine!.Inspect(node, Known(node), apply: false, new NodeReporter(Report), cancellation);
        return () => _inspected[node] = answer;
    }

    /// <inheritdoc/>
    private protected override void CompleteAll(IReadOnlyList<Node> nodes, CancellationToken cancellation)
    {
        foreach (var row in TimeSyncReport.Of([.. nodes.Select(node => _inspected[node])], _authority))
        {
            WriteResult(row, row.Warnings, row.Error);
        }
    }
}
