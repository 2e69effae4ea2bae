namespace KubePrep.Core.Tests;

/// <summary>Authorities that cannot be used: each its own error, the directory untouched, and a way out by force.</summary>
public sealed class AuthorityFaultTests : IDisposable
{
    private readonly Cluster _cluster = new();

    public AuthorityFaultTests() => _cluster.Deploy();

    [Fact]
    public void Without_a_key_everything_that_is_good_is_kept()
    {
        _cluster.Delete("ssl/ca-key.pem");
        var before = DirectoryListing.Of(_cluster.Directory);
        var result = _cluster.Deploy();
        Assert.Equal(
            Cluster.Files.Where(file => file != "ssl/ca-key.pem").Select(file => _cluster[file]), result.Files.Select(file => file.Path));
        Assert.Empty(_cluster.Changed(result));
        Assert.Equal(before, DirectoryListing.Of(_cluster.Directory));
    }

    [Fact]
    public void Without_a_key_kubeconfigs_can_still_be_made()
    {
        _cluster.Delete("ssl/ca-key.pem", "kubectl.kubeconfig");
        Assert.Equal(["kubectl.kubeconfig"], _cluster.Changed(_cluster.Deploy()));
    }

    [Fact]
    public void Without_a_key_nothing_can_be_signed()
    {
        _cluster.Delete("ssl/ca-key.pem", "ssl/kube-proxy.pem");
        var error = AssertRefused(ErrorId.CertificateAuthorityKeyNotFound);
        Assert.Equal(_cluster["ssl/ca-key.pem"], error.Target);
        Assert.Contains("Bring the key back", error.RecommendedAction, StringComparison.Ordinal);
        Assert.Contains("kube-proxy", error.Message, StringComparison.Ordinal);
        AssertForceHelps();
    }

    [Fact]
    public void Without_a_certificate()
    {
        _cluster.Delete("ssl/ca.pem");
        AssertRefused(ErrorId.CertificateAuthorityCertificateNotFound);
        AssertForceHelps();
    }

    [Fact]
    public void With_the_key_of_another()
    {
        using var other = new Cluster();
        other.Deploy();
        _cluster.Write("ssl/ca-key.pem", other.Read("ssl/ca-key.pem"));
        AssertRefused(ErrorId.CertificateAuthorityKeyMismatch);
        AssertForceHelps();
    }

    [Fact]
    public void Expired()
    {
        _cluster.Clock.Now += TimeSpan.FromDays(3651);
        AssertRefused(ErrorId.CertificateAuthorityExpired);
        AssertForceHelps();
    }

    [Fact]
    public void Not_valid_yet()
    {
        _cluster.Clock.Now -= TimeSpan.FromDays(1);
        AssertRefused(ErrorId.CertificateAuthorityNotYetValid);
        AssertForceHelps();
    }

    [Fact]
    public void That_is_none()
    {
        _cluster.Write("ssl/ca.pem", _cluster.Read("ssl/admin.pem"));
        _cluster.Write("ssl/ca-key.pem", _cluster.Read("ssl/admin-key.pem"));
        AssertRefused(ErrorId.NotCertificateAuthority);
        AssertForceHelps();
    }

    [Theory]
    [InlineData("pkcs8 -topk8 -v2 aes-256-cbc -passout pass:x", "give its passphrase")]
    [InlineData("ec -aes256 -passout pass:x", "give its passphrase")]
    public void With_an_encrypted_key_that_is_needed(string command, string remedy)
    {
        Tool.Require("openssl");
        var encrypted = Tool.Try("openssl", _cluster.Read("ssl/ca-key.pem"), command.Split(' '));
        Assert.Contains("ENCRYPTED", encrypted.Output, StringComparison.Ordinal);
        _cluster.Write("ssl/ca-key.pem", encrypted.Output);
        Assert.Empty(_cluster.Changed(_cluster.Deploy())); // nothing has to be signed
        File.Delete(_cluster["ssl/admin.pem"]);
        Assert.Contains(remedy, AssertRefused(ErrorId.EncryptedKey).RecommendedAction, StringComparison.Ordinal);
        Expect.ErrorWithoutTrace(ErrorId.EncryptedKey, _cluster.Directory, () => _cluster.Deploy(request => request with { Force = true }));
    }

    [Fact]
    public void With_a_key_of_another_kind()
    {
        Tool.Require("openssl");
        _cluster.Write("ssl/ca-key.pem", Tool.Run("openssl", "genpkey", "-algorithm", "ED25519"));
        AssertRefused(ErrorId.UnsupportedKey);
        AssertForceHelps();
    }

    [Fact]
    public void With_one_certificate_twice()
    {
        _cluster.Write("ssl/ca.pem", _cluster.Read("ssl/ca.pem") + _cluster.Read("ssl/ca.pem"));
        AssertRefused(ErrorId.MalformedCertificate);
        AssertForceHelps();
    }

    [Theory]
    [InlineData("ssl/ca.pem", ErrorId.MalformedCertificate)]
    [InlineData("ssl/ca-key.pem", ErrorId.MalformedKey)]
    public void That_is_damaged(string file, ErrorId id)
    {
        _cluster.Write(file, _cluster.Read(file)[..100]);
        AssertRefused(id);
        AssertForceHelps();
    }

    public void Dispose() => _cluster.Dispose();

    private KubePrepException AssertRefused(ErrorId id)
    {
        var error = Expect.ErrorWithoutTrace(id, _cluster.Directory, () => _cluster.Deploy());
        Expect.ErrorWithoutTrace(id, _cluster.Directory, () => _cluster.Preview());
        return error;
    }

    private void AssertForceHelps()
    {
        _cluster.Deploy(request => request with { Force = true });
        _cluster.AssertSound();
        Assert.Empty(_cluster.Changed(_cluster.Deploy()));
        Assert.NotEmpty(Directory.GetFiles(Assert.Single(Directory.GetDirectories(_cluster["backup"])), "*", SearchOption.AllDirectories));
    }
}
