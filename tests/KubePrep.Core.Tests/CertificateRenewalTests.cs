using KubePrep.Deployment;
using KubePrep.Pki;
using KubePrep.Renewal;
using KubePrep.Yaml;

namespace KubePrep.Core.Tests;

public sealed class CertificateRenewalTests : IDisposable
{
    private static readonly string[] Leaves = ["ssl/admin.pem", "ssl/kube-proxy.pem", "ssl/kube-scheduler.pem", "ssl/kube-controller-manager.pem"];
    private readonly Cluster _cluster = new();

    public CertificateRenewalTests() => _cluster.Deploy();

    [Theory]
    [InlineData(0, null, 0)]
    [InlineData(240, null, 0)]
    [InlineData(250, null, 4)]
    [InlineData(370, null, 4)]
    [InlineData(250, "30d", 0)]
    [InlineData(340, "30d", 4)]
    [InlineData(0, "2y", 4)]
    public void Certificates_are_due_by_the_clock(int days, string? within, int due)
    {
        _cluster.Clock.Now += TimeSpan.FromDays(days);
        var result = Renew(request => request with { ExpiringWithin = within is null ? null : Horizon.Parse(within) });
        Assert.Equal(due, _cluster.Changed(result).Intersect(Leaves).Count());
        Assert.Equal(due == 0, !Directory.Exists(_cluster["backup"]));
        _cluster.Deploy();
        _cluster.AssertSound();
    }

    [Fact]
    public void A_renewed_certificate_is_as_it_was_but_for_its_key_and_its_dates()
    {
        var old = CertificateFile.Read(File.ReadAllBytes(_cluster["ssl/admin.pem"]), "admin.pem");
        _cluster.Clock.Now += TimeSpan.FromDays(100);
        var changed = _cluster.Changed(Renew(request => request with { Names = ["admin"] }));
        Assert.Equal(["ssl/admin.pem", "ssl/admin-key.pem", "kubectl.kubeconfig"], changed);
        var renewed = CertificateFile.Read(File.ReadAllBytes(_cluster["ssl/admin.pem"]), "admin.pem");
        Assert.Equal(old.SubjectName.RawData, renewed.SubjectName.RawData);
        Assert.True(CertificateUsages.Of(old).AllowsTheSameAs(CertificateUsages.Of(renewed)));
        Assert.Equal(old.NotAfter - old.NotBefore, renewed.NotAfter - renewed.NotBefore);
        Assert.NotEqual(old.GetPublicKeyString(), renewed.GetPublicKeyString());
        _cluster.AssertSound();
    }

    [Fact]
    public void A_certificate_that_openssl_made_keeps_its_subject_byte_for_byte_its_names_and_its_key()
    {
        Tool.Require("openssl");
        using var cluster = new Cluster(DateTimeOffset.UtcNow);
        cluster.Deploy();
        var key = cluster["ssl/etcd-key.pem"];
        Tool.Run("openssl", "genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048", "-out", key);
        Tool.Run(
            "openssl", "req", "-x509", "-new", "-key", key, "-subj", "/CN=etcd/O=k8s/C=NO", "-days", "30", "-out", cluster["ssl/etcd.pem"],
            "-CA", cluster["ssl/ca.pem"], "-CAkey", cluster["ssl/ca-key.pem"], "-addext", "basicConstraints=critical,CA:FALSE",
            "-addext", "extendedKeyUsage=serverAuth", "-addext", "subjectAltName=DNS:etcd-1,IP:192.0.2.7");
        var old = CertificateFile.Read(File.ReadAllBytes(cluster["ssl/etcd.pem"]), "etcd.pem");
        var keyPem = cluster.Read("ssl/etcd-key.pem");
        Renew(request => request with { Names = ["etcd"], KeepKey = true }, cluster);
        var renewed = CertificateFile.Read(File.ReadAllBytes(cluster["ssl/etcd.pem"]), "etcd.pem");
        Assert.Equal(old.SubjectName.RawData, renewed.SubjectName.RawData);
        Assert.Equal(keyPem, cluster.Read("ssl/etcd-key.pem"));
        Assert.NotEqual(old.SerialNumber, renewed.SerialNumber);
        Assert.Contains("DNS:etcd-1, IP Address:192.0.2.7", Tool.Run("openssl", "x509", "-in", cluster["ssl/etcd.pem"], "-noout", "-ext", "subjectAltName"), StringComparison.Ordinal);
        Tool.Run("openssl", "verify", "-CAfile", cluster["ssl/ca.pem"], "-purpose", "sslserver", cluster["ssl/etcd.pem"]);
    }

    [Fact]
    public void Names_may_be_patterns_and_one_that_fits_none_writes_nothing()
    {
        Assert.Equal(2, _cluster.Changed(Renew(request => request with { Names = ["kube-p*", "admi?"] })).Intersect(Leaves).Count());
        Expect.ErrorWithoutTrace(ErrorId.ClientCertificateNotFound, _cluster.Directory, () => Renew(request => request with { Names = ["ca"] }));
    }

    [Fact]
    public void A_foreign_certificate_is_left_and_an_error_where_it_is_named()
    {
        using var other = new Cluster();
        other.Deploy();
        _cluster.Write("ssl/foreign.pem", other.Read("ssl/admin.pem"));
        _cluster.Write("ssl/foreign-key.pem", other.Read("ssl/admin-key.pem"));
        var result = Renew(request => request with { Force = true });
        Assert.Contains(result.Warnings, warning => warning.Contains("foreign.pem", StringComparison.Ordinal));
        Assert.Equal(other.Read("ssl/admin.pem"), _cluster.Read("ssl/foreign.pem"));
        Expect.ErrorWithoutTrace(ErrorId.ClientCertificateUnusable, _cluster.Directory, () => Renew(request => request with { Names = ["foreign"] }));
    }

    [Fact]
    public void A_certificate_that_ends_with_its_authority_is_left_with_a_word_about_it()
    {
        _cluster.Clock.Now += TimeSpan.FromDays(3640);
        _cluster.Deploy();
        var result = Renew(request => request with { ExpiringWithin = Horizon.Parse("30d") });
        Assert.Empty(_cluster.Changed(result));
        Assert.Contains(result.Warnings, warning => warning.Contains("Update-KpCertificateAuthority", StringComparison.Ordinal));
    }

    public void Dispose() => _cluster.Dispose();

    private DeploymentResult Renew(Func<CertificateRenewalRequest, CertificateRenewalRequest> change, Cluster? cluster = null)
    {
        cluster ??= _cluster;
        return new RenewalEngine(new KubeconfigYaml(), cluster.Clock).Renew(change(new CertificateRenewalRequest(cluster.Directory)), new RunOptions());
    }
}
