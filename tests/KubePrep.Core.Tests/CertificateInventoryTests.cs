using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using KubePrep.Certificates;
using KubePrep.Kubeconfig;
using KubePrep.Pki;
using KubePrep.Yaml;

namespace KubePrep.Core.Tests;

/// <summary>Every certificate of a cluster and of other places has one row, which says when it ends and whether it belongs there.</summary>
public sealed class CertificateInventoryTests : IDisposable
{
    private readonly Cluster _cluster = new();

    public CertificateInventoryTests() => _cluster.Deploy();

    [Fact]
    public void A_cluster_has_five_certificates_and_says_which_kubeconfigs_use_them()
    {
        var before = DirectoryListing.Of(_cluster.Directory);
        var rows = Find();
        Assert.Equal(["ca", "admin", "kube-controller-manager", "kube-proxy", "kube-scheduler"], rows.Select(row => row.Name));
        Assert.All(rows, row => Assert.Equal((CertificateStatus.Good, null), (row.Status, row.Reason)));
        Assert.Equal(Cluster.Kubeconfigs.Order(StringComparer.Ordinal), UsersOf(rows[0]));
        Assert.Equal(["kubectl.kubeconfig"], UsersOf(rows[1]));
        Assert.Equal(["kube-scheduler.kubeconfig"], UsersOf(rows[4]));
        Assert.Equal(before, DirectoryListing.Of(_cluster.Directory));
    }

    [Fact]
    public void A_row_tells_what_its_certificate_says()
    {
        _cluster.Write("ssl/admin-csr.json", """{"CN": "admin", "hosts": ["a.example", "192.0.2.7"], "names": [{"O": "system:masters"}]}""");
        _cluster.Deploy();
        var rows = Find();
        var (authority, leaf) = (Of(rows, "ca"), Of(rows, "admin"));
        Assert.Equal(_cluster["ssl/admin.pem"], leaf.Path);
        Assert.Equal(("CN=admin, O=system:masters", authority.Subject), (leaf.Subject, leaf.Issuer));
        Assert.Equal(["signing", "key encipherment", "server auth", "client auth"], leaf.Usages);
        Assert.Equal(["cert sign", "crl sign"], authority.Usages);
        Assert.Equal((true, false), (authority.IsAuthority, leaf.IsAuthority));
        Assert.Equal(["a.example", "192.0.2.7"], leaf.AlternativeNames);
        Assert.Equal(
            (new DateTime(2030, 6, 15, 10, 15, 0, DateTimeKind.Utc), new DateTime(2031, 6, 15, 10, 15, 0, DateTimeKind.Utc), 364),
            (leaf.NotBefore, leaf.NotAfter, leaf.DaysLeft));
        Assert.Equal((DateTimeKind.Utc, "admin"), (leaf.NotAfter.Kind, leaf.ToString()));
    }

    [Fact]
    public void As_the_clock_goes_on_a_certificate_is_good_then_ends_soon_and_then_is_over()
    {
        var (begin, end) = (Of(Find(), "admin").NotBefore, Of(Find(), "admin").NotAfter);
        var third = (end - begin) / 3;
        AssertAt(begin.AddSeconds(-1), CertificateStatus.NotYetValid, "it is valid only from 2030-06-15 on", 365);
        AssertAt(begin, CertificateStatus.Good, null, 365);
        AssertAt(end - third, CertificateStatus.Good, null, 121);
        AssertAt(end - third + TimeSpan.FromSeconds(1), CertificateStatus.Expiring, "it is in the last third of its life, which ends on 2031-06-15", 121);
        AssertAt(end.AddDays(-1), CertificateStatus.Expiring, "it is in the last third of its life, which ends on 2031-06-15", 1);
        AssertAt(end.AddSeconds(-1), CertificateStatus.Expiring, "it is in the last third of its life, which ends on 2031-06-15", 0);
        AssertAt(end, CertificateStatus.Expired, "it expired on 2031-06-15", 0);
        AssertAt(end.AddSeconds(1), CertificateStatus.Expired, "it expired on 2031-06-15", -1);
        AssertAt(end.AddDays(30), CertificateStatus.Expired, "it expired on 2031-06-15", -30);

        void AssertAt(DateTime now, CertificateStatus status, string? reason, int daysLeft)
        {
            _cluster.Clock.Now = now;
            var row = Of(Find(), "admin");
            Assert.Equal((status, reason, daysLeft), (row.Status, row.Reason, row.DaysLeft));
        }
    }

    [Fact]
    public void Within_a_horizon_are_those_that_end_by_then_or_have_ended()
    {
        var end = Of(Find(), "admin").NotAfter;
        Assert.Empty(Find("364d"));
        Assert.Equal(4, Find("365d").Count);
        Assert.Equal(5, Find("11y").Count);
        Assert.Equal("it ends on 2031-06-15", Of(Find("365d"), "admin").Reason);
        _cluster.Clock.Now = end.AddMinutes(-60).AddSeconds(-1);
        Assert.Empty(Find("1h"));
        Assert.Empty(Find("0d"));
        _cluster.Clock.Now = end.AddMinutes(-60);
        Assert.Equal([.. Enumerable.Repeat(CertificateStatus.Expiring, 4)], Find("1h").Select(row => row.Status));
        _cluster.Clock.Now = end;
        Assert.Equal([.. Enumerable.Repeat(CertificateStatus.Expired, 4)], Find("0d").Select(row => row.Status));
        _cluster.Clock.Now = end.AddYears(-2);
        Assert.Equal(CertificateStatus.NotYetValid, Of(Find("100y"), "admin").Status);
    }

    [Fact]
    public void A_horizon_leaves_out_a_mismatch_that_does_not_end()
    {
        _cluster.Write("ssl/admin-key.pem", _cluster.Read("ssl/kube-proxy-key.pem"));
        Assert.DoesNotContain(Find("30d"), row => row.Name == "admin");
        Assert.Equal(CertificateStatus.Mismatch, Of(Find("2y"), "admin").Status);
    }

    [Fact]
    public void A_key_of_another()
    {
        _cluster.Write("ssl/admin-key.pem", _cluster.Read("ssl/kube-proxy-key.pem"));
        AssertOnlyMismatch("admin", $"the key in '{_cluster["ssl/admin-key.pem"]}' does not match it");
    }

    [Theory]
    [InlineData("")]
    [InlineData("no key")]
    [InlineData("-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n")]
    public void A_key_that_cannot_be_read_is_not_judged(string key)
    {
        _cluster.Write("ssl/ca-key.pem", key);
        Assert.All(Find(), row => Assert.Equal(CertificateStatus.Good, row.Status));
    }

    [Fact]
    public void Missing_keys_are_no_mismatch()
    {
        _cluster.Delete([.. Cluster.Files.Where(file => file.EndsWith("-key.pem", StringComparison.Ordinal))]);
        Assert.All(Find(), row => Assert.Equal(CertificateStatus.Good, row.Status));
    }

    [Fact]
    public void A_leaf_of_another_cluster()
    {
        using var other = Other();
        foreach (var file in new[] { "ssl/admin.pem", "ssl/admin-key.pem" })
        {
            _cluster.Write(file, other.Read(file));
        }

        var rows = Find();
        AssertMismatch(Of(rows, "admin"), $"it is not signed by the certificate authority in '{_cluster["ssl/ca.pem"]}'");
        var embedded = Of(rows, "kubectl.kubeconfig (admin)");
        AssertMismatch(embedded, $"'{_cluster["kubectl.kubeconfig"]}' embeds it, where a copy of '{_cluster["ssl/admin.pem"]}' belongs");
        Assert.Equal((_cluster["kubectl.kubeconfig"], "kubectl.kubeconfig"), (embedded.Path, Assert.Single(UsersOf(embedded))));
        Assert.Equal(4, rows.Count(row => row.Status == CertificateStatus.Good));
    }

    [Fact]
    public void A_kubeconfig_of_another_cluster()
    {
        using var other = Other();
        _cluster.Write("kube-proxy.kubeconfig", other.Read("kube-proxy.kubeconfig"));
        var rows = Find();
        Assert.Equal(7, rows.Count);
        AssertMismatch(
            Of(rows, "kube-proxy.kubeconfig (kubernetes)"),
            $"'{_cluster["kube-proxy.kubeconfig"]}' embeds it, where a copy of '{_cluster["ssl/ca.pem"]}' belongs");
        AssertMismatch(
            Of(rows, "kube-proxy.kubeconfig (kube-proxy)"),
            $"'{_cluster["kube-proxy.kubeconfig"]}' embeds it, where a copy of '{_cluster["ssl/kube-proxy.pem"]}' belongs");
        Assert.Empty(Of(rows, "kube-proxy").UsedBy);
    }

    [Fact]
    public void A_kubeconfig_of_another_identity()
    {
        _cluster.Write("kube-scheduler.kubeconfig", _cluster.Read("kube-proxy.kubeconfig"));
        AssertOnlyMismatch(
            "kube-proxy", $"'{_cluster["kube-scheduler.kubeconfig"]}' embeds it, where a copy of '{_cluster["ssl/kube-scheduler.pem"]}' belongs");
    }

    [Fact]
    public void An_embedded_certificate_without_its_file_is_judged_by_the_authority()
    {
        using var other = Other();
        _cluster.Delete("ssl/admin.pem", "ssl/kube-proxy.pem");
        _cluster.Write("kube-proxy.kubeconfig", Kubeconfig(
            _cluster.Read("ssl/ca.pem"), other.Read("ssl/kube-proxy.pem"), other.Read("ssl/kube-proxy-key.pem"), "kube-proxy"));
        var rows = Find();
        Assert.Equal(CertificateStatus.Good, Of(rows, "kubectl.kubeconfig (admin)").Status);
        AssertMismatch(
            Of(rows, "kube-proxy.kubeconfig (kube-proxy)"), $"it is not signed by the certificate authority in '{_cluster["ssl/ca.pem"]}'");
    }

    [Fact]
    public void A_key_that_does_not_match_in_a_kubeconfig()
    {
        _cluster.Write("kubectl.kubeconfig", Kubeconfig(
            _cluster.Read("ssl/ca.pem"), _cluster.Read("ssl/admin.pem"), _cluster.Read("ssl/kube-proxy-key.pem"), "admin"));
        AssertOnlyMismatch("admin", $"the key that '{_cluster["kubectl.kubeconfig"]}' embeds beside it does not match it");
    }

    [Fact]
    public void A_leaf_in_place_of_the_authority()
    {
        _cluster.Write("ssl/ca.pem", _cluster.Read("ssl/admin.pem"));
        _cluster.Delete("ssl/ca-key.pem");
        Assert.Contains("is the place of a certificate authority", Of(Find(), "ca").Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void While_the_authority_is_changed_both_have_a_row_and_the_leaves_of_both_are_good()
    {
        using var other = Other();
        _cluster.Write("ssl/ca.pem", _cluster.Read("ssl/ca.pem") + other.Read("ssl/ca.pem"));
        _cluster.Write("ssl/ca-next.pem", other.Read("ssl/ca.pem"));
        _cluster.Write("ssl/ca-next-key.pem", other.Read("ssl/ca-key.pem"));
        _cluster.Write("ssl/late.pem", other.Read("ssl/admin.pem"));
        var rows = Find();
        Assert.Equal(["ca", "ca", "admin", "kube-controller-manager", "kube-proxy", "kube-scheduler", "late"], rows.Select(row => row.Name));
        Assert.All(rows, row => Assert.Equal((CertificateStatus.Good, null), (row.Status, row.Reason)));
        Assert.Equal(["ssl/ca-next.pem"], UsersOf(rows[1]));
        Assert.Equal(Cluster.Kubeconfigs.Order(StringComparer.Ordinal), UsersOf(rows[0]));
    }

    [Fact]
    public void A_prepared_authority_that_is_not_trusted()
    {
        using var other = Other();
        _cluster.Write("ssl/ca-next.pem", other.Read("ssl/ca.pem"));
        AssertMismatch(Of(Find(), "ca-next"), $"it is prepared to take over, and '{_cluster["ssl/ca.pem"]}' does not trust it");
    }

    [Fact]
    public void Users_have_rows_and_are_judged_alike()
    {
        using var other = Other();
        _cluster.Write("ssl/users/jane.pem", _cluster.Read("ssl/admin.pem"));
        _cluster.Write("ssl/users/joe.pem", other.Read("ssl/admin.pem"));
        _cluster.Write("ssl/users/joe-key.pem", other.Read("ssl/admin-key.pem"));
        _cluster.Write("ssl/users/joe.kubeconfig", _cluster.Read("kubectl.kubeconfig"));
        var rows = Find();
        Assert.Equal(["ssl/users/jane.pem", "kubectl.kubeconfig", "ssl/users/joe.kubeconfig"], UsersOf(Of(rows, "admin")));
        AssertMismatch(
            Of(rows, "admin"), $"'{_cluster["ssl/users/joe.kubeconfig"]}' embeds it, where a copy of '{_cluster["ssl/users/joe.pem"]}' belongs");
        AssertMismatch(Of(rows, "joe"), $"it is not signed by the certificate authority in '{_cluster["ssl/ca.pem"]}'");
    }

    [Fact]
    public void A_kubeconfig_that_is_none_of_the_clusters_own_is_judged_by_itself()
    {
        using var other = Other();
        _cluster.Write("elsewhere.kubeconfig", other.Read("kubectl.kubeconfig"));
        Assert.All(Find(), row => Assert.Equal(CertificateStatus.Good, row.Status));
        _cluster.Write("elsewhere.kubeconfig", Kubeconfig(
            other.Read("ssl/ca.pem"), _cluster.Read("ssl/admin.pem"), _cluster.Read("ssl/admin-key.pem"), "admin"));
        AssertMismatch(
            Of(Find(), "admin"), $"the certificate authority in '{_cluster["elsewhere.kubeconfig"]}' that has its issuer's name did not sign it");
    }

    [Fact]
    public void A_file_that_cannot_be_read_is_an_error_and_the_other_rows_come_all_the_same()
    {
        _cluster.Write("ssl/admin.pem", "garbage");
        _cluster.Write("ssl/kube-proxy.pem", _cluster.Read("ssl/kube-proxy.pem")[..300]);
        _cluster.Write("kubectl.kubeconfig", "a: [");
        File.WriteAllBytes(_cluster["ssl/large.pem"], new byte[2 << 20]);
        File.CreateSymbolicLink(_cluster["ssl/dangling.pem"], _cluster["nowhere"]);
        File.CreateSymbolicLink(_cluster["ssl/loop.pem"], _cluster["ssl/loop.pem"]);
        Tool.Run("mkfifo", _cluster["ssl/pipe.pem"]);
        var report = ReportOfCluster(_cluster.Directory);
        Assert.Equal(["ca", "kube-controller-manager", "kube-scheduler", "kube-proxy.kubeconfig (kube-proxy)"], report.Certificates.Select(row => row.Name));
        Assert.Equal(
            [
                "admin.pem MalformedCertificate", "dangling.pem CertificateNotFound", "kube-proxy.pem MalformedCertificate", "large.pem FileReadFailed",
                "loop.pem FileReadFailed", "pipe.pem NotRegularFile", "kubectl.kubeconfig MalformedKubeconfig",
            ],
            report.Errors.Select(error => $"{Path.GetFileName(error.Target)} {error.Id}"));
    }

    [Fact]
    public void Damage_in_a_kubeconfig_names_its_owner_and_spares_the_rest()
    {
        var authority = _cluster.Read("ssl/ca.pem");
        _cluster.Write("kubectl.kubeconfig", Kubeconfig(authority, "damaged", _cluster.Read("ssl/admin-key.pem"), "admin"));
        var report = ReportOfCluster(_cluster.Directory);
        var error = Assert.Single(report.Errors);
        Assert.Equal((ErrorId.MalformedCertificate, _cluster["kubectl.kubeconfig"]), (error.Id, error.Target));
        Assert.Contains("embeds for admin", error.Message, StringComparison.Ordinal);
        Assert.Contains("kubectl.kubeconfig", UsersOf(Of(report.Certificates, "ca")));
    }

    [Fact]
    public void Places_with_nothing_in_them_are_errors()
    {
        var empty = Directory.CreateDirectory(_cluster.Surroundings["empty"]).FullName;
        AssertError(ErrorId.ClusterDirectoryNotFound, ReportOfCluster(_cluster.Surroundings["none"]));
        AssertError(ErrorId.ClusterDirectoryNotFound, ReportOfCluster(_cluster["ssl/ca.pem"]));
        AssertError(ErrorId.CertificateNotFound, ReportOfCluster(empty));
        AssertError(ErrorId.CertificateNotFound, Report(empty));
        AssertError(ErrorId.CertificateNotFound, Report(_cluster.Surroundings["none"]));
        AssertError(ErrorId.MalformedCertificate, Report(_cluster["ssl/admin-key.pem"]));
        AssertError(ErrorId.MalformedCertificate, Report(_cluster["ssl/ca-config.json"]));
        AssertError(ErrorId.InvalidName, Report(""));
        AssertError(ErrorId.InvalidName, Report("a\0b"));
        AssertError(ErrorId.CertificateNotFound, Report(_cluster.Surroundings.Write("t.kubeconfig", "users:\n- name: a\n  user:\n    token: geheim\n")));
    }

    [Fact]
    public void Paths_are_files_kubeconfigs_and_clusters_directories_and_a_certificate_has_one_row_in_all()
    {
        var rows = Rows(_cluster["kubectl.kubeconfig"], _cluster["ssl/admin.pem"], _cluster.Directory);
        Assert.Equal(["ca", "admin", "kube-controller-manager", "kube-proxy", "kube-scheduler"], rows.Select(row => row.Name));
        Assert.Equal((_cluster["ssl/ca.pem"], _cluster["ssl/admin.pem"]), (rows[0].Path, rows[1].Path));
        Assert.Equal(["kubectl.kubeconfig"], UsersOf(rows[1]));
        Assert.Equal(["kubectl.kubeconfig (demo)", "kubectl.kubeconfig (admin)"], Rows(_cluster["kubectl.kubeconfig"]).Select(row => row.Name));
        Assert.Equal(5, Rows(_cluster.Directory, _cluster.Directory).Count);
    }

    [Fact]
    public void A_link_is_followed_as_the_kubelet_keeps_its_certificate_behind_one()
    {
        var directory = _cluster.Surroundings["pki"];
        _cluster.Surroundings.Write("pki/kubelet-client-2030-06-15-10-20-17.pem", _cluster.Read("ssl/admin.pem") + _cluster.Read("ssl/admin-key.pem"));
        var link = Path.Join(directory, "kubelet-client-current.pem");
        File.CreateSymbolicLink(link, "kubelet-client-2030-06-15-10-20-17.pem");
        var row = Assert.Single(Rows(link));
        Assert.Equal((link, "kubelet-client-current", CertificateStatus.Good), (row.Path, row.Name, row.Status));
        Assert.Single(Rows(directory));
        _cluster.Surroundings.Write("pki/kubelet-client-2030-06-15-10-20-17.pem", _cluster.Read("ssl/admin.pem") + _cluster.Read("ssl/kube-proxy-key.pem"));
        AssertMismatch(Assert.Single(Rows(link)), $"the key in '{link}' does not match it");
    }

    [Fact]
    public void Kubeadms_directory_is_read_with_etcds_and_judged_by_the_names_of_issuers()
    {
        using var authority = TestPki.Authority("kubernetes");
        using var etcd = TestPki.Authority("etcd-ca");
        using var server = TestPki.Issue(TestPki.Leaf(SubjectName.Of("kube-apiserver"), TestPki.Profile("1y", "signing", "server auth"), "10.96.0.1"), authority);
        using var member = TestPki.Issue(TestPki.Leaf(SubjectName.Of("kube-etcd")), etcd);
        using var admin = TestPki.Issue(TestPki.Leaf(SubjectName.Of("kubernetes-admin", "kubeadm:cluster-admins")), authority);
        var root = _cluster.Surroundings["kubernetes"];
        Write("pki/ca.crt", authority.Pem);
        Write("pki/ca.key", authority.Key!.ToPem());
        Write("pki/apiserver.crt", server.CertificatePem);
        Write("pki/apiserver.key", server.KeyPem);
        Write("pki/sa.key", member.KeyPem);
        Write("pki/other.pem", member.KeyPem);
        Write("pki/etcd/ca.crt", etcd.Pem);
        Write("pki/etcd/server.crt", member.CertificatePem);
        Write("pki/apiserver-etcd-client.crt", member.CertificatePem);
        Write("admin.conf", Encoding.UTF8.GetBytes(Kubeconfig(Text(authority.Pem), Text(admin.CertificatePem), Text(admin.KeyPem), "kubernetes-admin")));
        Write("other.conf", "[section]\nkey=value\n"u8.ToArray());
        var rows = Rows(root);
        Assert.Equal(
            ["ca", "admin.conf (kubernetes-admin)", "apiserver-etcd-client", "apiserver", "ca"],
            rows.Select(row => row.Name));
        Assert.All(rows, row => Assert.Equal((CertificateStatus.Good, null), (row.Status, row.Reason)));
        Assert.Equal(["admin.conf"], rows[0].UsedBy.Select(Path.GetFileName));
        Assert.Equal(["server.crt"], rows[2].UsedBy.Select(Path.GetFileName));

        using var impostor = TestPki.Authority("kubernetes");
        using var forged = TestPki.Issue(TestPki.Leaf(SubjectName.Of("kube-apiserver")), impostor);
        Write("pki/apiserver.crt", forged.CertificatePem);
        Write("pki/apiserver.key", forged.KeyPem);
        AssertMismatch(Of(Rows(root), "apiserver"), $"the certificate authority in '{root}' that has its issuer's name did not sign it");
        Write("pki/apiserver.key", server.KeyPem);
        AssertMismatch(Of(Rows(root), "apiserver"), $"the key in '{root}/pki/apiserver.key' does not match it");

        void Write(string path, byte[] content)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Join(root, path))!);
            File.WriteAllBytes(Path.Join(root, path), content);
        }

        static string Text(byte[] pem) => Encoding.ASCII.GetString(pem);
    }

    [Fact]
    public void A_signature_that_cannot_be_checked_is_no_mismatch()
    {
        using var key = RSA.Create(2048);
        var authority = new CertificateRequest("CN=old-ca", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pss);
        authority.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var root = authority.CreateSelfSigned(TestPki.Now, TestPki.Now.AddYears(1));
        using var leaf = new CertificateRequest("CN=leaf", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pss)
            .Create(root.SubjectName, X509SignatureGenerator.CreateForRSA(key, RSASignaturePadding.Pss), TestPki.Now, TestPki.Now.AddDays(300), [1, 2]);
        var path = _cluster.Surroundings.Write("chain.pem", leaf.ExportCertificatePem() + "\n" + root.ExportCertificatePem());
        Assert.All(Rows(path), row => Assert.Equal(CertificateStatus.Good, row.Status));
    }

    [Fact]
    public void A_usage_without_a_word_is_its_identifier()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=x", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.DecipherOnly, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.2.3.4"), new Oid("2.5.29.37.0"), new Oid("1.3.6.1.5.5.7.3.4")], false));
        using var odd = request.CreateSelfSigned(TestPki.Now, TestPki.Now.AddYears(1));
        var row = Assert.Single(Rows(_cluster.Surroundings.Write("x.pem", odd.ExportCertificatePem())));
        Assert.Equal(["signing", "decipher only", "1.2.3.4", "any", "email protection"], row.Usages);
    }

    [Fact]
    public void Names_from_files_and_certificates_cannot_steer_a_terminal()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var odd = new CertificateRequest("CN=\"a\e[31mb\"", key, HashAlgorithmName.SHA256).CreateSelfSigned(TestPki.Now, TestPki.Now.AddYears(1));
        var path = _cluster.Surroundings.Write("odd/x\ey.pem", odd.ExportCertificatePem());
        var row = Assert.Single(Rows(_cluster.Surroundings["odd"]));
        Assert.Equal((path, "x?y", "CN=a?[31mb", "CN=a?[31mb"), (row.Path, row.Name, row.Subject, row.Issuer));
    }

    [Fact]
    public void No_row_and_no_error_holds_a_key()
    {
        _cluster.Write("ssl/admin.pem", _cluster.Read("ssl/admin-key.pem"));
        _cluster.Write("kube-proxy.kubeconfig", _cluster.Read("kube-proxy.kubeconfig")[..^40]);
        var key = _cluster.Read("ssl/admin-key.pem").Split('\n')[1][..20];
        var report = ReportOfCluster(_cluster.Directory);
        var text = string.Join('\n', report.Errors.Select(error => error.ToString()))
            + string.Join('\n', report.Certificates.Select(row => System.Text.Json.JsonSerializer.Serialize(row)));
        Assert.DoesNotContain(key, text, StringComparison.Ordinal);
        Assert.DoesNotContain("PRIVATE KEY-----", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Any_damaged_certificate_ends_in_rows_or_errors()
    {
        using var authority = TestPki.Authority();
        using var leaf = TestPki.Issue(TestPki.Leaf(hosts: ["a.example"]), authority);
        Property.Holds(Generators.Damaged([.. leaf.CertificatePem, .. authority.Pem]), AssertRowsOrErrors("x.pem"), cases: 300);
        Property.Holds(
            Generators.Damaged(leaf.Certificate.RawData),
            file => AssertRowsOrErrors("x.pem")(new DamagedFile(Pem.Encode("CERTIFICATE"u8, file.Content))),
            cases: 600);
    }

    [Fact]
    public void Any_damaged_kubeconfig_ends_in_rows_or_errors() =>
        Property.Holds(Generators.Damaged(File.ReadAllBytes(_cluster["kubectl.kubeconfig"])), AssertRowsOrErrors("x.kubeconfig"), cases: 300);

    [Theory]
    [InlineData(KeyAlgorithm.EcdsaP384)]
    [InlineData(KeyAlgorithm.Rsa2048)]
    public void Openssl_reads_the_same(KeyAlgorithm algorithm)
    {
        Tool.Require("openssl");
        _cluster.Deploy(request => request with { KeyAlgorithm = algorithm, Force = true });
        foreach (var row in Find())
        {
            var fields = Tool.Run(
                    "openssl", "x509", "-noout", "-subject", "-issuer", "-serial", "-startdate", "-enddate", "-fingerprint", "-sha1", "-nameopt", "RFC2253", "-in", row.Path)
                .Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('=', 2)).ToDictionary(pair => pair[0].ToLowerInvariant(), pair => pair[1]);
            Assert.Equal(fields["subject"], row.Subject.Replace(", ", ",", StringComparison.Ordinal));
            Assert.Equal(fields["issuer"], row.Issuer.Replace(", ", ",", StringComparison.Ordinal));
            Assert.Equal(fields["serial"], row.SerialNumber);
            Assert.Equal(fields["sha1 fingerprint"].Replace(":", "", StringComparison.Ordinal), row.Thumbprint);
            Assert.Equal((Time(fields["notbefore"]), Time(fields["notafter"])), (row.NotBefore, row.NotAfter));
            var usages = Tool.Run("openssl", "x509", "-noout", "-ext", "keyUsage,extendedKeyUsage,basicConstraints", "-in", row.Path);
            Assert.Equal(usages.Contains("CA:TRUE", StringComparison.Ordinal), row.IsAuthority);
            Assert.Equal(
                new (string Name, string Theirs)[]
                {
                    ("signing", "Digital Signature"), ("key encipherment", "Key Encipherment"), ("cert sign", "Certificate Sign"), ("crl sign", "CRL Sign"),
                    ("server auth", "TLS Web Server Authentication"), ("client auth", "TLS Web Client Authentication"),
                }.Where(usage => usages.Contains(usage.Theirs, StringComparison.Ordinal)).Select(usage => usage.Name),
                row.Usages);
        }

        static DateTime Time(string text) => DateTime.ParseExact(
            text, "MMM d HH:mm:ss yyyy 'GMT'", CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowWhiteSpaces);
    }

    [Fact]
    public void Openssl_agrees_on_what_ends_within_a_horizon()
    {
        Tool.Require("openssl");
        using var cluster = new Cluster(DateTimeOffset.UtcNow);
        cluster.Deploy(request => request with { Lifetime = Lifetime.Parse("30d") });
        foreach (var days in new[] { 0, 29, 31, 3649, 3651 })
        {
            var found = new CertificateInventory(new KubeconfigYaml(), TimeProvider.System).Find([cluster.Directory], [], new Horizon(TimeSpan.FromDays(days)));
            Assert.Empty(found.Errors);
            Assert.Equal(
                Cluster.Files.Where(file => file.EndsWith(".pem", StringComparison.Ordinal) && !file.EndsWith("-key.pem", StringComparison.Ordinal))
                    .Where(file => Tool.Try("openssl", "", "x509", "-noout", "-checkend", $"{days * 86_400}", "-in", cluster[file]).ExitCode != 0)
                    .Select(file => cluster[file]).Order(StringComparer.Ordinal),
                found.Certificates.Select(row => row.Path).Order(StringComparer.Ordinal));
        }
    }

    public void Dispose() => _cluster.Dispose();

    private static Cluster Other()
    {
        var other = new Cluster(TestPki.Now);
        other.Deploy();
        return other;
    }

    private CertificateReport Report(params IReadOnlyList<string> paths) => Report([], paths, null);

    private CertificateReport ReportOfCluster(string directory) => Report([directory], [], null);

    private CertificateReport Report(IReadOnlyList<string> clusters, IReadOnlyList<string> paths, Horizon? horizon) =>
        new CertificateInventory(new KubeconfigYaml(), _cluster.Clock).Find(clusters, paths, horizon);

    /// <summary>The rows of the cluster's directory, which has to be readable.</summary>
    private IReadOnlyList<ClusterCertificate> Find(string? horizon = null)
    {
        var report = Report([_cluster.Directory], [], horizon is null ? null : Horizon.Parse(horizon));
        Assert.Empty(report.Errors);
        return report.Certificates;
    }

    private IReadOnlyList<ClusterCertificate> Rows(params IReadOnlyList<string> paths)
    {
        var report = Report(paths);
        Assert.Empty(report.Errors);
        return report.Certificates;
    }

    private Action<DamagedFile> AssertRowsOrErrors(string name) => file =>
    {
        var path = _cluster.Surroundings[name];
        File.WriteAllBytes(path, file.Content);
        var report = Report(path);
        Assert.True(report.Certificates.Count + report.Errors.Count > 0);
        Assert.All(report.Errors, error => Assert.Equal(path, error.Target));
    };

    private static ClusterCertificate Of(IReadOnlyList<ClusterCertificate> rows, string name) => Assert.Single(rows, row => row.Name == name);

    private IEnumerable<string> UsersOf(ClusterCertificate row) => row.UsedBy.Select(path => Path.GetRelativePath(_cluster.Directory, path));

    private static void AssertMismatch(ClusterCertificate row, string reason) =>
        Assert.Equal((CertificateStatus.Mismatch, reason), (row.Status, row.Reason));

    private void AssertOnlyMismatch(string name, string reason)
    {
        var rows = Find();
        AssertMismatch(Of(rows, name), reason);
        Assert.All(rows.Where(row => row.Name != name), row => Assert.Equal((CertificateStatus.Good, null), (row.Status, row.Reason)));
    }

    private static void AssertError(ErrorId id, CertificateReport report)
    {
        Assert.Empty(report.Certificates);
        var error = Assert.Single(report.Errors);
        Assert.True(error.Id == id, $"expected {id}, but was {error.Id}: {error.Message}");
    }

    private static string Kubeconfig(string authority, string certificate, string key, string user) => Encoding.UTF8.GetString(new KubeconfigYaml().Write(new KubeconfigDocument(
        [new KubeconfigCluster("kubernetes", Cluster.Server, Encoding.UTF8.GetBytes(authority))],
        [new KubeconfigContext("default", "kubernetes", user)],
        [new KubeconfigUser(user, Encoding.UTF8.GetBytes(certificate), Encoding.UTF8.GetBytes(key))],
        "default")));
}
