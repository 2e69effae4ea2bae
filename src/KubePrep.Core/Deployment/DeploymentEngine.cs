using KubePrep.Files;
using KubePrep.Kubeconfig;
using KubePrep.Pki;

namespace KubePrep.Deployment;

/// <summary>
/// Makes and checks a cluster's certificate authority, client certificates and kubeconfigs. Each call is one transaction over the
/// directory: it looks, plans, and replaces all files or none; what is already right is kept.
/// </summary>
/// <param name="serializer">Reads and writes kubeconfigs.</param>
/// <param name="clock">Tells the time by which certificates are judged and dated.</param>
public sealed class DeploymentEngine(IKubeconfigSerializer serializer, TimeProvider clock)
{
    private readonly DeploymentPlanner _planner = new(serializer);
    private readonly PlanRunner _runner = new(serializer, clock);

    /// <summary>The file in which a client certificate's kubeconfig is by default: beside the directory of certificates.</summary>
    /// <param name="certificatePath">The client certificate.</param>
    /// <param name="name">Its name.</param>
    public static string DefaultKubeconfigPath(string certificatePath, string name) =>
        ClusterLayout.Around(Path.GetDirectoryName(Path.GetFullPath(certificatePath))!).Kubeconfig(name);

    /// <summary>Makes or completes everything a cluster's directory holds.</summary>
    /// <param name="request">What it should hold.</param>
    /// <param name="options">How to go about it.</param>
    /// <returns>One entry a file.</returns>
    /// <exception cref="KubePrepException">Bad input, or files that cannot be used; nothing was written.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled before its commit; nothing was replaced.</exception>
    public DeploymentResult Deploy(DeploymentRequest request, RunOptions options)
    {
        ArgumentNullException.ThrowIfNull(request);
        PathRules.Require(request.ClusterDirectory, "cluster directory");
        RequireNames(request.ClusterName, request.ContextNameOrDefault, request.Server);
        return _runner.Run(
            ClusterLayout.Of(request.ClusterDirectory), context => _planner.PlanCluster(request, context), report => report.Files(), options);
    }

    /// <summary>Makes a certificate authority and its documents, or keeps the one that exists.</summary>
    /// <param name="request">What it should be.</param>
    /// <param name="options">How to go about it.</param>
    /// <returns>The authority alone.</returns>
    /// <exception cref="KubePrepException">Bad input, or files that cannot be used; nothing was written.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled before its commit; nothing was replaced.</exception>
    public DeploymentResult CreateAuthority(AuthorityRequest request, RunOptions options)
    {
        ArgumentNullException.ThrowIfNull(request);
        PathRules.Require(request.Directory, "directory");
        return _runner.Run(
            ClusterLayout.Around(request.Directory),
            context => DeploymentPlanner.PlanAuthority(request, context),
            report => [report.Authority()],
            options);
    }

    /// <summary>Makes a client certificate, or keeps the one that exists.</summary>
    /// <param name="request">What it should be.</param>
    /// <param name="options">How to go about it.</param>
    /// <returns>The certificate alone.</returns>
    /// <exception cref="KubePrepException">Bad input, or files that cannot be used; nothing was written.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled before its commit; nothing was replaced.</exception>
    public DeploymentResult CreateClientCertificate(ClientCertificateRequest request, RunOptions options)
    {
        ArgumentNullException.ThrowIfNull(request);
        PathRules.Require(request.Directory, "directory");
        var subject = SubjectName.Of(request.CommonName, request.Organizations);
        if (subject.Fault is var (attribute, why))
        {
            throw PkiErrors.InvalidSubject(request.CommonName, attribute, why);
        }

        var name = request.NameOrDefault;
        NameRules.RequireFileName(name, "name");
        RequireReal(request.AuthorityIsPlanned, request.Directory, options);
        return _runner.Run(
            ClusterLayout.Around(request.Directory),
            context => DeploymentPlanner.PlanClientCertificate(request, name, subject, context),
            report => report.Leaves(),
            options);
    }

    /// <summary>Makes a kubeconfig around a client certificate, or keeps the one that exists.</summary>
    /// <param name="request">What it should be.</param>
    /// <param name="options">How to go about it.</param>
    /// <returns>The kubeconfig alone.</returns>
    /// <exception cref="KubePrepException">Bad input, or files that cannot be used; nothing was written.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled before its commit; nothing was replaced.</exception>
    public DeploymentResult CreateKubeconfig(KubeconfigRequest request, RunOptions options)
    {
        ArgumentNullException.ThrowIfNull(request);
        RequireNames(request.ClusterName, request.ContextNameOrDefault, request.Server);
        NameRules.Require(request.UserName, "user name");
        PathRules.Require(request.Path, "path");
        RequireReal(request.CertificateIsPlanned, request.CertificatePath, options);
        var path = Path.GetFullPath(request.Path);
        var target = new KubeconfigTarget(path, request.ClusterName, request.Server, request.ContextNameOrDefault, request.UserName);
        return _runner.Run(
            LayoutFor(path, Path.GetFullPath(request.CertificatePath)),
            context => _planner.PlanKubeconfig(request, target, context),
            report => report.Kubeconfigs(),
            options);
    }

    /// <summary>Checks a cluster's directory, whoever made it, without a network and without changing anything.</summary>
    /// <param name="clusterDirectory">The directory.</param>
    /// <param name="caPassphrase">Opens the authority's key, if it is encrypted; else it is not told whether the key is the right one.</param>
    /// <returns>One entry a file.</returns>
    /// <exception cref="KubePrepException">The directory does not exist (<see cref="ErrorId.ClusterDirectoryNotFound"/>).</exception>
    public IReadOnlyList<DeploymentCheck> Verify(string clusterDirectory, Secret? caPassphrase = null)
    {
        PathRules.Require(clusterDirectory, "cluster directory");
        var layout = ClusterLayout.Of(clusterDirectory);
        if (!Directory.Exists(layout.ClusterDirectory))
        {
            throw DeploymentErrors.ClusterDirectoryNotFound(layout.ClusterDirectory);
        }

        using var verifier = new DeploymentVerifier(new PlanContext(layout, FileView.OnDisk, clock.GetUtcNow(), caPassphrase), serializer);
        return verifier.VerifyCluster();
    }

    /// <summary>
    /// The layout around a kubeconfig: that of its own directory, but one among the certificates is the business of their cluster's
    /// transactions.
    /// </summary>
    private static ClusterLayout LayoutFor(string path, string certificatePath)
    {
        var (directory, ssl) = (Path.GetDirectoryName(path)!, Path.GetDirectoryName(certificatePath)!);
        return directory == ssl ? ClusterLayout.Around(ssl) : new ClusterLayout(directory, ssl);
    }

    private static void RequireNames(string clusterName, string contextName, string server)
    {
        NameRules.Require(clusterName, "cluster name");
        NameRules.Require(contextName, "context name");
        NameRules.RequireServer(server);
    }

    /// <summary>Only a plan can be built on a plan.</summary>
    private static void RequireReal(bool isPlanned, string path, RunOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (isPlanned && !options.WhatIf)
        {
            throw DeploymentErrors.OnlyPlanned(path);
        }
    }
}
