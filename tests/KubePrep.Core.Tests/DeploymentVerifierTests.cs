using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using KubePrep.Deployment;
using KubePrep.Pki;
using KubePrep.Yaml;

namespace KubePrep.Core.Tests;

/// <summary>Each kind of damage to a cluster is found, at the right file and with a telling reason.</summary>
public sealed class DeploymentVerifierTests : IDisposable
{
    private readonly Cluster _cluster = new();

    public DeploymentVerifierTests() => _cluster.Deploy();

    [Fact]
    public void A_sound_cluster_has_a_good_row_for_each_file_and_nothing_else()
    {
        var before = DirectoryListing.Of(_cluster.Directory);
        var checks = _cluster.Engine.Verify(_cluster.Directory);
        Assert.Equal(
            Cluster.Files.Select(file => _cluster[file]).Order(StringComparer.Ordinal), checks.Select(check => check.Path).Order(StringComparer.Ordinal));
        Assert.All(checks, check => Assert.Equal((CheckVerdict.Good, null), (check.Verdict, check.Reason)));
        var leaf = Of(checks, "ssl/admin.pem");
        Assert.Equal("CN=admin, O=system:masters", leaf.Subject);
        Assert.Equal(new DateTime(2031, 6, 15, 10, 15, 0, DateTimeKind.Utc), leaf.NotAfter);
        Assert.Equal("CN=admin, O=system:masters", Of(checks, "kubectl.kubeconfig").Subject);
        Assert.Equal(before, DirectoryListing.Of(_cluster.Directory));
    }

    [Theory]
    [InlineData("ssl/ca.pem", "it is missing")]
    [InlineData("ssl/admin.pem", "it is missing")]
    [InlineData("ssl/admin-key.pem", "it is missing")]
    [InlineData("kubectl.kubeconfig", "it is missing")]
    public void A_missing_file(string file, string reason)
    {
        _cluster.Delete(file);
        AssertFailed(file, reason);
    }

    [Fact]
    public void A_missing_authority_key_is_only_a_warning()
    {
        _cluster.Delete("ssl/ca-key.pem");
        var checks = _cluster.Engine.Verify(_cluster.Directory);
        Assert.Equal(CheckVerdict.Warning, Of(checks, "ssl/ca-key.pem").Verdict);
        Assert.Contains("kept elsewhere", Of(checks, "ssl/ca-key.pem").Reason, StringComparison.Ordinal);
        Assert.DoesNotContain(checks, check => check.Verdict == CheckVerdict.Failed);
    }

    [Fact]
    public void Missing_documents_are_no_fault()
    {
        _cluster.Delete([.. Cluster.Documents]);
        _cluster.AssertSound();
    }

    [Fact]
    public void An_empty_directory()
    {
        Directory.CreateDirectory(_cluster.Surroundings["empty"]);
        var checks = _cluster.Engine.Verify(_cluster.Surroundings["empty"]);
        Assert.Equal(13, checks.Count(check => check is { Verdict: CheckVerdict.Failed, Reason: "it is missing" }));
        Assert.Equal(14, checks.Count);
    }

    [Fact]
    public void A_key_of_another_leaf()
    {
        _cluster.Write("ssl/admin-key.pem", _cluster.Read("ssl/kube-proxy-key.pem"));
        AssertFailed("ssl/admin.pem", "the key does not match the certificate");
        AssertFailed("kubectl.kubeconfig", "it embeds another key");
    }

    [Fact]
    public void A_key_of_another_authority()
    {
        using var other = Other();
        _cluster.Write("ssl/ca-key.pem", other.Read("ssl/ca-key.pem"));
        AssertFailed("ssl/ca-key.pem", "it does not match the certificate");
        AssertOthersGood("ssl/ca-key.pem");
    }

    [Fact]
    public void A_leaf_and_key_of_another_cluster()
    {
        using var other = Other();
        _cluster.Write("ssl/admin.pem", other.Read("ssl/admin.pem"));
        _cluster.Write("ssl/admin-key.pem", other.Read("ssl/admin-key.pem"));
        AssertFailed("ssl/admin.pem", "it is not signed by this certificate authority");
        AssertFailed("kubectl.kubeconfig", "it embeds another certificate");
        AssertOthersGood("ssl/admin.pem", "kubectl.kubeconfig");
    }

    [Fact]
    public void An_authority_of_another_cluster()
    {
        using var other = Other();
        _cluster.Write("ssl/ca.pem", other.Read("ssl/ca.pem"));
        AssertFailed("ssl/ca-key.pem", "it does not match the certificate");
        AssertFailed("ssl/kube-proxy.pem", "it is not signed by this certificate authority");
        AssertFailed("kube-proxy.kubeconfig", "it embeds another certificate authority");
    }

    [Fact]
    public void A_leaf_in_place_of_the_authority()
    {
        _cluster.Write("ssl/ca.pem", _cluster.Read("ssl/admin.pem"));
        AssertFailed("ssl/ca.pem", "it is no certificate authority: it lacks CA:TRUE, or may not sign certificates");
    }

    [Fact]
    public void Certificates_that_aged_expired_or_are_not_valid_yet()
    {
        var start = _cluster.Clock.Now;
        _cluster.Clock.Now = start.AddDays(244);
        var checks = _cluster.Engine.Verify(_cluster.Directory);
        Assert.Equal(CheckVerdict.Warning, Of(checks, "ssl/admin.pem").Verdict);
        Assert.Contains("last third", Of(checks, "ssl/admin.pem").Reason, StringComparison.Ordinal);
        Assert.Equal(CheckVerdict.Good, Of(checks, "ssl/ca.pem").Verdict);
        _cluster.Clock.Now = start.AddDays(366);
        AssertFailed("ssl/admin.pem", "it expired on 2031-06-15");
        Assert.Equal(CheckVerdict.Good, Of(_cluster.Engine.Verify(_cluster.Directory), "ssl/ca.pem").Verdict);
        _cluster.Clock.Now = start.AddDays(3000);
        Assert.Equal(CheckVerdict.Warning, Of(_cluster.Engine.Verify(_cluster.Directory), "ssl/ca.pem").Verdict);
        _cluster.Clock.Now = start.AddDays(3651);
        AssertFailed("ssl/ca.pem", "it has expired");
        _cluster.Clock.Now = start.AddDays(-1);
        AssertFailed("ssl/ca.pem", "it is not valid yet");
        AssertFailed("ssl/admin.pem", "it is valid only from 2030-06-15 on");
    }

    [Theory]
    [InlineData("Admin", "system:masters")]
    [InlineData("admin", "system:master")]
    [InlineData("admin", "")]
    [InlineData("admin", "system:masters,extra")]
    [InlineData("system:kube-proxy", "k8s")]
    public void A_leaf_of_another_name_or_group(string commonName, string organizations)
    {
        WriteLeaf("admin", SubjectName.Of(commonName, organizations.Split(',')));
        Assert.Contains(
            "Kubernetes grants the rights of admin to CN=admin, O=system:masters", AssertFailed("ssl/admin.pem").Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_leaf_that_is_not_for_clients()
    {
        WriteLeaf("admin", SubjectName.Of("admin", "system:masters"), "signing", "server auth");
        AssertFailed("ssl/admin.pem", "no certificate for clients");
    }

    [Fact]
    public void A_leaf_with_more_in_its_subject_is_good()
    {
        WriteLeaf(
            "admin",
            new SubjectName([new("2.5.4.6", "DE"), new("2.5.4.11", "System"), new("2.5.4.10", "system:masters"), new("2.5.4.3", "admin")]));
        Assert.Equal(CheckVerdict.Good, Of(_cluster.Engine.Verify(_cluster.Directory), "ssl/admin.pem").Verdict);
    }

    [Theory]
    [InlineData("ssl/ca-key.pem", "0640")]
    [InlineData("ssl/admin-key.pem", "0644")]
    [InlineData("ssl/admin-key.pem", "0602")]
    [InlineData("kubectl.kubeconfig", "0604")]
    public void A_secret_that_others_can_use(string file, string mode)
    {
        Tool.Run("chmod", mode, _cluster[file]);
        AssertFailed(file, $"its mode is {mode}, so that others can use it; 0600 is right");
        AssertOthersGood(file);
    }

    [Theory]
    [InlineData("ssl/ca.pem")]
    [InlineData("ssl/admin.pem")]
    [InlineData("ssl/ca-config.json")]
    [InlineData("ssl/admin-csr.json")]
    public void A_file_that_anyone_can_change(string file)
    {
        Tool.Run("chmod", "0666", _cluster[file]);
        AssertFailed(file, "its mode is 0666, so that anyone can change it");
        AssertOthersGood(file);
    }

    [Fact]
    public void A_signing_policy_that_the_next_deploy_could_not_carry_out()
    {
        _cluster.Write("ssl/ca-config.json", _cluster.Read("ssl/ca-config.json").Replace("8760h", "soon", StringComparison.Ordinal));
        var check = Assert.Single(_cluster.Engine.Verify(_cluster.Directory), check => check.Verdict == CheckVerdict.Failed);
        Assert.Equal(_cluster["ssl/ca-config.json"], check.Path);
        Assert.Contains("'soon'", check.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(".")]
    [InlineData("ssl")]
    public void A_directory_whose_files_anyone_can_replace(string directory)
    {
        Tool.Run("chmod", "0777", _cluster[directory]);
        var path = directory == "." ? _cluster.Directory : _cluster[directory];
        var check = Assert.Single(_cluster.Engine.Verify(_cluster.Directory), check => check.Verdict == CheckVerdict.Failed);
        Assert.Equal(path, check.Path);
        Assert.Contains("anyone can replace the files in it (mode 0777)", check.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ssl/ca.pem")]
    [InlineData("ssl/ca-key.pem")]
    [InlineData("ssl/ca-config.json")]
    [InlineData("ssl/ca-csr.json")]
    [InlineData("ssl/admin-csr.json")]
    [InlineData("ssl/admin.pem")]
    [InlineData("ssl/admin-key.pem")]
    [InlineData("kubectl.kubeconfig")]
    public void Anything_but_a_regular_file(string file)
    {
        File.Move(_cluster[file], _cluster.Surroundings["elsewhere"]);
        File.CreateSymbolicLink(_cluster[file], _cluster.Surroundings["elsewhere"]);
        Assert.Contains("a symbolic link", AssertFailed(file).Reason, StringComparison.Ordinal);
        File.Delete(_cluster[file]);
        Tool.Run("mkfifo", _cluster[file]);
        Assert.Contains("a pipe, socket or device", AssertFailed(file).Reason, StringComparison.Ordinal);
        File.Delete(_cluster[file]);
        Directory.CreateDirectory(_cluster[file]);
        Assert.Contains("a directory", AssertFailed(file).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_directory_of_certificates_that_is_a_link()
    {
        Directory.Move(_cluster["ssl"], _cluster.Surroundings["elsewhere"]);
        Directory.CreateSymbolicLink(_cluster["ssl"], _cluster.Surroundings["elsewhere"]);
        Assert.Contains("symbolic link", AssertFailed("ssl").Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unfinished_commit()
    {
        _cluster.Write(".kubeprep-commit.json", """{"renames": []}""");
        Assert.Contains("a commit was interrupted", AssertFailed(".kubeprep-commit.json").Reason, StringComparison.Ordinal);
        AssertOthersGood(".kubeprep-commit.json");
    }

    [Theory]
    [InlineData("ssl/ca.pem", "garbage")]
    [InlineData("ssl/ca-key.pem", "garbage")]
    [InlineData("ssl/admin.pem", "garbage")]
    [InlineData("ssl/admin-key.pem", "garbage")]
    [InlineData("ssl/ca-config.json", "{")]
    [InlineData("ssl/ca-csr.json", "{}")]
    [InlineData("ssl/admin-csr.json", "{\"CN\": \"admin\", \"key\": {\"algo\": \"rsa\", \"size\": 1024}}")]
    [InlineData("kubectl.kubeconfig", "")]
    [InlineData("kubectl.kubeconfig", "kind: [")]
    [InlineData("kubectl.kubeconfig", "kind: Pod")]
    [InlineData("kubectl.kubeconfig", "just text")]
    public void A_damaged_file(string file, string content)
    {
        _cluster.Write(file, content);
        Assert.Contains(_cluster[file], AssertFailed(file).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("server: https://", "server: http://", "its server is no https URL")]
    [InlineData("    server: https://127.0.0.1:6443\n", "", "its server is no https URL")]
    [InlineData("current-context: context-demo", "current-context: other", "its current context 'other' is not in it")]
    [InlineData("current-context: context-demo", "current-context: \"\"", "its current context '' is not in it")]
    [InlineData("    cluster: demo\n", "    cluster: other\n", "names a cluster")]
    [InlineData("    user: admin\n", "    user: other\n", "user that is not")]
    [InlineData("    server: ", "    insecure-skip-tls-verify: true\n    server: ", "it switches the check of the server's certificate off")]
    [InlineData("certificate-authority-data: ", "x-data: ", "it embeds no certificate authority")]
    [InlineData("client-certificate-data: ", "x-data: ", "it embeds no certificate")]
    [InlineData("client-key-data: ", "x-data: ", "it embeds no key")]
    public void A_kubeconfig_that_does_not_work(string old, string @new, string reason)
    {
        _cluster.Edit("kubectl.kubeconfig", old, @new);
        AssertFailed("kubectl.kubeconfig", reason);
        AssertOthersGood("kubectl.kubeconfig");
    }

    [Theory]
    [InlineData("    server: ", "    insecure-skip-tls-verify: false\n    server: ")]
    [InlineData("    user: admin\n", "    namespace: dev\n    user: admin\n")]
    [InlineData("preferences: {}\n", "")]
    public void A_kubeconfig_that_works_all_the_same(string old, string @new)
    {
        _cluster.Edit("kubectl.kubeconfig", old, @new);
        _cluster.AssertSound();
    }

    [Theory]
    [InlineData("certificate-authority-data", "ssl/ca.pem", "it embeds another certificate authority")]
    [InlineData("client-certificate-data", "ssl/admin.pem", "it embeds another certificate")]
    [InlineData("client-key-data", "ssl/admin-key.pem", "it embeds another key")]
    public void A_kubeconfig_that_embeds_a_file_of_another_cluster(string key, string file, string reason)
    {
        using var other = Other();
        var own = Convert.ToBase64String(File.ReadAllBytes(_cluster[file]));
        _cluster.Edit("kubectl.kubeconfig", $"{key}: {own}", $"{key}: {Convert.ToBase64String(File.ReadAllBytes(other[file]))}");
        AssertFailed("kubectl.kubeconfig", reason);
        AssertOthersGood("kubectl.kubeconfig");
    }

    [Fact]
    public void A_kubeconfig_with_more_than_one_cluster_is_only_a_warning()
    {
        _cluster.Edit("kubectl.kubeconfig", "contexts:\n", "- cluster:\n    server: https://x\n  name: z\ncontexts:\n");
        AssertOnlyWarned("kubectl.kubeconfig", "it holds more than one cluster, context or user");
    }

    [Fact]
    public void A_kubeconfig_with_another_server_than_the_first_is_only_a_warning()
    {
        _cluster.Edit("kube-proxy.kubeconfig", "127.0.0.1", "192.0.2.2");
        AssertOnlyWarned("kube-proxy.kubeconfig", "its server is https://192.0.2.2:6443");
    }

    [Fact]
    public void Never_shows_a_secret()
    {
        var secrets = Cluster.Identities.Append("ca")
            .SelectMany(name => _cluster.Read($"ssl/{name}-key.pem").Split('\n')).Where(line => line.Length > 20 && line[0] != '-').ToList();
        foreach (var file in Cluster.Files)
        {
            var content = _cluster.Read(file);
            _cluster.Write(file, content[..(content.Length / 2)]);
            var text = string.Join('\n', _cluster.Engine.Verify(_cluster.Directory));
            Assert.All(secrets, secret => Assert.DoesNotContain(secret[..16], text, StringComparison.Ordinal));
            _cluster.Write(file, content);
        }
    }

    [Fact]
    public void What_other_programs_made_is_good_too()
    {
        using var key = RSA.Create(2048);
        _cluster.Write("ssl/kube-proxy-key.pem", key.ExportPkcs8PrivateKeyPem());
        using var authority = X509Certificate2.CreateFromPem(_cluster.Read("ssl/ca.pem"), _cluster.Read("ssl/ca-key.pem"));
        var request = new CertificateRequest("C=DE, O=k8s, CN=system:kube-proxy", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.Create(
            authority.SubjectName,
            X509SignatureGenerator.CreateForECDsa(authority.GetECDsaPrivateKey()!),
            TestPki.Now.AddDays(-1),
            TestPki.Now.AddYears(1),
            [5]);
        _cluster.Write("ssl/kube-proxy.pem", certificate.ExportCertificatePem());
        _cluster.Delete("kube-proxy.kubeconfig");
        Tool.Run("find", _cluster["ssl"], "-name", "*.json", "-delete");
        var checks = _cluster.Engine.Verify(_cluster.Directory);
        Assert.Equal(["kube-proxy.kubeconfig"], checks.Where(c => c.Verdict == CheckVerdict.Failed).Select(c => Path.GetFileName(c.Path)));
    }

    public void Dispose() => _cluster.Dispose();

    private static Cluster Other()
    {
        var other = new Cluster();
        other.Deploy();
        return other;
    }

    private DeploymentCheck Of(IReadOnlyList<DeploymentCheck> checks, string file) =>
        Assert.Single(checks, check => check.Path == _cluster[file]);

    private DeploymentCheck AssertFailed(string file, string reason = "")
    {
        var check = Of(_cluster.Engine.Verify(_cluster.Directory), file);
        Assert.Equal(CheckVerdict.Failed, check.Verdict);
        Assert.Contains(reason, check.Reason, StringComparison.Ordinal);
        return check;
    }

    private void AssertOnlyWarned(string file, string reason)
    {
        var check = Of(_cluster.Engine.Verify(_cluster.Directory), file);
        Assert.Equal(CheckVerdict.Warning, check.Verdict);
        Assert.Contains(reason, check.Reason, StringComparison.Ordinal);
        AssertOthersGood(file);
    }

    private void AssertOthersGood(params string[] files) => Assert.All(
        _cluster.Engine.Verify(_cluster.Directory).Where(check => !files.Any(file => check.Path == _cluster[file])),
        check => Assert.True(check.Verdict == CheckVerdict.Good, $"{check.Path}: {check.Reason}"));

    /// <summary>Puts a leaf of the cluster's own authority, with any subject, and its kubeconfig in place.</summary>
    private void WriteLeaf(string name, SubjectName subject, params string[] usages)
    {
        using var authority = CertificateAuthority.Read(
            File.ReadAllBytes(_cluster["ssl/ca.pem"]), File.ReadAllBytes(_cluster["ssl/ca-key.pem"]), "ca.pem", "ca-key.pem", _cluster.Clock.Now);
        using var leaf = TestPki.Issue(TestPki.Leaf(subject, TestPki.Profile("1y", usages)), authority);
        var yaml = new KubeconfigYaml();
        var document = yaml.Read(File.ReadAllBytes(_cluster["kubectl.kubeconfig"]), "kubectl.kubeconfig");
        File.WriteAllBytes(_cluster[$"ssl/{name}.pem"], leaf.CertificatePem);
        File.WriteAllBytes(_cluster[$"ssl/{name}-key.pem"], leaf.KeyPem);
        File.WriteAllBytes(
            _cluster["kubectl.kubeconfig"], yaml.Write(document with { Users = [new(document.Users[0].Name, leaf.CertificatePem, leaf.KeyPem)] }));
    }
}
