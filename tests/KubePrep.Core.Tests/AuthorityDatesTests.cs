using System.Text;
using KubePrep.Facts;
using KubePrep.Pki;
using KubePrep.TimeSync;

namespace KubePrep.Core.Tests;

/// <summary>Certificate authorities that begin in a node's future.</summary>
public sealed class AuthorityDatesTests
{
    private const string Path = "/etc/kubernetes/ssl/ca.pem";

    private static readonly DateTime Now = new(2030, 1, 2, 3, 4, 5, DateTimeKind.Utc);

    [Theory]
    [InlineData(-90.5, 0.002, "90.5 s ahead of the node's clock (±0.002 s)")]
    [InlineData(-0.01, 0.002, "0.010 s ahead of the node's clock (±0.002 s)")]
    [InlineData(-0.002, 0.002, "")]
    [InlineData(-1, 1.5, "")]
    [InlineData(0, 0, "")]
    [InlineData(3600, 0.1, "")]
    public void One_is_called_out_where_it_surely_begins_later_than_the_node_shows(double offset, double errorBound, string expected)
    {
        var warnings = AuthorityDates.Warnings(Node(offset, errorBound), new AuthorityDate("/root/pki/ca.pem", Now), Now);
        if (expected.Length == 0)
        {
            Assert.Empty(warnings);
            return;
        }

        Assert.Equal(
            $"The certificate authority /root/pki/ca.pem begins to be valid at 2030-01-02 03:04:05 UTC, which is {expected}: "
            + "until then the node trusts nothing that it signed",
            Assert.Single(warnings));
    }

    [Theory]
    [InlineData(Path)]
    [InlineData("/etc/kubernetes/pki/ca.crt")]
    public void That_of_a_node_is_read_from_its_files(string path)
    {
        using var authority = TestPki.Authority();
        var node = WithFile(Node(0, 0.001), path, authority.Pem);
        var begin = NotBefore(authority.Pem);
        Assert.Contains($"{path} begins", Assert.Single(AuthorityDates.Warnings(node, null, begin.AddSeconds(-5))), StringComparison.Ordinal);
        Assert.Empty(AuthorityDates.Warnings(node, null, begin));
    }

    [Fact]
    public void Each_of_a_bundle_is_read()
    {
        using var first = TestPki.Authority();
        using var second = TestPki.Authority(made: TestPki.Now.AddDays(1));
        var node = WithFile(Node(0, 0.001), Path, [.. first.Pem, .. second.Pem]);
        Assert.Single(AuthorityDates.Warnings(node, null, NotBefore(first.Pem).AddSeconds(1)));
        Assert.Equal(2, AuthorityDates.Warnings(node, null, NotBefore(first.Pem).AddSeconds(-1)).Count);
    }

    [Fact]
    public void Without_a_comparison_of_clocks_nothing_is_said() => Assert.Empty(
        AuthorityDates.Warnings(SampleNode.Debian with { Time = new TimeFacts() }, new AuthorityDate(Path, Now), Now.AddYears(-1)));

    [Fact]
    public void A_damaged_file_is_no_error()
    {
        using var authority = TestPki.Authority();
        var original = authority.Pem;
        Property.Holds(
            Generators.Damaged(original), damaged => AuthorityDates.Warnings(WithFile(Node(0, 0), Path, damaged.Content), null, Now), 1000);
        var der = original.AsSpan().ToArray();
        Property.Holds(
            FsCheck.Fluent.Gen.Choose(0, 700),
            at =>
            {
                var blocks = KubePrep.Pki.Pem.Decode(der, "CERTIFICATE"u8)[0];
                blocks[at % blocks.Length] ^= 0x55;
                AuthorityDates.Warnings(WithFile(Node(0, 0), Path, KubePrep.Pki.Pem.Encode("CERTIFICATE"u8, blocks)), null, Now);
            },
            1000);
    }

    [Fact]
    public void One_of_this_machine_is_read_from_its_file()
    {
        using var authority = TestPki.Authority();
        using var directory = new TemporaryDirectory();
        var path = directory.Write("ca.pem", Encoding.ASCII.GetString(authority.Pem));
        Assert.Equal(new AuthorityDate(path, NotBefore(authority.Pem)), AuthorityDate.Read(path));
        Assert.Equal(DateTimeKind.Utc, AuthorityDate.Read(path).NotBefore.Kind);
        Expect.Error(ErrorId.CertificateAuthorityNotFound, () => AuthorityDate.Read(path + "x"));
        Expect.Error(ErrorId.MalformedCertificate, () => AuthorityDate.Read(directory.Write("empty.pem", "nothing")));
    }

    private static DateTime NotBefore(byte[] pem)
    {
        using var certificate = CertificateFile.Read(pem, "ca.pem");
        return certificate.NotBefore.ToUniversalTime();
    }

    private static NodeFacts Node(double offset, double errorBound) =>
        SampleNode.Debian with { Time = new TimeFacts { Clock = TimeSamples.Reading(true, offset, errorBound) } };

    private static NodeFacts WithFile(NodeFacts facts, string path, byte[] content) => facts with { Files = facts.Files.With(path, content) };
}
