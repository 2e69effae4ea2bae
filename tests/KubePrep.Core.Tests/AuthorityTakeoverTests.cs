using System.Security.Cryptography.X509Certificates;
using KubePrep.Deployment;
using KubePrep.Pki;

namespace KubePrep.Core.Tests;

/// <summary>An authority that another program made is taken as it is.</summary>
public sealed class AuthorityTakeoverTests : IDisposable
{
    // the other programs know no clock but the machine's
    private readonly Cluster _cluster = new(DateTimeOffset.UtcNow);

    [Theory]
    [InlineData("PKCS#1", "genrsa -traditional 2048", "-----BEGIN RSA PRIVATE KEY-----")]
    [InlineData("PKCS#8 RSA", "genrsa 2048", "-----BEGIN PRIVATE KEY-----")]
    [InlineData("SEC1 with parameters", "ecparam -name prime256v1 -genkey", "-----BEGIN EC PARAMETERS-----")]
    [InlineData("SEC1", "ecparam -name secp384r1 -genkey -noout", "-----BEGIN EC PRIVATE KEY-----")]
    [InlineData("PKCS#8 EC", "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256", "-----BEGIN PRIVATE KEY-----")]
    [InlineData("P-521", "ecparam -name secp521r1 -genkey -noout", "-----BEGIN EC PRIVATE KEY-----")]
    public void Made_by_openssl(string form, string arguments, string firstLine)
    {
        Tool.Require("openssl");
        Assert.NotEmpty(form);
        var key = Tool.Run("openssl", arguments.Split(' '));
        Assert.StartsWith(firstLine, key, StringComparison.Ordinal);
        _cluster.Write("ssl/ca-key.pem", key);
        File.SetUnixFileMode(_cluster["ssl/ca-key.pem"], UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Tool.Run(
            "openssl", "req", "-x509", "-new", "-key", _cluster["ssl/ca-key.pem"], "-days", "3000", "-subj",
            "/C=DE/O=Übung/O=second/CN=our ca", "-utf8",
            "-out", _cluster["ssl/ca.pem"]);
        AssertTakenOver(SubjectName.Of("our ca", "Übung", "second"), country: "DE");
    }

    [Theory]
    [InlineData("rsa", 2048)]
    [InlineData("ecdsa", 256)]
    [InlineData("ecdsa", 384)]
    public void Made_by_cfssl_and_cfssljson(string family, int size)
    {
        Tool.Require("cfssl", "cfssljson");
        var request = $$$"""{"CN": "kubernetes-ca", "key": {"algo": "{{{family}}}", "size": {{{size}}}}, "names": [{"C": "CN", "O": "k8s", "OU": "System"}], "ca": {"expiry": "876000h"}}""";
        var made = Tool.Run("cfssl", "gencert", "-loglevel", "5", "-initca", _cluster.Surroundings.Write("ca-csr.json", request));
        Directory.CreateDirectory(_cluster["ssl"]);
        Assert.Equal(0, Tool.Try("cfssljson", made, "-bare", _cluster["ssl/ca"]).ExitCode);
        AssertTakenOver(
            new SubjectName([.. Attributes("CN", "System"), new(SubjectAttributeType.Organization.Oid, "k8s"), new(SubjectAttributeType.CommonName.Oid, "kubernetes-ca")]));
    }

    [Fact]
    public void Made_in_the_form_of_kubeadm()
    {
        Tool.Require("openssl");
        _cluster.Write("ssl/ca-key.pem", Tool.Run("openssl", "genrsa", "-traditional", "2048"));
        File.SetUnixFileMode(_cluster["ssl/ca-key.pem"], UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Tool.Run(
            "openssl", "req", "-x509", "-new", "-key", _cluster["ssl/ca-key.pem"], "-days", "3650", "-subj", "/CN=kubernetes",
            "-set_serial", "0",
            "-addext", "keyUsage=critical,digitalSignature,keyEncipherment,keyCertSign", "-addext", "subjectAltName=DNS:kubernetes",
            "-out", _cluster["ssl/ca.pem"]);
        AssertTakenOver(SubjectName.Of("kubernetes"));
    }

    [Fact]
    public void With_a_subject_that_no_document_can_hold()
    {
        Tool.Require("openssl");
        _cluster.Write("ssl/ca-key.pem", Tool.Run("openssl", "ecparam", "-name", "prime256v1", "-genkey"));
        File.SetUnixFileMode(_cluster["ssl/ca-key.pem"], UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Tool.Run(
            "openssl", "req", "-x509", "-new", "-key", _cluster["ssl/ca-key.pem"], "-subj",
            "/DC=example/O=Example/emailAddress=a@b.example",
            "-out", _cluster["ssl/ca.pem"]);
        _cluster.Clock.Now = DateTimeOffset.UtcNow;
        _cluster.Deploy();
        using var authority = X509Certificate2.CreateFromPem(_cluster.Read("ssl/ca.pem"));
        Assert.DoesNotContain("kubernetes-ca", authority.Subject, StringComparison.Ordinal);
        Assert.Contains("\"CN\": \"kubernetes-ca\"", _cluster.Read("ssl/ca-csr.json"), StringComparison.Ordinal);
        VerifyWithOpenSsl();
        _cluster.AssertSound();
        Assert.Empty(_cluster.Changed(_cluster.Deploy()));
    }

    [Fact]
    public void Under_an_authority_above_it()
    {
        Tool.Require("openssl");
        var root = _cluster.Surroundings;
        Tool.Run(
            "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", "/CN=root", "-keyout",
            root["root-key.pem"],
            "-out", root["root.pem"]);
        Directory.CreateDirectory(_cluster["ssl"]);
        Tool.Run(
            "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", "/CN=intermediate", "-CA",
            root["root.pem"],
            "-CAkey", root["root-key.pem"], "-addext", "basicConstraints=critical,CA:TRUE", "-keyout", _cluster["ssl/ca-key.pem"], "-out", _cluster["ssl/ca.pem"]);
        _cluster.Clock.Now = DateTimeOffset.UtcNow;
        _cluster.Deploy();
        Tool.Run("openssl", "verify", "-CAfile", root["root.pem"], "-untrusted", _cluster["ssl/ca.pem"], _cluster["ssl/admin.pem"]);
        _cluster.AssertSound();
    }

    [Fact]
    public void With_a_key_that_others_can_read()
    {
        using var other = new Cluster(_cluster.Clock.Now);
        other.Deploy();
        Directory.CreateDirectory(_cluster["ssl"]);
        foreach (var file in new[] { "ssl/ca.pem", "ssl/ca-key.pem" })
        {
            File.Copy(other[file], _cluster[file]);
        }

        Tool.Run("chmod", "0666", _cluster["ssl/ca-key.pem"]);
        Assert.Contains("0666", Assert.Single(_cluster.Deploy().Warnings), StringComparison.Ordinal);
        _cluster.AssertSound();
    }

    [Fact]
    public void With_the_documents_of_other_tools()
    {
        _cluster.Write("ssl/ca-csr.json", """
            {"CN": "kubernetes-ca", "key": {"algo": "ecdsa", "size": 384}, "names": [{"C": "CN", "ST": "HangZhou", "L": "XS", "O": "k8s", "OU": "System"}], "ca": {"expiry": "876000h"}}
            """);
        _cluster.Write("ssl/admin-csr.json", """
            {"CN": "admin", "hosts": [], "key": {"algo": "ecdsa", "size": 256}, "names": [{"C": "CN", "ST": "HangZhou", "L": "XS", "O": "system:masters", "OU": "System"}]}
            """);
        var result = _cluster.Deploy();
        Assert.Equal(DeploymentStatus.Kept, _cluster.FileOf(result, "ssl/ca-csr.json").Status);
        using var authority = X509Certificate2.CreateFromPem(_cluster.Read("ssl/ca.pem"));
        using var leaf = X509Certificate2.CreateFromPem(_cluster.Read("ssl/admin.pem"));
        Assert.Equal("CN=kubernetes-ca, OU=System, O=k8s, L=XS, S=HangZhou, C=CN", authority.Subject);
        Assert.Equal("CN=admin, OU=System, O=system:masters, L=XS, S=HangZhou, C=CN", leaf.Subject);
        Assert.Equal(36_500, (authority.NotAfter - authority.NotBefore).TotalDays);
        Assert.Contains("\"HangZhou\"", _cluster.Read("ssl/ca-csr.json"), StringComparison.Ordinal);
        _cluster.AssertSound();
    }

    [Fact]
    public void With_leaves_that_are_good_and_without_documents()
    {
        _cluster.Deploy(request => request with { KeyAlgorithm = KeyAlgorithm.EcdsaP384 });
        _cluster.Delete([.. Cluster.Documents]);
        var result = _cluster.Deploy();
        Assert.All(result.Files, file => Assert.Equal(
            file.Path.EndsWith(".json", StringComparison.Ordinal) ? DeploymentStatus.Created : DeploymentStatus.Kept, file.Status));
        Assert.Contains("384", _cluster.Read("ssl/ca-csr.json"), StringComparison.Ordinal);
        Assert.Contains("384", _cluster.Read("ssl/admin-csr.json"), StringComparison.Ordinal);
    }

    [Fact]
    public void With_leaves_that_have_alternative_names_and_without_documents()
    {
        _cluster.Write("ssl/kube-proxy-csr.json", """
            {"CN": "system:kube-proxy", "hosts": ["node-1", "10.0.0.1", "a@b.example", "https://x/y"], "names": [{"O": "k8s"}]}
            """);
        _cluster.Deploy();
        _cluster.Delete("ssl/kube-proxy-csr.json");
        Assert.Equal(["ssl/kube-proxy-csr.json"], _cluster.Changed(_cluster.Deploy()));
        Assert.Contains("node-1", _cluster.Read("ssl/kube-proxy-csr.json"), StringComparison.Ordinal);
    }

    public void Dispose() => _cluster.Dispose();

    private static IEnumerable<SubjectName.Attribute> Attributes(string country, string unit) =>
        [new(SubjectAttributeType.Country.Oid, country), new(SubjectAttributeType.OrganizationalUnit.Oid, unit)];

    private void AssertTakenOver(SubjectName subject, string country) => AssertTakenOver(
        new SubjectName([
            .. subject.Organizations.Select(o => new SubjectName.Attribute(SubjectAttributeType.Organization.Oid, o)),
            new(SubjectAttributeType.CommonName.Oid, subject.CommonName),
            new(SubjectAttributeType.Country.Oid, country),
        ]));

    private void AssertTakenOver(SubjectName subject)
    {
        _cluster.Clock.Now = DateTimeOffset.UtcNow;
        var (certificate, key) = (_cluster.Read("ssl/ca.pem"), _cluster.Read("ssl/ca-key.pem"));
        var result = _cluster.Deploy();
        Assert.Equal(DeploymentStatus.Kept, _cluster.FileOf(result, "ssl/ca.pem").Status);
        Assert.Equal(DeploymentStatus.Kept, _cluster.FileOf(result, "ssl/ca-key.pem").Status);
        Assert.Equal((certificate, key), (_cluster.Read("ssl/ca.pem"), _cluster.Read("ssl/ca-key.pem")));
        VerifyWithOpenSsl();
        _cluster.AssertSound();
        Assert.Empty(_cluster.Changed(_cluster.Deploy()));
        var document = CertificateRequestDocument.Parse(TestPki.Utf8(_cluster.Read("ssl/ca-csr.json")), "ca-csr.json");
        Assert.Equal(subject, document.Subject);
    }

    private void VerifyWithOpenSsl() => Tool.Run(
        "openssl", ["verify", "-CAfile", _cluster["ssl/ca.pem"], .. Cluster.Identities.Select(name => _cluster[$"ssl/{name}.pem"])]);
}
