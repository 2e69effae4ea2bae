using System.Formats.Asn1;
using System.Net;
using System.Text;
using KubePrep.Pki;

namespace KubePrep.Core.Tests;

public sealed class SubjectAlternativeNamesTests
{
    [Theory]
    [InlineData("localhost")]
    [InlineData("kubernetes.default.svc.cluster.local")]
    [InlineData("*.example.com")]
    [InlineData("foo_bar.example.com")]
    [InlineData("_etcd._tcp.example.com")]
    [InlineData("xn--bcher-kva.example")]
    [InlineData("1")]
    [InlineData("1.2.3")]
    [InlineData("1.2.3.4.5")]
    [InlineData("0x7f.1")]
    [InlineData("1a")]
    [InlineData("Node-1.Example.COM")]
    public void Takes_host_names_for_DNS_names_as_they_are_written(string host) => Assert.Equal([$"DNS:{host}"], Names(host));

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("0.0.0.0")]
    [InlineData("255.255.255.255")]
    [InlineData("::1")]
    [InlineData("2001:db8::1")]
    [InlineData("FE80::1")]
    public void Takes_IP_addresses_for_addresses(string host) => Assert.Equal([$"IP:{IPAddress.Parse(host)}"], Names(host));

    [Fact]
    public void Takes_an_IPv4_address_in_IPv6_clothes_for_IPv4_as_Go_does() => Assert.Equal(["IP:10.0.0.1"], Names("::ffff:10.0.0.1"));

    [Fact]
    public void Takes_mail_addresses_and_URIs()
    {
        Assert.Equal(["email:jane@example.com"], Names("jane@example.com"));
        Assert.Equal(["URI:spiffe://example.com/ns/x"], Names("spiffe://example.com/ns/x"));
        Assert.Equal(["URI:https://example.com:8443/x?y=z"], Names("https://example.com:8443/x?y=z"));
    }

    [Fact]
    public void Sorts_DNS_names_mail_addresses_IP_addresses_and_URIs_and_keeps_the_order_in_each() => Assert.Equal(
        ["DNS:z.example", "DNS:a.example", "email:x@example.com", "IP:10.0.0.2", "IP:10.0.0.1", "URI:https://x/y"],
        Names("https://x/y", "10.0.0.2", "z.example", "x@example.com", "10.0.0.1", "a.example"));

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("a b")]
    [InlineData("a..b")]
    [InlineData(".a")]
    [InlineData("a.")]
    [InlineData("-a")]
    [InlineData("a-")]
    [InlineData("a/b")]
    [InlineData("a:80")]
    [InlineData("a.*.b")]
    [InlineData("*")]
    [InlineData("*a.b")]
    [InlineData("bücher.example")]
    [InlineData("a\nb")]
    [InlineData("a\n")]
    [InlineData("10.0.0.1:6443")]
    [InlineData("[::1]")]
    [InlineData("[::1]:6443")]
    [InlineData("fe80::1%eth0")]
    [InlineData("10.0.0.0/8")]
    [InlineData("2001:db8::/32")]
    [InlineData("@")]
    [InlineData("a@")]
    public void Refuses_what_is_none_of_these(string host)
    {
        var error = Expect.Error(ErrorId.InvalidDocument, () => TestPki.Hosts("localhost", host));
        Assert.Equal("admin-csr.json", error.Target);
    }

    [Theory]
    [InlineData(63, true)]
    [InlineData(64, false)]
    public void Keeps_to_the_length_of_DNS_labels(int length, bool allowed)
    {
        var host = $"{new string('a', length)}.example";
        if (allowed)
        {
            Assert.Equal([$"DNS:{host}"], Names(host));
        }
        else
        {
            Expect.Error(ErrorId.InvalidDocument, () => TestPki.Hosts(host));
        }
    }

    [Fact]
    public void Has_no_extension_without_hosts() => Assert.Null(TestPki.Hosts().Extension);

    [Fact]
    public void Are_the_same_in_whatever_order()
    {
        Assert.True(TestPki.Hosts("a", "10.0.0.1", "b").SameAs(TestPki.Hosts("b", "a", "10.0.0.1")));
        Assert.True(TestPki.Hosts().SameAs(TestPki.Hosts()));
        Assert.False(TestPki.Hosts("a").SameAs(TestPki.Hosts()));
        Assert.False(TestPki.Hosts("a").SameAs(TestPki.Hosts("a", "b")));
        Assert.False(TestPki.Hosts("a", "b").SameAs(TestPki.Hosts("a")));
    }

    [Fact]
    public void Are_read_from_a_certificate_as_they_were_asked_for()
    {
        using var authority = TestPki.Authority();
        using var leaf = TestPki.Issue(TestPki.Leaf(hosts: ["a.example", "10.0.0.1", "x@example.com", "https://x/y"]), authority);
        Assert.True(
            SubjectAlternativeNames.Of(leaf.Certificate).SameAs(TestPki.Hosts("https://x/y", "10.0.0.1", "a.example", "x@example.com")));
        using var without = TestPki.Issue(TestPki.Leaf(), authority);
        Assert.Null(SubjectAlternativeNames.Of(without.Certificate).Extension);
    }

    [Fact]
    public void Either_takes_a_text_or_says_that_the_document_is_wrong() => Property.Holds(
        Generators.OddName,
        host =>
        {
            try
            {
                TestPki.Hosts(host);
            }
            catch (KubePrepException e)
            {
                Assert.Equal(ErrorId.InvalidDocument, e.Id);
            }
        },
        cases: 500);

    private static List<string> Names(params string[] hosts)
    {
        var extension = TestPki.Hosts(hosts).Extension;
        Assert.NotNull(extension);
        Assert.Equal("2.5.29.17", extension.Oid?.Value);
        Assert.False(extension.Critical);
        var names = new List<string>();
        var sequence = new AsnReader(extension.RawData, AsnEncodingRules.DER).ReadSequence();
        while (sequence.HasData)
        {
            var tag = sequence.PeekTag();
            var value = sequence.ReadOctetString(tag);
            names.Add(tag.TagValue switch
            {
                1 => $"email:{Encoding.ASCII.GetString(value)}",
                2 => $"DNS:{Encoding.ASCII.GetString(value)}",
                6 => $"URI:{Encoding.ASCII.GetString(value)}",
                7 => $"IP:{new IPAddress(value)}",
                var other => $"{other}?",
            });
        }

        return names;
    }
}
