using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using KubePrep.Pki;

namespace KubePrep.Core.Tests;

/// <summary>What openssl makes of a deployment.</summary>
public sealed partial class OpenSslComparisonTests : IDisposable
{
    private readonly Cluster _cluster = new(DateTimeOffset.UtcNow);

    [GeneratedRegex("^ +", RegexOptions.Multiline)]
    private static partial Regex Indentation { get; }

    [GeneratedRegex("\n(?=[0-9A-F:]+\n)")]
    private static partial Regex BrokenHex { get; }

    [Theory]
    [InlineData(KeyAlgorithm.EcdsaP256)]
    [InlineData(KeyAlgorithm.EcdsaP384)]
    [InlineData(KeyAlgorithm.Rsa2048)]
    public void Every_leaf_is_verified_strictly_for_its_uses(KeyAlgorithm algorithm)
    {
        Tool.Require("openssl");
        _cluster.Deploy(request => request with { KeyAlgorithm = algorithm });
        foreach (var purpose in new[] { "sslclient", "sslserver" })
        {
            var output = Tool.Run("openssl", [
                "verify", "-x509_strict", "-check_ss_sig", "-purpose", purpose, "-CAfile", _cluster["ssl/ca.pem"],
                .. Cluster.Identities.Select(name => _cluster[$"ssl/{name}.pem"])]);
            Assert.Equal(4, output.Split('\n').Count(line => line.EndsWith(": OK", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public void A_users_certificate_is_none_for_servers()
    {
        Tool.Require("openssl");
        _cluster.Engine.CreateAuthority(new(_cluster["ssl"]), new());
        _cluster.Engine.CreateClientCertificate(new(_cluster["ssl"], "jane"), new());
        Assert.Equal(0, Verify("sslclient"));
        Assert.NotEqual(0, Verify("sslserver"));

        int Verify(string purpose) => Tool.Try(
            "openssl", "", "verify", "-x509_strict", "-purpose", purpose, "-CAfile", _cluster["ssl/ca.pem"], _cluster["ssl/jane.pem"]).ExitCode;
    }

    [Theory]
    [InlineData("ca")]
    [InlineData("admin")]
    [InlineData("kube-proxy")]
    public void Every_key_is_sound_and_belongs_to_its_certificate(string name)
    {
        Tool.Require("openssl");
        _cluster.Deploy();
        Tool.Run("openssl", "pkey", "-check", "-noout", "-in", _cluster[$"ssl/{name}-key.pem"]);
        Assert.Equal(
            Tool.Run("openssl", "x509", "-pubkey", "-noout", "-in", _cluster[$"ssl/{name}.pem"]),
            Tool.Run("openssl", "pkey", "-pubout", "-in", _cluster[$"ssl/{name}-key.pem"]));
    }

    [Fact]
    public void An_authority_is_dumped_with_exactly_these_fields()
    {
        Tool.Require("openssl");
        _cluster.Deploy(request => request with { AuthorityLifetime = Lifetime.Parse("100y") });
        var keyIdentifier = Dump("ca", "subjectKeyIdentifier")[^1];
        Assert.Equal(
            $"""
            Version: 3 (0x2)
            Signature Algorithm: ecdsa-with-SHA256
            Issuer: O = k8s, OU = System, CN = kubernetes-ca
            Validity
            {DatesOf("ca", days: 36_500)}
            Subject: O = k8s, OU = System, CN = kubernetes-ca
            X509v3 extensions:
            X509v3 Key Usage: critical
            Certificate Sign, CRL Sign
            X509v3 Basic Constraints: critical
            CA:TRUE
            X509v3 Subject Key Identifier:
            {keyIdentifier}
            """.Split('\n'),
            FieldsOf("ca"));
    }

    [Fact]
    public void A_leaf_is_dumped_with_exactly_these_fields()
    {
        Tool.Require("openssl");
        _cluster.Write("ssl/admin-csr.json", """
            {"CN": "admin", "hosts": ["::1", "localhost"], "names": [{"C": "DE", "ST": "Bayern", "L": "München", "O": "system:masters", "OU": "System"}]}
            """);
        _cluster.Deploy();
        Assert.Equal(
            $"""
            Version: 3 (0x2)
            Signature Algorithm: ecdsa-with-SHA256
            Issuer: O = k8s, OU = System, CN = kubernetes-ca
            Validity
            {DatesOf("admin", days: 365)}
            Subject: C = DE, ST = Bayern, L = M\C3\BCnchen, O = system:masters, OU = System, CN = admin
            X509v3 extensions:
            X509v3 Key Usage: critical
            Digital Signature, Key Encipherment
            X509v3 Extended Key Usage:
            TLS Web Server Authentication, TLS Web Client Authentication
            X509v3 Basic Constraints: critical
            CA:FALSE
            X509v3 Subject Key Identifier:
            {Dump("admin", "subjectKeyIdentifier")[^1]}
            X509v3 Authority Key Identifier:
            {Dump("ca", "subjectKeyIdentifier")[^1]}
            X509v3 Subject Alternative Name:
            DNS:localhost, IP Address:0:0:0:0:0:0:0:1
            """.Split('\n'),
            FieldsOf("admin"));
    }

    [Fact]
    public void Several_groups_stand_in_one_set()
    {
        Tool.Require("openssl");
        _cluster.Engine.CreateAuthority(new(_cluster["ssl"]), new());
        _cluster.Engine.CreateClientCertificate(new(_cluster["ssl"], "jane") { Organizations = ["ops", "dev"] }, new());
        Assert.Equal(
            "subject=O = dev + O = ops, CN = jane\n", Tool.Run("openssl", "x509", "-noout", "-subject", "-in", _cluster["ssl/jane.pem"]));
    }

    public void Dispose() => _cluster.Dispose();

    /// <summary>The lines of openssl's text dump but for serial number, key and signature, without indentation.</summary>
    private List<string> FieldsOf(string name)
    {
        var text = Tool.Run(
            "openssl", "x509", "-noout", "-text", "-certopt", "no_header,no_serial,no_pubkey,no_sigdump,no_aux", "-in", _cluster[$"ssl/{name}.pem"]);
        return Lines(text);
    }

    private List<string> Dump(string name, string extension) =>
        Lines(Tool.Run("openssl", "x509", "-noout", "-ext", extension, "-in", _cluster[$"ssl/{name}.pem"]));

    private static List<string> Lines(string text) =>
        [
            .. BrokenHex.Replace(Indentation.Replace(text, ""), "\n").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.TrimEnd())
        ];

    private string DatesOf(string name, int days)
    {
        using var certificate = X509Certificate2.CreateFromPem(_cluster.Read($"ssl/{name}.pem"));
        var start = certificate.NotBefore.ToUniversalTime();
        Assert.Equal(CertificateIssuer.Start(_cluster.Clock.Now, TimeSpan.FromMinutes(5)), start);
        return $"Not Before: {Text(start)}\nNot After : {Text(start.AddDays(days))}";

        static string Text(DateTime time) => string.Create(
            CultureInfo.InvariantCulture, $"{time:MMM} {time.Day,2} {time:HH:mm:ss yyyy} GMT");
    }
}
