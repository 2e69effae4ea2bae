using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace KubePrep.Cli.Tests;

/// <summary>The faults that a deploy has to refuse, by a name for each.</summary>
internal static class Faults
{
    private const string Config = "ssl/ca-config.json";
    private const string AuthorityRequest = "ssl/ca-csr.json";
    private const string AdminRequest = "ssl/admin-csr.json";
    private const string Authority = "ssl/ca.pem";
    private const string AuthorityKey = "ssl/ca-key.pem";

    /// <summary>What is wrong with what a file says.</summary>
    public static IReadOnlyDictionary<string, Fault> OfContent { get; } = new Dictionary<string, Fault>
    {
        ["a request with a comma too many"] = Written(AuthorityRequest, "{\n  \"CN\": \"kubernetes-ca\",\n}\n", "MalformedJson", "line 3"),
        ["a policy that breaks off"] = Written(Config, "{\n  \"signing\": {\n", "MalformedJson", "line 3"),
        ["a leaf's request that is empty"] = Written(AdminRequest, "", "MalformedJson", "line 1"),
        ["a request that is a list"] = Written(AdminRequest, "[]", "InvalidDocument"),
        ["a request with a name twice"] = Written(AdminRequest, """{"CN":"admin","CN":"other","names":[{"O":"system:masters"}]}""", "MalformedJson"),
        ["a request with a name twice in other case"] =
            Written(AdminRequest, """{"CN":"admin","cn":"other","names":[{"O":"system:masters"}]}""", ""),
        ["a request with half a character"] = Written(AdminRequest, """{"CN":"admin\ud800","names":[{"O":"system:masters"}]}""", ""),
        ["a key of 1024 bits"] =
            Written(AdminRequest, """{"CN":"admin","key":{"algo":"rsa","size":1024},"names":[{"O":"system:masters"}]}""", "InvalidDocument", "1024"),
        ["a CA key of 1024 bits"] = Written(AuthorityRequest, """{"CN":"ca","key":{"algo":"rsa","size":1024}}""", "InvalidDocument", "1024"),
        ["a key of an unknown algorithm"] = Written(AdminRequest, """{"CN":"admin","key":{"algo":"RSA","size":2048}}""", "InvalidDocument", "RSA"),
        ["a common name of 65 characters"] = Written(AdminRequest, $$"""{"CN":"{{new string('a', 65)}}"}""", "InvalidDocument", "65"),
        ["a common name with a control character"] = Written(AdminRequest, """{"CN":"ad\u0007min"}""", "InvalidDocument", "control character"),
        ["no common name"] = Written(AdminRequest, """{"names":[{"O":"system:masters"}]}""", "InvalidDocument", "CN"),
        ["a country of three letters"] = Written(AdminRequest, """{"CN":"admin","names":[{"C":"CHN","O":"system:masters"}]}""", "InvalidDocument", "C"),
        ["a host that is none"] = Written(AdminRequest, """{"CN":"admin","hosts":["not a host"]}""", "InvalidDocument", "not a host"),
        ["an expiry that is negative"] = Policy("\"signing\", \"client auth\"", "-1h", "InvalidDocument", "expiry"),
        ["an expiry of nothing"] = Policy("\"signing\", \"client auth\"", "0s", "InvalidDocument", "expiry"),
        ["an unknown usage"] = Policy("\"signing\", \"client auth\", \"clientauth\"", "1h", "UnknownUsage", "'clientauth'"),
        ["a usage in capitals"] = Policy("\"signing\", \"Client Auth\"", "1h", "UnknownUsage", "'Client Auth'"),
        ["no usage"] = Policy("", "1h", "InvalidDocument", "usage"),
        ["an unknown profile"] =
            Written(
                Config, """{"signing":{"profiles":{"other":{"usages":["signing","client auth"],"expiry":"1h"}}}}""", "UnknownProfile", "'kubernetes'"),
        ["a CA that is no PEM"] = Written(Authority, "hello\n", "MalformedCertificate"),
        ["a CA that is empty"] = Written(Authority, "", "MalformedCertificate"),
        ["a CA with a damaged body"] = Damaged(Authority, "MalformedCertificate"),
        ["a CA twice in its file"] = new(
            Authority, c => File.AppendAllText($"{c}/{Authority}", File.ReadAllText($"{c}/{Authority}")), "MalformedCertificate"),
        ["a CA key with a damaged body"] = Damaged(AuthorityKey, "MalformedKey"),
        ["a CA key that is no PEM"] = Written(AuthorityKey, "hello\n", "MalformedKey"),
        ["a leaf with a damaged body"] = Damaged("ssl/admin.pem", "MalformedCertificate"),
        ["a leaf's key that is no PEM"] = Written("ssl/kube-proxy-key.pem", "hello\n", "MalformedKey"),
        ["an encrypted CA key that is needed"] = new(AuthorityKey, Encrypt, "EncryptedKey", "--ask-ca-passphrase"),
        ["a CA key of Ed25519"] = new(
            AuthorityKey, c => Tool.Must("openssl", "genpkey", "-algorithm", "ed25519", "-out", $"{c}/{AuthorityKey}"), "UnsupportedKey"),
        ["another CA's key"] = new(
            Authority,
            c => File.Copy($"{c}/ssl/admin-key.pem", $"{c}/{AuthorityKey}", overwrite: true),
            "CertificateAuthorityKeyMismatch",
            AuthorityKey),
        ["a CA key without its certificate"] =
            new(Authority, c => File.Delete($"{c}/{Authority}"), "CertificateAuthorityCertificateNotFound", AuthorityKey),
        ["a leaf to be signed without the CA's key"] = new(AuthorityKey, LoseKeyAndLeaf, "CertificateAuthorityKeyNotFound"),
        ["a leaf in place of the CA"] = new(Authority, PutLeafInPlace, "NotCertificateAuthority", "CN=admin"),
        ["an expired CA"] = new(Authority, c => PutAuthority(c, -48, -24), "CertificateAuthorityExpired", "expired"),
        ["a CA of the future"] = new(Authority, c => PutAuthority(c, 24, 48), "CertificateAuthorityNotYetValid", "clock"),
        ["a file without end"] = new("ssl/kube-proxy.pem", c => File.WriteAllBytes($"{c}/ssl/kube-proxy.pem", new byte[(1 << 20) + 1]), "FileReadFailed"),
        ["a commit record that is damaged"] = Written(ClusterFiles.CommitRecord, "{", "CommitRecordInvalid"),
        ["a commit record that points elsewhere"] = Written(
            ClusterFiles.CommitRecord,
            """{"renames":[{"from":"../ssl/.x.kubeprep-0123456789abcdef","to":"../ssl/x"}]}""",
            "CommitRecordInvalid"),
        ["a commit record that climbs"] = Written(
            ClusterFiles.CommitRecord,
            """{"renames":[{"from":"ssl/.x.kubeprep-0123456789abcdef","to":"ssl/.."}]}""",
            "CommitRecordInvalid"),
    };

    /// <summary>What is wrong with what stands at a path.</summary>
    public static IReadOnlyDictionary<string, Fault> OfKind { get; } = new Dictionary<string, Fault>(
        from kind in new[] { "a link", "a dangling link", "a pipe", "a directory", "a device" }
        from file in new[] { AuthorityKey, Authority, "ssl/admin-key.pem", "ssl/admin-csr.json", "kubectl.kubeconfig" }
        select KeyValuePair.Create($"{kind} in place of {file}", new Fault(file, c => Put(kind, Path.Join(c, file)), "NotRegularFile")))
    {
        ["a link in place of ssl"] = new("ssl", c => Put("a link", Path.Join(c, "ssl")), "NotRegularFile"),
        ["a file in place of ssl"] = new("ssl", PutFileInPlaceOfSsl, "NotRegularFile"),
        ["a link in place of the commit record"] = new(
            ClusterFiles.CommitRecord, c => File.CreateSymbolicLink(Path.Join(c, ClusterFiles.CommitRecord), "/etc/hostname"), "NotRegularFile"),
    };

    private static Fault Written(string file, string content, string errorId, string told = "") =>
        new(file, c => File.WriteAllText(Path.Join(c, file), content), errorId, told);

    private static Fault Policy(string usages, string expiry, string errorId, string told) =>
        Written(
            Config,
            $$"""
            { "signing": { "profiles": { "kubernetes": {
                "usages": [{{usages}}],
                "expiry": "{{expiry}}"
            } } } }
            """,
            errorId,
            told);

    private static Fault Damaged(string file, string errorId) => new(
        file,
        cluster =>
        {
            var lines = File.ReadAllLines(Path.Join(cluster, file));
            lines[1] = new string([.. lines[1].Reverse()]);
            File.WriteAllLines(Path.Join(cluster, file), lines);
        },
        errorId);

    private static void Put(string kind, string path)
    {
        var elsewhere = $"{path[..path.LastIndexOf("/cluster", StringComparison.Ordinal)]}/elsewhere";
        switch (kind)
        {
            case "a link":
                Directory.Move(path, elsewhere);
                File.CreateSymbolicLink(path, elsewhere);
                break;
            case "a dangling link":
                File.Delete(path);
                File.CreateSymbolicLink(path, elsewhere);
                break;
            case "a pipe":
                File.Delete(path);
                Tool.Must("mkfifo", path);
                break;
            case "a directory":
                File.Delete(path);
                Directory.CreateDirectory(path);
                break;
            default:
                File.Delete(path);
                Tool.Must("mknod", path, "c", "1", "3");
                break;
        }
    }

    private static void PutFileInPlaceOfSsl(string cluster)
    {
        Directory.Delete(Path.Join(cluster, "ssl"), recursive: true);
        File.WriteAllText(Path.Join(cluster, "ssl"), "");
    }

    private static void Encrypt(string cluster)
    {
        var (plain, encrypted) = ($"{cluster}/{AuthorityKey}", $"{cluster}/{AuthorityKey}.encrypted");
        Tool.Must("openssl", "pkey", "-in", plain, "-out", encrypted, "-aes256", "-passout", "pass:secret");
        File.Move(encrypted, plain, overwrite: true);
        File.Delete($"{cluster}/ssl/admin.pem");
    }

    private static void LoseKeyAndLeaf(string cluster)
    {
        File.Delete($"{cluster}/{AuthorityKey}");
        File.Delete($"{cluster}/ssl/admin.pem");
    }

    private static void PutLeafInPlace(string cluster)
    {
        File.Copy($"{cluster}/ssl/admin.pem", $"{cluster}/{Authority}", overwrite: true);
        File.Copy($"{cluster}/ssl/admin-key.pem", $"{cluster}/{AuthorityKey}", overwrite: true);
    }

    private static void PutAuthority(string cluster, int fromHour, int toHour)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=kubernetes-ca", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddHours(fromHour), DateTimeOffset.UtcNow.AddHours(toHour));
        File.WriteAllText($"{cluster}/{Authority}", certificate.ExportCertificatePem() + "\n");
        File.WriteAllText($"{cluster}/{AuthorityKey}", key.ExportECPrivateKeyPem() + "\n");
    }
}
