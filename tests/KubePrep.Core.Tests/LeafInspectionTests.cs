using KubePrep.Pki;

namespace KubePrep.Core.Tests;

public sealed class LeafInspectionTests : IDisposable
{
    private readonly CertificateAuthority _authority = TestPki.Authority();

    [Fact]
    public void Finds_nothing_wrong_with_a_new_leaf()
    {
        var wanted = TestPki.Leaf(hosts: ["a"]);
        using var leaf = TestPki.Issue(wanted, _authority);
        Assert.Null(LeafInspection.ReasonToReissue(leaf, wanted, _authority, TestPki.Now));
    }

    [Fact]
    public void Finds_a_key_that_does_not_match()
    {
        using var leaf = TestPki.Issue(TestPki.Leaf(), _authority);
        using var other = TestPki.Issue(TestPki.Leaf(), _authority);
        using var mixed = new CertificatePair(leaf.Certificate, leaf.CertificatePem, other.Key, other.KeyPem);
        AssertReason("the key does not match the certificate", mixed, TestPki.Leaf());
    }

    [Theory]
    [InlineData("kubernetes-ca")]
    [InlineData("other-ca")]
    public void Finds_another_authority_also_of_the_same_name(string commonName)
    {
        using var other = TestPki.Authority(commonName);
        using var leaf = TestPki.Issue(TestPki.Leaf(), other);
        AssertReason("it is not signed by this certificate authority", leaf, TestPki.Leaf());
    }

    [Fact]
    public void Finds_a_leaf_that_has_expired()
    {
        using var leaf = TestPki.Issue(TestPki.Leaf(), _authority);
        var end = new DateTimeOffset(leaf.Certificate.NotAfter.ToUniversalTime());
        AssertReason("it expired on 2031-06-15", leaf, TestPki.Leaf(), end);
        Assert.Null(LeafInspection.Fault(leaf.Certificate, leaf.Key, _authority.Certificate, end.AddSeconds(-1)));
    }

    [Fact]
    public void Finds_a_leaf_that_is_not_valid_yet()
    {
        using var leaf = TestPki.Issue(TestPki.Leaf(), _authority, made: TestPki.Now.AddDays(3));
        AssertReason("it is valid only from 2030-06-18 on", leaf, TestPki.Leaf());
    }

    [Fact]
    public void Finds_another_subject()
    {
        using var leaf = TestPki.Issue(TestPki.Leaf(SubjectName.Of("admin", "system:masters", "more")), _authority);
        Assert.StartsWith(
            "its subject is CN=admin",
            LeafInspection.ReasonToReissue(leaf, TestPki.Leaf(), _authority, TestPki.Now),
            StringComparison.Ordinal);
        AssertReason(
            "its subject is CN=Admin, O=system:masters, not CN=admin, O=system:masters", SubjectName.Of("Admin", "system:masters"));
    }

    [Fact]
    public void Finds_other_usages()
    {
        using var leaf = TestPki.Issue(TestPki.Leaf(profile: TestPki.Profile("1y", "signing", "client auth")), _authority);
        AssertReason("its usages are not those of profile kubernetes", leaf, TestPki.Leaf());
    }

    [Fact]
    public void Finds_other_hosts()
    {
        using var leaf = TestPki.Issue(TestPki.Leaf(hosts: ["a"]), _authority);
        AssertReason("its alternative names are not the document's hosts", leaf, TestPki.Leaf());
        AssertReason("its alternative names are not the document's hosts", leaf, TestPki.Leaf(hosts: ["b"]));
    }

    [Fact]
    public void Finds_another_algorithm()
    {
        using var leaf = TestPki.Issue(TestPki.Leaf(), _authority);
        AssertReason("its key is ECDSA P-256, not RSA 3072", leaf, TestPki.Leaf() with { Algorithm = KeyAlgorithm.Rsa3072 });
    }

    [Fact]
    public void Finds_the_last_third_of_a_life()
    {
        var wanted = TestPki.Leaf(profile: TestPki.Profile("300d"));
        using var leaf = TestPki.Issue(wanted, _authority);
        var lastThird = new DateTimeOffset(leaf.Certificate.NotAfter.ToUniversalTime()).AddDays(-100);
        var backdate = CertificateIssuer.DefaultBackdate; // which may count as part of its life, or not
        Assert.Null(LeafInspection.ReasonToReissue(leaf, wanted, _authority, lastThird - backdate));
        AssertReason("it is in the last third of its life, which ends on 2031-04-11", leaf, wanted, lastThird + backdate);
    }

    [Fact]
    public void Keeps_an_aging_leaf_whose_successor_would_end_with_the_same_authority()
    {
        using var ending = TestPki.Authority(expiry: "300d");
        using var leaf = TestPki.Issue(TestPki.Leaf(), ending);
        Assert.Equal(ending.NotAfter, leaf.Certificate.NotAfter.ToUniversalTime());
        foreach (var days in new[] { 201, 250, 299 })
        {
            Assert.True(LeafInspection.IsAging(leaf.Certificate, TestPki.Now.AddDays(days)));
            Assert.Null(LeafInspection.ReasonToReissue(leaf, TestPki.Leaf(), ending, TestPki.Now.AddDays(days)));
        }
    }

    [Fact]
    public void Reissues_an_aging_leaf_under_an_ending_authority_where_that_gains_time()
    {
        using var ending = TestPki.Authority(expiry: "300d");
        var wanted = TestPki.Leaf(profile: TestPki.Profile("100d"));
        using var leaf = TestPki.Issue(wanted, ending);
        Assert.NotNull(LeafInspection.ReasonToReissue(leaf, wanted, ending, TestPki.Now.AddDays(70)));
    }

    [Fact]
    public void Ignores_a_lifetime_that_takes_effect_at_the_next_issue()
    {
        using var leaf = TestPki.Issue(TestPki.Leaf(), _authority);
        Assert.Null(LeafInspection.ReasonToReissue(leaf, TestPki.Leaf(profile: TestPki.Profile("2y")), _authority, TestPki.Now));
    }

    public void Dispose() => _authority.Dispose();

    private void AssertReason(string reason, SubjectName subject)
    {
        using var leaf = TestPki.Issue(TestPki.Leaf(subject), _authority);
        AssertReason(reason, leaf, TestPki.Leaf());
    }

    private void AssertReason(string reason, CertificatePair leaf, LeafSpecification wanted, DateTimeOffset? now = null) =>
        Assert.Equal(reason, LeafInspection.ReasonToReissue(leaf, wanted, _authority, now ?? TestPki.Now));
}
