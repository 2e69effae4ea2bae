using System.Security.Cryptography.X509Certificates;
using KubePrep.Deployment;
using KubePrep.Pki;
using KubePrep.Yaml;

namespace KubePrep.Core.Tests;

public sealed class DeployTests : IDisposable
{
    private readonly Cluster _cluster = new();

    [Fact]
    public void Makes_twenty_files_and_says_so()
    {
        var result = _cluster.Deploy();
        Assert.Equal(Cluster.Files.Select(file => _cluster[file]), result.Files.Select(file => file.Path));
        Assert.All(result.Files, file => Assert.Equal((DeploymentStatus.Created, "it is missing"), (file.Status, file.Reason)));
        Assert.Empty(result.Warnings);
        Assert.Equal(
            Cluster.Files.Append("ssl/issued.jsonl").Order(StringComparer.Ordinal),
            Directory.GetFiles(_cluster.Directory, "*", SearchOption.AllDirectories)
                .Select(path => Path.GetRelativePath(_cluster.Directory, path)).Order(StringComparer.Ordinal));
        _cluster.AssertSound();
    }

    [Fact]
    public void Keeps_everything_on_a_rerun_and_touches_nothing()
    {
        _cluster.Deploy();
        var before = DirectoryListing.Of(_cluster.Directory);
        _cluster.Clock.Now += TimeSpan.FromDays(30);
        var result = _cluster.Deploy();
        Assert.Equal(Cluster.Files.Select(file => _cluster[file]), result.Files.Select(file => file.Path));
        Assert.All(result.Files, file => Assert.Equal((DeploymentStatus.Kept, null), (file.Status, file.Reason)));
        Assert.Empty(result.Warnings);
        Assert.Equal(before, DirectoryListing.Of(_cluster.Directory));
    }

    [Theory]
    [InlineData("admin", "CN=admin, O=system:masters")]
    [InlineData("kube-proxy", "CN=system:kube-proxy, O=k8s")]
    [InlineData("kube-scheduler", "CN=system:kube-scheduler, O=system:kube-scheduler")]
    [InlineData("kube-controller-manager", "CN=system:kube-controller-manager, O=system:kube-controller-manager")]
    public void Gives_each_identity_the_name_and_group_that_Kubernetes_grants_rights_to(string name, string subject)
    {
        _cluster.Deploy();
        using var leaf = X509Certificate2.CreateFromPem(_cluster.Read($"ssl/{name}.pem"));
        Assert.Equal(subject, leaf.Subject);
        Assert.Equal("CN=kubernetes-ca, OU=System, O=k8s", leaf.Issuer);
        Assert.Equal(["1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2"], CertificateUsages.Of(leaf).ExtendedUsageOids);
        Assert.Equal(TimeSpan.FromDays(365), leaf.NotAfter - leaf.NotBefore);
    }

    [Theory]
    [InlineData("kubectl", "demo", "context-demo", "admin", "admin")]
    [InlineData("kube-proxy", "kubernetes", "default", "kube-proxy", "kube-proxy")]
    [InlineData("kube-scheduler", "kubernetes", "default", "system:kube-scheduler", "kube-scheduler")]
    [InlineData("kube-controller-manager", "kubernetes", "default", "system:kube-controller-manager", "kube-controller-manager")]
    public void Gives_each_kubeconfig_its_names_and_files(string name, string clusterName, string contextName, string userName, string leaf)
    {
        _cluster.Deploy();
        var document = new KubeconfigYaml().Read(File.ReadAllBytes(_cluster[$"{name}.kubeconfig"]), name);
        var cluster = Assert.Single(document.Clusters);
        var context = Assert.Single(document.Contexts);
        var user = Assert.Single(document.Users);
        Assert.Equal((clusterName, Cluster.Server), (cluster.Name, cluster.Server));
        Assert.Equal((contextName, clusterName, userName, ""), (context.Name, context.Cluster, context.User, context.Namespace));
        Assert.Equal((userName, contextName), (user.Name, document.CurrentContext));
        Assert.Equal(File.ReadAllBytes(_cluster["ssl/ca.pem"]), cluster.CertificateAuthorityData!);
        Assert.Equal(File.ReadAllBytes(_cluster[$"ssl/{leaf}.pem"]), user.ClientCertificateData!);
        Assert.Equal(File.ReadAllBytes(_cluster[$"ssl/{leaf}-key.pem"]), user.ClientKeyData!);
    }

    [Fact]
    public void Describes_each_file_and_no_secret()
    {
        var result = _cluster.Deploy(request => request with { ContextName = "ctx" });
        var authority = Assert.IsType<DeployedAuthority>(_cluster.FileOf(result, "ssl/ca.pem"));
        var leaf = Assert.IsType<DeployedCertificate>(_cluster.FileOf(result, "ssl/kube-proxy.pem"));
        var kubeconfig = Assert.IsType<DeployedKubeconfig>(_cluster.FileOf(result, "kubectl.kubeconfig"));
        using var certificate = X509Certificate2.CreateFromPem(_cluster.Read("ssl/kube-proxy.pem"));
        Assert.Equal(_cluster["ssl/ca-key.pem"], authority.KeyPath);
        Assert.Equal("CN=kubernetes-ca, OU=System, O=k8s", authority.Subject);
        Assert.Equal(
            ("kube-proxy", _cluster["ssl/kube-proxy-key.pem"], _cluster["ssl/ca.pem"]), (leaf.Name, leaf.KeyPath, leaf.CertificateAuthorityPath));
        Assert.Equal(
            (certificate.Subject, certificate.SerialNumber, certificate.Thumbprint), (leaf.Subject, leaf.SerialNumber, leaf.Thumbprint));
        Assert.Equal((certificate.NotBefore.ToUniversalTime(), certificate.NotAfter.ToUniversalTime()), (leaf.NotBefore, leaf.NotAfter));
        Assert.Equal(DateTimeKind.Utc, leaf.NotAfter?.Kind);
        Assert.Equal(
            ("demo", Cluster.Server, "ctx", "admin"),
            (kubeconfig.ClusterName, kubeconfig.Server, kubeconfig.ContextName, kubeconfig.UserName));
        Assert.Equal("CN=admin, O=system:masters", kubeconfig.Subject);
        Assert.Equal(_cluster["kubectl.kubeconfig"], kubeconfig.ToString());
    }

    [Theory]
    [InlineData(KeyAlgorithm.EcdsaP256, "EC PRIVATE KEY")]
    [InlineData(KeyAlgorithm.EcdsaP384, "EC PRIVATE KEY")]
    [InlineData(KeyAlgorithm.Rsa2048, "RSA PRIVATE KEY")]
    public void Makes_every_key_with_the_algorithm_that_was_asked_for(KeyAlgorithm algorithm, string label)
    {
        _cluster.Deploy(request => request with { KeyAlgorithm = algorithm });
        foreach (var name in Cluster.Identities.Append("ca"))
        {
            using var certificate = X509Certificate2.CreateFromPem(_cluster.Read($"ssl/{name}.pem"));
            Assert.Equal(KeySpecification.Of(algorithm), KeySpecification.Of(certificate.PublicKey));
            Assert.StartsWith($"-----BEGIN {label}-----\n", _cluster.Read($"ssl/{name}-key.pem"), StringComparison.Ordinal);
        }

        Assert.Empty(_cluster.Changed(_cluster.Deploy()));
        _cluster.AssertSound();
    }

    [Fact]
    public void Takes_the_lifetimes_that_were_asked_for_into_the_documents_and_certificates()
    {
        _cluster.Deploy(request => request with { AuthorityLifetime = Lifetime.Parse("2y"), Lifetime = Lifetime.Parse("90d") });
        Assert.Contains("\"17520h\"", _cluster.Read("ssl/ca-csr.json"), StringComparison.Ordinal);
        Assert.Contains("\"2160h\"", _cluster.Read("ssl/ca-config.json"), StringComparison.Ordinal);
        using var authority = X509Certificate2.CreateFromPem(_cluster.Read("ssl/ca.pem"));
        using var leaf = X509Certificate2.CreateFromPem(_cluster.Read("ssl/admin.pem"));
        Assert.Equal(730, (authority.NotAfter - authority.NotBefore).TotalDays);
        Assert.Equal(90, (leaf.NotAfter - leaf.NotBefore).TotalDays);
    }

    [Fact]
    public void Works_with_a_relative_path_a_trailing_separator_and_a_linked_cluster_directory()
    {
        Directory.CreateDirectory(_cluster.Directory);
        Directory.CreateSymbolicLink(_cluster.Surroundings["link"], _cluster.Directory);
        var relative = Path.GetRelativePath(Environment.CurrentDirectory, _cluster.Surroundings["link"]);
        var result = _cluster.Deploy(request => request with { ClusterDirectory = $"{relative}/" });
        Assert.All(result.Files, file => Assert.True(Path.IsPathFullyQualified(file.Path)));
        Assert.Empty(_cluster.Changed(_cluster.Deploy()));
    }

    [Fact]
    public void Reports_its_progress()
    {
        var reports = new List<DeploymentProgress>();
        _cluster.Deploy(options: new RunOptions { Progress = new SynchronousProgress(reports) });
        Assert.NotEmpty(reports);
        Assert.All(reports, report => Assert.InRange(report.PercentComplete, 0, 100));
    }

    [Fact]
    public void Leaves_no_file_when_it_is_cancelled()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => _cluster.Deploy(options: new RunOptions { CancellationToken = stop.Token }));
        Assert.False(
            Directory.Exists(_cluster.Directory) && Directory.EnumerateFiles(_cluster.Directory, "*", SearchOption.AllDirectories).Any());

        _cluster.Deploy();
        var before = DirectoryListing.Of(_cluster.Directory);
        Assert.ThrowsAny<OperationCanceledException>(() => _cluster.Deploy(
            request => request with { Force = true }, new RunOptions { CancellationToken = stop.Token }));
        Assert.Equal(before, DirectoryListing.Of(_cluster.Directory));
    }

    [Fact]
    public async Task Lets_several_deploys_into_one_directory_follow_each_other()
    {
        var results = await Task.WhenAll(
            Enumerable.Range(0, 4).Select(_ => Task.Run(() => _cluster.Deploy(), TestContext.Current.CancellationToken)));
        Assert.Single(results, result => result.Files.All(file => file.Status == DeploymentStatus.Created));
        Assert.Equal(3, results.Count(result => result.Files.All(file => file.Status == DeploymentStatus.Kept)));
        _cluster.AssertSound();
    }

    public void Dispose() => _cluster.Dispose();
}
