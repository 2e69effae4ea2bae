using KubePrep.Deployment;
using KubePrep.Files;
using KubePrep.Kubeconfig;

namespace KubePrep.Renewal;

/// <summary>Renews a cluster's certificates, and changes its certificate authority without an outage.</summary>
/// <param name="serializer">Reads and edits kubeconfigs.</param>
/// <param name="clock">Tells the time by which certificates are judged and dated.</param>
public sealed class RenewalEngine(IKubeconfigSerializer serializer, TimeProvider clock)
{
    private readonly PlanRunner _runner = new(serializer, clock);

    /// <summary>
    /// Issues certificates again, those of people included, and puts them into the kubeconfigs that embed the old ones. A certificate
    /// authority is never renewed by this.
    /// </summary>
    /// <param name="request">Which ones.</param>
    /// <param name="options">How to go about it.</param>
    /// <returns>One entry a file; certificates that are not due are kept.</returns>
    /// <exception cref="KubePrepException">Bad input, or files that cannot be used; nothing was written.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled before its commit; nothing was replaced.</exception>
    public DeploymentResult Renew(CertificateRenewalRequest request, RunOptions options)
    {
        ArgumentNullException.ThrowIfNull(request);
        return _runner.Run(
            LayoutOf(request.ClusterDirectory), context => new RenewalPlanner(context, serializer, request).Plan(), report => report.LeafFiles(), options);
    }

    /// <summary>Takes one phase of changing the certificate authority. Taken again, it finds nothing to do.</summary>
    /// <param name="request">Which phase.</param>
    /// <param name="options">How to go about it.</param>
    /// <returns>One entry a file.</returns>
    /// <exception cref="KubePrepException">
    /// The phase before it was not taken (<see cref="ErrorId.AuthorityChangeNotPrepared"/>, <see cref="ErrorId.AuthorityChangeNotSwitched"/>),
    /// the change before it was not finished (<see cref="ErrorId.AuthorityChangeInProgress"/>), or files cannot be used; nothing was written.
    /// </exception>
    /// <exception cref="OperationCanceledException">It was cancelled before its commit; nothing was replaced.</exception>
    public DeploymentResult ChangeAuthority(AuthorityChangeRequest request, RunOptions options)
    {
        ArgumentNullException.ThrowIfNull(request);
        return _runner.Run(
            LayoutOf(request.ClusterDirectory),
            context => new AuthorityChangePlanner(context, serializer, request).Plan(),
            report => report.Files(),
            options);
    }

    private static ClusterLayout LayoutOf(string clusterDirectory)
    {
        PathRules.Require(clusterDirectory, "cluster directory");
        var layout = ClusterLayout.Of(clusterDirectory);
        return Directory.Exists(layout.ClusterDirectory) ? layout : throw DeploymentErrors.ClusterDirectoryNotFound(layout.ClusterDirectory);
    }
}
