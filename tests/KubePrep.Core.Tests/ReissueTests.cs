using KubePrep.Deployment;
using KubePrep.Pki;
using KubePrep.Yaml;

namespace KubePrep.Core.Tests;

/// <summary>A deploy over an existing cluster: what is made again, why, and that nothing else is.</summary>
public sealed class ReissueTests : IDisposable
{
    private static readonly string[] ProxyFiles = ["ssl/kube-proxy.pem", "ssl/kube-proxy-key.pem", "kube-proxy.kubeconfig"];

    private readonly Cluster _cluster = new();

    public ReissueTests() => _cluster.Deploy();

    [Fact]
    public void A_missing_certificate_is_made_again()
    {
        _cluster.Delete("ssl/kube-proxy.pem");
        var result = AssertReissued("it is missing", ProxyFiles);
        Assert.Equal(DeploymentStatus.Created, _cluster.FileOf(result, "ssl/kube-proxy.pem").Status);
        Assert.Equal(DeploymentStatus.Replaced, _cluster.FileOf(result, "ssl/kube-proxy-key.pem").Status);
        Assert.Equal("its certificate is new", _cluster.FileOf(result, "kube-proxy.kubeconfig").Reason);
    }

    [Fact]
    public void A_missing_key_is_made_again_with_its_certificate()
    {
        _cluster.Delete("ssl/kube-proxy-key.pem");
        var result = AssertReissued("its key is missing", ProxyFiles);
        Assert.Equal(DeploymentStatus.Replaced, _cluster.FileOf(result, "ssl/kube-proxy.pem").Status);
        Assert.Equal(DeploymentStatus.Created, _cluster.FileOf(result, "ssl/kube-proxy-key.pem").Status);
    }

    [Fact]
    public void Keys_that_were_mixed_up_are_replaced_with_their_certificates()
    {
        var proxyKey = _cluster.Read("ssl/kube-proxy-key.pem");
        _cluster.Write("ssl/kube-proxy-key.pem", _cluster.Read("ssl/kube-scheduler-key.pem"));
        _cluster.Write("ssl/kube-scheduler-key.pem", proxyKey);
        AssertReissued(
            "the key does not match the certificate",
            [.. ProxyFiles, "ssl/kube-scheduler.pem", "ssl/kube-scheduler-key.pem", "kube-scheduler.kubeconfig"]);
    }

    [Fact]
    public void Certificates_that_expired_are_replaced()
    {
        _cluster.Clock.Now += TimeSpan.FromDays(366);
        AssertReissued("it expired on 2031-06-15", Cluster.LeafFiles);
    }

    [Fact]
    public void Certificates_are_replaced_in_the_last_third_of_their_life_and_not_before()
    {
        _cluster.Clock.Now += TimeSpan.FromDays(243);
        Assert.Empty(_cluster.Changed(_cluster.Deploy()));
        _cluster.Clock.Now += TimeSpan.FromDays(1);
        AssertReissued("it is in the last third of its life, which ends on 2031-06-15", Cluster.LeafFiles);
    }

    [Fact]
    public void Certificates_that_end_with_their_authority_are_kept_although_they_are_old()
    {
        _cluster.Clock.Now += TimeSpan.FromDays(3400);
        Assert.Contains("end with their certificate authority", Assert.Single(_cluster.Deploy().Warnings), StringComparison.Ordinal);
        _cluster.Clock.Now += TimeSpan.FromDays(200);
        Assert.Empty(_cluster.Changed(_cluster.Deploy()));
    }

    [Fact]
    public void A_certificate_that_is_not_valid_yet_is_replaced()
    {
        _cluster.Clock.Now += TimeSpan.FromDays(2);
        _cluster.Delete("ssl/kube-proxy.pem");
        _cluster.Deploy();
        _cluster.Clock.Now -= TimeSpan.FromDays(1);
        AssertReissued("it is valid only from 2030-06-17 on", ProxyFiles);
    }

    [Fact]
    public void A_subject_edited_in_its_document_is_what_the_next_certificate_bears()
    {
        _cluster.Edit("ssl/kube-proxy-csr.json", "\"O\": \"k8s\"", "\"O\": \"k8s\", \"C\": \"DE\", \"L\": \"Köln\"");
        AssertReissued("its subject is CN=system:kube-proxy, O=k8s, not CN=system:kube-proxy, O=k8s, L=Köln, C=DE", ProxyFiles);
    }

    [Fact]
    public void Hosts_edited_in_a_document_are_the_next_alternative_names()
    {
        _cluster.Edit("ssl/kube-proxy-csr.json", "\"hosts\": []", "\"hosts\": [\"127.0.0.1\", \"node\"]");
        AssertReissued("its alternative names are not the document's hosts", ProxyFiles);
        _cluster.Edit("ssl/kube-proxy-csr.json", "\"127.0.0.1\", \"node\"", "\"node\", \"127.0.0.1\"");
        Assert.Empty(_cluster.Changed(_cluster.Deploy()));
    }

    [Fact]
    public void A_key_edited_in_a_document_is_what_the_next_certificate_has()
    {
        _cluster.Edit("ssl/kube-proxy-csr.json", "256", "384");
        AssertReissued("its key is ECDSA P-256, not ECDSA P-384", ProxyFiles);
    }

    [Fact]
    public void Usages_edited_in_the_profile_are_those_of_the_next_certificates()
    {
        var configuration = _cluster.Read("ssl/ca-config.json");
        _cluster.Write("ssl/ca-config.json", configuration.Replace("\"server auth\",", "", StringComparison.Ordinal));
        AssertReissued("its usages are not those of profile kubernetes", Cluster.LeafFiles);
    }

    [Fact]
    public void An_expiry_edited_in_the_profile_waits_for_the_next_issue()
    {
        _cluster.Write("ssl/ca-config.json", _cluster.Read("ssl/ca-config.json").Replace("8760h", "4380h", StringComparison.Ordinal));
        Assert.Empty(_cluster.Changed(_cluster.Deploy()));
        _cluster.Delete("ssl/kube-proxy.pem");
        _cluster.Deploy();
        Assert.Equal(TimeSpan.FromHours(4380), LifeOf("kube-proxy"));
        Assert.Equal(TimeSpan.FromHours(8760), LifeOf("admin"));
    }

    [Fact]
    public void An_expiry_given_explicitly_changes_the_document_and_waits_for_the_next_issue()
    {
        var result = _cluster.Deploy(request => request with { Lifetime = Lifetime.Parse("30d") });
        Assert.Equal(["ssl/ca-config.json"], _cluster.Changed(result));
        Assert.Equal("the lifetime is now 720h", _cluster.FileOf(result, "ssl/ca-config.json").Reason);
        _cluster.Delete("ssl/kube-proxy.pem");
        _cluster.Deploy();
        Assert.Equal(TimeSpan.FromDays(30), LifeOf("kube-proxy"));
    }

    [Fact]
    public void An_authoritys_expiry_given_explicitly_changes_the_document_and_waits_for_the_next_issue()
    {
        var result = _cluster.Deploy(request => request with { AuthorityLifetime = Lifetime.Parse("3y") });
        Assert.Equal(["ssl/ca-csr.json"], _cluster.Changed(result));
        _cluster.Deploy(request => request with { Force = true });
        Assert.Equal(TimeSpan.FromDays(3 * 365), LifeOf("ca"));
    }

    [Fact]
    public void An_algorithm_given_explicitly_replaces_leaves_but_not_the_authority()
    {
        var result = _cluster.Deploy(request => request with { KeyAlgorithm = KeyAlgorithm.EcdsaP384 });
        Assert.Equal(
            [.. Cluster.Identities.Select(name => $"ssl/{name}-csr.json"), .. Cluster.LeafFiles], _cluster.Changed(result).OrderBy(IndexInReport));
        Assert.Contains("ECDSA P-256 key", Assert.Single(result.Warnings), StringComparison.Ordinal);
        Assert.Contains("--force", result.Warnings[0], StringComparison.Ordinal);
        Assert.Equal("its key is ECDSA P-256, not ECDSA P-384", _cluster.FileOf(result, "ssl/admin.pem").Reason);
        Assert.Contains("256", _cluster.Read("ssl/ca-csr.json"), StringComparison.Ordinal);
        Assert.Empty(_cluster.Changed(_cluster.Deploy()));
        _cluster.AssertSound();
    }

    [Fact]
    public void An_algorithm_given_explicitly_replaces_the_authority_too_with_force()
    {
        _cluster.Deploy(request => request with { KeyAlgorithm = KeyAlgorithm.EcdsaP384, Force = true });
        Assert.Contains("384", _cluster.Read("ssl/ca-csr.json"), StringComparison.Ordinal);
        Assert.Equal(new KeySpecification("ecdsa", 384), KeySpecificationOf("ca"));
        _cluster.AssertSound();
    }

    [Fact]
    public void Leaves_of_another_authority_are_replaced_also_if_it_bears_the_same_name()
    {
        using var other = new Cluster();
        other.Deploy();
        foreach (var file in new[] { "ssl/ca.pem", "ssl/ca-key.pem" })
        {
            _cluster.Write(file, other.Read(file));
        }

        AssertReissued("it is not signed by this certificate authority", Cluster.LeafFiles);
    }

    [Fact]
    public void A_changed_server_rewrites_the_kubeconfigs_alone()
    {
        var result = _cluster.Deploy(request => request with { Server = "https://198.51.100.7:6443" });
        Assert.Equal(Cluster.Kubeconfigs, _cluster.Changed(result));
        Assert.All(Cluster.Kubeconfigs, file =>
        {
            Assert.Equal($"its server is {Cluster.Server}, not https://198.51.100.7:6443", _cluster.FileOf(result, file).Reason);
            Assert.DoesNotContain(Cluster.Server, _cluster.Read(file), StringComparison.Ordinal);
        });
    }

    [Fact]
    public void A_changed_cluster_name_rewrites_one_kubeconfig_and_leaves_no_stanza_of_the_old_one()
    {
        var result = _cluster.Deploy(request => request with { ClusterName = "prod" });
        Assert.Equal(["kubectl.kubeconfig"], _cluster.Changed(result));
        Assert.Equal("its clusters are demo, not prod", _cluster.FileOf(result, "kubectl.kubeconfig").Reason);
        Assert.DoesNotContain(
            _cluster.Read("kubectl.kubeconfig").Split('\n'),
            line => !line.Contains("-data: ", StringComparison.Ordinal) && line.Contains("demo", StringComparison.Ordinal));
        Assert.Contains("current-context: context-prod\n", _cluster.Read("kubectl.kubeconfig"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_changed_context_name_rewrites_one_kubeconfig_and_leaves_no_stanza_of_the_old_one()
    {
        var result = _cluster.Deploy(request => request with { ContextName = "mine" });
        Assert.Equal(["kubectl.kubeconfig"], _cluster.Changed(result));
        Assert.Equal("its contexts are context-demo, not mine", _cluster.FileOf(result, "kubectl.kubeconfig").Reason);
        Assert.DoesNotContain("context-demo", _cluster.Read("kubectl.kubeconfig"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_namespace_set_in_the_context_is_no_reason_to_rewrite_and_survives_one()
    {
        _cluster.Edit("kubectl.kubeconfig", "    cluster: demo\n", "    cluster: demo\n    namespace: kube-system\n");
        Assert.Empty(_cluster.Changed(_cluster.Deploy()));
        _cluster.Deploy(request => request with { Server = "https://198.51.100.7:6443" });
        Assert.Contains("    namespace: kube-system\n", _cluster.Read("kubectl.kubeconfig"), StringComparison.Ordinal);
        _cluster.Deploy(request => request with { Force = true });
        Assert.Contains("    namespace: kube-system\n", _cluster.Read("kubectl.kubeconfig"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("current-context: context-demo", "current-context: \"\"", "its current context is '', not context-demo")]
    [InlineData("    cluster: demo\n", "    cluster: other\n", "its context names another cluster or user")]
    [InlineData("    user: admin\n", "    user: other\n", "its context names another cluster or user")]
    [InlineData("- name: admin\n", "- name: other\n", "its users are other, not admin")]
    [InlineData("    server: https://127.0.0.1:6443\n", "", "its server is , not https://127.0.0.1:6443")]
    [InlineData("    server: ", "    insecure-skip-tls-verify: true\n    server: ", "it has other settings: insecure-skip-tls-verify")]
    [InlineData("    client-key-data: ", "    token: abc\n    client-key-data: ", "it has other settings: token")]
    [InlineData("kind: Config", "kind: Pod", "it could not be read as a kubeconfig")]
    [InlineData("kind: Config", "kind: [", "it could not be read as a kubeconfig")]
    public void A_kubeconfig_that_was_tampered_with_is_rewritten(string old, string @new, string reason)
    {
        _cluster.Edit("kubectl.kubeconfig", old, @new);
        var result = _cluster.Deploy();
        Assert.Equal(["kubectl.kubeconfig"], _cluster.Changed(result));
        Assert.Equal(reason, _cluster.FileOf(result, "kubectl.kubeconfig").Reason);
        _cluster.AssertSound();
    }

    [Theory]
    [InlineData("certificate-authority-data", "it embeds another certificate authority")]
    [InlineData("client-certificate-data", "it embeds another certificate")]
    [InlineData("client-key-data", "it embeds another key")]
    public void A_kubeconfig_that_embeds_something_else_is_rewritten(string key, string reason)
    {
        var line = _cluster.Read("kubectl.kubeconfig").Split('\n').First(
            l => l.TrimStart().StartsWith($"{key}:", StringComparison.Ordinal));
        foreach (var @new in new[] { "", $"    {key}: AAAA" })
        {
            _cluster.Edit("kubectl.kubeconfig", line, @new);
            var result = _cluster.Deploy();
            Assert.Equal(["kubectl.kubeconfig"], _cluster.Changed(result));
            Assert.Equal(reason, _cluster.FileOf(result, "kubectl.kubeconfig").Reason);
        }
    }

    [Fact]
    public void A_kubeconfig_that_says_the_same_in_another_form_is_kept()
    {
        var yaml = new KubeconfigYaml();
        var document = yaml.Read(File.ReadAllBytes(_cluster["kubectl.kubeconfig"]), "kubectl.kubeconfig");
        var json = $$$"""
            {
              "users": [{"user": {"client-key-data": "{{{Convert.ToBase64String(document.Users[0].ClientKeyData!)}}}",
                "client-certificate-data": "{{{Convert.ToBase64String(document.Users[0].ClientCertificateData!)}}}"}, "name": "admin"}],
              "contexts": [{"name": "context-demo", "context": {"user": "admin", "cluster": "demo"}}],
              "clusters": [{"name": "demo", "cluster": {"server": "https://127.0.0.1:6443",
                "certificate-authority-data": "{{{Convert.ToBase64String(document.Clusters[0].CertificateAuthorityData!)}}}"}}],
              "current-context": "context-demo", "kind": "Config", "apiVersion": "v1"
            }
            """;
        _cluster.Write("kubectl.kubeconfig", json);
        Assert.Empty(_cluster.Changed(_cluster.Deploy()));
        _cluster.AssertSound();
    }

    [Fact]
    public void Every_other_missing_file_is_made_again_alone()
    {
        foreach (var file in Cluster.Documents.Concat(Cluster.Kubeconfigs))
        {
            var content = _cluster.Read(file);
            _cluster.Delete(file);
            var result = _cluster.Deploy();
            Assert.Equal([file], _cluster.Changed(result));
            Assert.Equal(
                (DeploymentStatus.Created, "it is missing"), (_cluster.FileOf(result, file).Status, _cluster.FileOf(result, file).Reason));
            Assert.Equal(content, _cluster.Read(file));
        }
    }

    [Fact]
    public void A_document_that_asks_for_a_subject_without_rights_is_obeyed_with_a_warning()
    {
        _cluster.Edit("ssl/admin-csr.json", "system:masters", "system:guests");
        var result = _cluster.Deploy();
        Assert.Equal(["ssl/admin.pem", "ssl/admin-key.pem", "kubectl.kubeconfig"], _cluster.Changed(result));
        Assert.Contains("CN=admin, O=system:masters", Assert.Single(result.Warnings), StringComparison.Ordinal);
        Assert.Equal(
            CheckVerdict.Warning, Assert.Single(_cluster.Engine.Verify(_cluster.Directory), check => check.Path == _cluster["ssl/admin.pem"]).Verdict);
    }

    public void Dispose() => _cluster.Dispose();

    private static int IndexInReport(string file) => Enumerable.Range(0, Cluster.Files.Count).First(i => Cluster.Files[i] == file);

    /// <summary>
    /// Deploys, expects exactly these files to be made again, the certificates for the reason given, and everything to be sound and
    /// kept then.
    /// </summary>
    private DeploymentResult AssertReissued(string reason, IReadOnlyList<string> files)
    {
        var preview = _cluster.Preview();
        Assert.Equal(files.Order(StringComparer.Ordinal), _cluster.Changed(preview).Order(StringComparer.Ordinal));
        var result = _cluster.Deploy();
        Assert.Equal(files.Order(StringComparer.Ordinal), _cluster.Changed(result).Order(StringComparer.Ordinal));
        Assert.Equal(preview.Files.Select(file => file.Reason), result.Files.Select(file => file.Reason));
        Assert.All(files.Where(IsCertificate), file => Assert.Equal(reason, _cluster.FileOf(result, file).Reason));
        _cluster.AssertSound();
        Assert.Empty(_cluster.Changed(_cluster.Deploy()));
        return result;
    }

    private static bool IsCertificate(string file) =>
        file.EndsWith(".pem", StringComparison.Ordinal) && !file.EndsWith("-key.pem", StringComparison.Ordinal);

    private TimeSpan LifeOf(string name)
    {
        using var certificate = CertificateFile.Read(TestPki.Utf8(_cluster.Read($"ssl/{name}.pem")), name);
        return certificate.NotAfter - certificate.NotBefore;
    }

    private KeySpecification? KeySpecificationOf(string name)
    {
        using var certificate = CertificateFile.Read(TestPki.Utf8(_cluster.Read($"ssl/{name}.pem")), name);
        return KeySpecification.Of(certificate.PublicKey);
    }
}
