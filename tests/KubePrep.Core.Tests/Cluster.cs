using KubePrep.Deployment;
using KubePrep.Renewal;
using KubePrep.Yaml;

namespace KubePrep.Core.Tests;

/// <summary>A cluster's directory in a temporary place, and an engine that works on it by a clock of the test's own.</summary>
internal sealed class Cluster : IDisposable
{
    /// <summary>Nobody listens there, and says so: some of kubectl's commands ask the server, and would wait five seconds for an answer.</summary>
    public const string Server = "https://127.0.0.1:6443";

    public static readonly IReadOnlyList<string> Identities = ["admin", "kube-proxy", "kube-scheduler", "kube-controller-manager"];

    /// <summary>Every file of a cluster, in the order deploy reports them.</summary>
    public static readonly IReadOnlyList<string> Files =
    [
        "ssl/ca-config.json",
        "ssl/ca-csr.json",
        .. Identities.Select(name => $"ssl/{name}-csr.json"),
        "ssl/ca.pem",
        "ssl/ca-key.pem",
        .. Identities.SelectMany(name => new[] { $"ssl/{name}.pem", $"ssl/{name}-key.pem" }),
        "kubectl.kubeconfig",
        "kube-proxy.kubeconfig",
        "kube-scheduler.kubeconfig",
        "kube-controller-manager.kubeconfig",
    ];

    public static readonly IReadOnlyList<string> Documents = [.. Files.Where(file => file.EndsWith(".json", StringComparison.Ordinal))];

    public static readonly IReadOnlyList<string> Kubeconfigs = [.. Files.Where(file => file.EndsWith(".kubeconfig", StringComparison.Ordinal))];

    /// <summary>What is made again when every leaf is.</summary>
    public static readonly IReadOnlyList<string> LeafFiles = [.. Files.Except([.. Documents, "ssl/ca.pem", "ssl/ca-key.pem"])];

    private readonly TemporaryDirectory _temporary = new();

    public Cluster(DateTimeOffset? now = null)
    {
        Clock = new TestClock(now ?? TestPki.Now);
        Engine = new DeploymentEngine(new KubeconfigYaml(), Clock);
        Renewal = new RenewalEngine(new KubeconfigYaml(), Clock);
    }

    public TestClock Clock { get; }

    public DeploymentEngine Engine { get; }

    public RenewalEngine Renewal { get; }

    /// <summary>The cluster's directory, which does not exist before the first deploy.</summary>
    public string Directory => _temporary["c"];

    /// <summary>The directory around it, which is the test's own.</summary>
    public TemporaryDirectory Surroundings => _temporary;

    /// <summary>The full path of one of the cluster's files.</summary>
    public string this[string relativePath] => Path.Join(Directory, relativePath);

    public DeploymentResult Deploy(Func<DeploymentRequest, DeploymentRequest>? change = null, RunOptions? options = null)
    {
        var request = new DeploymentRequest(Directory, "demo", Server);
        return Engine.Deploy(change?.Invoke(request) ?? request, options ?? new RunOptions());
    }

    public DeploymentResult Preview(Func<DeploymentRequest, DeploymentRequest>? change = null) =>
        Deploy(change, new RunOptions { WhatIf = true });

    /// <summary>Takes one phase of changing the certificate authority.</summary>
    public DeploymentResult Change(
        AuthorityPhase phase, Func<AuthorityChangeRequest, AuthorityChangeRequest>? change = null, RunOptions? options = null)
    {
        var request = new AuthorityChangeRequest(Directory, phase);
        return Renewal.ChangeAuthority(change?.Invoke(request) ?? request, options ?? new RunOptions());
    }

    public DeploymentResult Renew(Func<CertificateRenewalRequest, CertificateRenewalRequest>? change = null, RunOptions? options = null)
    {
        var request = new CertificateRenewalRequest(Directory);
        return Renewal.Renew(change?.Invoke(request) ?? request, options ?? new RunOptions());
    }

    /// <summary>What a result says of one of the cluster's files.</summary>
    public DeployedFile FileOf(DeploymentResult result, string relativePath) =>
        Assert.Single(result.Files, file => file.Path == this[relativePath]);

    /// <summary>The files a result does not call kept, by their paths below the cluster's directory.</summary>
    public IReadOnlyList<string> Changed(DeploymentResult result) =>
        [.. result.Files.Where(file => file.Status != DeploymentStatus.Kept).Select(file => Path.GetRelativePath(Directory, file.Path))];

    public string Read(string relativePath) => File.ReadAllText(this[relativePath]);

    public void Write(string relativePath, string content) => _temporary.Write(Path.Join("c", relativePath), content);

    /// <summary>Replaces text in a file, which must be there.</summary>
    public void Edit(string relativePath, string old, string @new)
    {
        var content = Read(relativePath);
        Assert.Contains(old, content, StringComparison.Ordinal);
        File.WriteAllText(this[relativePath], content.Replace(old, @new, StringComparison.Ordinal));
    }

    public void Delete(params string[] relativePaths) => Array.ForEach(relativePaths, path => File.Delete(this[path]));

    /// <summary>Copies every file of another cluster here, with modes.</summary>
    public void CopyFrom(Cluster other) => Tool.Run("cp", "-a", other.Directory, Directory);

    /// <summary>Expects a whole and sound cluster.</summary>
    public void AssertSound() =>
        Assert.All(Engine.Verify(Directory), check => Assert.True(check.Verdict == CheckVerdict.Good, $"{check.Path}: {check.Reason}"));

    public void Dispose() => _temporary.Dispose();
}
