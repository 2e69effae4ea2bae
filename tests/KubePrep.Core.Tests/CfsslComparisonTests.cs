using System.Text;
using System.Text.Json;
using KubePrep.Pki;

namespace KubePrep.Core.Tests;

/// <summary>The same documents given to cfssl and to KubePrep: the certificates agree field by field, the keys in their form.</summary>
public sealed class CfsslComparisonTests : IDisposable
{
    private const string Configuration = """
        {
          "signing": {
            "default": {"expiry": "1h"},
            "profiles": {
              "kubernetes": {"usages": ["signing", "key encipherment", "server auth", "client auth"], "expiry": "438000h"},
              "kcfg": {"usages": ["signing", "key encipherment", "client auth"], "expiry": "8760h"},
              "odd": {
                "usages": ["crl sign", "client auth", "decipher only", "s/mime", "any", "netscape sgc", "ipsec user", "microsoft sgc",
                  "encipher only", "data encipherment", "key agreement", "timestamping", "ocsp signing", "code signing", "ipsec tunnel", "ipsec end system"],
                "expiry": "90h30m15s"
              },
              "plain": {"usages": ["digital signature"], "expiry": "2h"},
              "extended": {"usages": ["client auth"], "expiry": "2h"},
              "backdated": {"usages": ["signing"], "expiry": "8760h", "backdate": "1h"},
              "notBackdated": {"usages": ["signing"], "expiry": "8760h", "backdate": "0s"}
            }
          }
        }
        """;

    private readonly TemporaryDirectory _directory = new();

    public static TheoryData<string> Authorities =>
    [
        """{"CN": "kubernetes-ca", "key": {"algo": "rsa", "size": 2048}, "names": [{"O": "k8s", "OU": "System"}], "ca": {"expiry": "876000h"}}""",
        """{"CN": "kubernetes-ca", "key": {"algo": "ecdsa", "size": 256}, "ca": {"expiry": "87600h"}}""",
        """{"CN": "kubernetes-ca", "key": {"algo": "ecdsa", "size": 384}, "names": [{"C": "CN", "ST": "HangZhou", "L": "XS", "O": "k8s", "OU": "System"}], "ca": {"expiry": "87600h"}}""",
        """{"CN": "kubernetes-ca", "ca": {"expiry": "8760h0m1s", "pathlen": 1}}""",
        """{"CN": "kubernetes-ca", "ca": {"expiry": "8760h", "pathlenzero": true}}""",
        """{"CN": "kubernetes-ca", "ca": {"expiry": "8760h", "pathlen": 0}}""",
        """{"CN": "kubernetes-ca", "ca": {"expiry": "8760h"}, "hosts": ["10.0.0.1", "2001:db8::1"]}""",
        """{"CN": "Müller & Söhne_CA*", "ca": {"expiry": "8760h"}, "names": [{"O": "中文", "OU": "a@b"}, {"O": "zzz"}, {"O": "aaaa"}]}""",
    ];

    public static TheoryData<string, string> Leaves => new()
    {
        { "kubernetes", """{"CN": "admin", "hosts": [], "key": {"algo": "rsa", "size": 2048}, "names": [{"C": "CN", "ST": "HangZhou", "L": "XS", "O": "system:masters", "OU": "System"}]}""" },
        { "kubernetes", """{"CN": "admin", "hosts": [], "key": {"algo": "ecdsa", "size": 256}, "names": [{"O": "system:masters"}]}""" },
        { "kubernetes", """{"CN": "system:kube-scheduler", "hosts": [], "key": {"algo": "ecdsa", "size": 384}, "names": [{"O": "system:kube-scheduler"}]}""" },
        { "kcfg", """{"CN": "jane", "key": {"algo": "ecdsa", "size": 256}}""" },
        { "kcfg", """{"CN": "jane"}""" },
        { "kcfg", """{"cn": "jane", "KEY": {"ALGO": "ecdsa", "Size": 384}, "Names": [{"o": "dev"}], "HOSTS": ["a.example"]}""" },
        { "kcfg", """{"CN": "jane", "names": [{"O": "zeta"}, {"O": "a"}, {"O": "bb", "OU": "x"}, {"O": "Alpha", "OU": "w", "L": "l2"}, {"L": "l1"}]}""" },
        { "kcfg", """{"CN": "*.jane_doe@example.com", "names": [{"O": "Ünïcode", "ST": "São Paulo", "L": "東京", "OU": "a&b"}]}""" },
        { "kubernetes", """{"CN": "node", "hosts": ["node-1", "127.0.0.1", "::1", "2001:db8::10", "*.node.example", "admin@node.example", "10.0.0.1", "a.node.example"]}""" },
        { "kubernetes", """{"CN": "node", "hosts": ["Node-1.Example.COM", "foo_bar.example", "1.2.3", "xn--bcher-kva.example"]}""" },
        { "kubernetes", """{"CN": "node", "hosts": ["::ffff:10.0.0.1"]}""" },
        { "kubernetes", """{"CN": "node", "hosts": ["a", "a", "10.0.0.1", "10.0.0.1"]}""" },
        { "odd", """{"CN": "jane"}""" },
        { "plain", """{"CN": "jane"}""" },
        { "extended", """{"CN": "jane"}""" },
        { "backdated", """{"CN": "jane"}""" },
        { "notBackdated", """{"CN": "jane"}""" },
    };

    [Theory]
    [MemberData(nameof(Authorities))]
    public void Authorities_agree(string request)
    {
        Tool.Require("cfssl");
        var (theirs, theirKey) = Cfssl("-initca", _directory.Write("ca-csr.json", request));
        var wanted = CertificateRequestDocument.Parse(TestPki.Utf8(request), "ca-csr.json").ToAuthority(Lifetime.Parse("5y"));
        using var key = PrivateKey.Generate(wanted.Algorithm);
        using var ours = CertificateIssuer.IssueAuthority(wanted, key, DateTimeOffset.UtcNow);
        AssertAgree(theirs, theirKey, Encoding.ASCII.GetString(CertificateFile.Encode(ours)), key, authority: null);
        AssertSameBackdate(TestPki.FieldsOf(theirs), TestPki.FieldsOf(ours));
    }

    [Theory]
    [MemberData(nameof(Leaves))]
    public void Leaves_agree(string profile, string request)
    {
        Tool.Require("cfssl");
        using var authority = TestPki.Authority(expiry: "100y", made: DateTimeOffset.UtcNow.AddMinutes(-1));
        File.WriteAllBytes(_directory["ca.pem"], authority.Pem);
        File.WriteAllBytes(_directory["ca-key.pem"], authority.Key!.ToPem());
        var (theirs, theirKey) = Cfssl(
            $"-ca={_directory["ca.pem"]}", $"-ca-key={_directory["ca-key.pem"]}",
            $"-config={_directory.Write("ca-config.json", Configuration)}",
            $"-profile={profile}", _directory.Write("x-csr.json", request));
        var wanted = CertificateRequestDocument.Parse(TestPki.Utf8(request), "x-csr.json")
            .ToLeaf(SigningConfiguration.Parse(TestPki.Utf8(Configuration), "ca-config.json").Find(profile));
        using var ours = TestPki.Issue(wanted, authority, DateTimeOffset.UtcNow);
        AssertAgree(theirs, theirKey, Encoding.ASCII.GetString(ours.CertificatePem), ours.Key, TestPki.FieldsOf(authority.Certificate));
        AssertSameBackdate(TestPki.FieldsOf(theirs), TestPki.FieldsOf(ours.Certificate));
    }

    [Fact]
    public void Every_printable_character_is_encoded_as_by_cfssl()
    {
        Tool.Require("cfssl");
        var characters = Enumerable.Range(0x20, 0x7f - 0x20).Select(c => ((char)c).ToString()).Concat(["é", "ß", "中", "😀", "\u00a0", "ｆ"]).ToList();
        var names = characters.Select(c => new Dictionary<string, string> { ["O"] = $"x{c}y", ["OU"] = $"{c}z" });
        var request = JsonSerializer.Serialize(new Dictionary<string, object> { ["CN"] = "x", ["names"] = names });
        var (theirs, _) = Cfssl("-initca", _directory.Write("ca-csr.json", request));
        var ours = CertificateRequestDocument.Parse(TestPki.Utf8(request), "ca-csr.json").Subject.Encode();
        Assert.Equal(TestPki.FieldsOf(theirs).Subject, Convert.ToHexString(ours.RawData));
    }

    [Fact]
    public void The_documents_of_a_deployment_are_read_by_cfssl_and_ask_it_for_the_same()
    {
        Tool.Require("cfssl");
        using var cluster = new Cluster(DateTimeOffset.UtcNow);
        cluster.Deploy(request => request with { KeyAlgorithm = KeyAlgorithm.EcdsaP384, Lifetime = Lifetime.Parse("90d") });
        var (theirAuthority, theirAuthorityKey) = Cfssl("-initca", cluster["ssl/ca-csr.json"]);
        AssertAgree(theirAuthority, theirAuthorityKey, cluster.Read("ssl/ca.pem"), KeyOf(cluster, "ca"), authority: null);
        foreach (var name in Cluster.Identities)
        {
            var (theirs, theirKey) = Cfssl(
                $"-ca={cluster["ssl/ca.pem"]}", $"-ca-key={cluster["ssl/ca-key.pem"]}", $"-config={cluster["ssl/ca-config.json"]}",
                "-profile=kubernetes",
                cluster[$"ssl/{name}-csr.json"]);
            AssertAgree(
                theirs, theirKey, cluster.Read($"ssl/{name}.pem"), KeyOf(cluster, name), TestPki.FieldsOf(cluster.Read("ssl/ca.pem")));
        }
    }

    [Fact]
    public void A_whole_deployment_of_cfssl_is_kept()
    {
        Tool.Require("cfssl", "cfssljson");
        using var ours = new Cluster(DateTimeOffset.UtcNow);
        ours.Deploy();
        using var theirs = new Cluster();
        Directory.CreateDirectory(theirs["ssl"]);
        foreach (var document in Cluster.Documents)
        {
            File.Copy(ours[document], theirs[document]);
        }

        CfsslJson(theirs["ssl/ca"], "-initca", theirs["ssl/ca-csr.json"]);
        foreach (var name in Cluster.Identities)
        {
            CfsslJson(
                theirs[$"ssl/{name}"], $"-ca={theirs["ssl/ca.pem"]}", $"-ca-key={theirs["ssl/ca-key.pem"]}",
                $"-config={theirs["ssl/ca-config.json"]}",
                "-profile=kubernetes", theirs[$"ssl/{name}-csr.json"]);
        }

        theirs.Clock.Now = DateTimeOffset.UtcNow;
        Assert.Equal(Cluster.Kubeconfigs, theirs.Changed(theirs.Deploy()));
        theirs.AssertSound();
    }

    public void Dispose() => _directory.Dispose();

    private static PrivateKey KeyOf(Cluster cluster, string name) =>
        PrivateKey.ReadPem(TestPki.Utf8(cluster.Read($"ssl/{name}-key.pem")), name);

    private static (string Certificate, string Key) Cfssl(params string[] arguments)
    {
        using var result = JsonDocument.Parse(Tool.Run("cfssl", ["gencert", "-loglevel=5", .. arguments]));
        return (result.RootElement.GetProperty("cert").GetString()!, result.RootElement.GetProperty("key").GetString()!);
    }

    private static void CfsslJson(string name, params string[] arguments) => Assert.Equal(
        0, Tool.Try("cfssljson", Tool.Run("cfssl", ["gencert", "-loglevel=5", .. arguments]), "-bare", name).ExitCode);

    private static void AssertAgree(
        string theirCertificate, string theirKey, string ourCertificate, PrivateKey ourKey, CertificateFields? authority)
    {
        var (theirs, ours) = (TestPki.FieldsOf(theirCertificate), TestPki.FieldsOf(ourCertificate));
        Assert.Equal(
            theirs.Comparable(authority?.KeyIdentifier ?? theirs.KeyIdentifier), ours.Comparable(authority?.KeyIdentifier ?? ours.KeyIdentifier));
        Assert.Equal(LinesOf(theirCertificate), LinesOf(ourCertificate));
        Assert.Equal(LinesOf(theirKey), LinesOf(Encoding.ASCII.GetString(ourKey.ToPem())));
    }

    /// <summary>What a PEM file looks like: its first and last lines, the width of a full line, and the end of the file.</summary>
    private static (string First, int Width, string Last, bool EndsWithNewline) LinesOf(string pem)
    {
        var lines = pem.TrimEnd('\n').Split('\n');
        return (lines[0], lines[1].Length, lines[^1], pem.EndsWith("-----\n", StringComparison.Ordinal));
    }

    private static void AssertSameBackdate(CertificateFields theirs, CertificateFields ours) =>
        Assert.InRange((theirs.NotBefore - ours.NotBefore).TotalMinutes, -1, 1); // the minute may have turned between the two
}
