using System.Security.Cryptography.X509Certificates;
using KubePrep.Kubeconfig;
using KubePrep.Pki;
using KubePrep.Yaml;

namespace KubePrep.Core.Tests;

/// <summary>Certificates and kubeconfigs that a cluster's directory holds besides what deploy makes.</summary>
internal static class ClusterLeaves
{
    private const UnixFileMode SecretMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>The certificate of a file that holds one, or the first of several.</summary>
    public static X509Certificate2 Certificate(this Cluster cluster, string path) => X509Certificate2.CreateFromPem(cluster.Read(path));

    /// <summary>Issues a certificate by the cluster's authority.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="stem">The file's path without <c>.pem</c>, below the cluster's directory.</param>
    /// <param name="leaf">What it is.</param>
    public static void WriteLeaf(this Cluster cluster, string stem, LeafSpecification leaf)
    {
        using var authority = CertificateAuthority.Read(
            File.ReadAllBytes(cluster["ssl/ca.pem"]), File.ReadAllBytes(cluster["ssl/ca-key.pem"]), "ca.pem", "ca-key.pem", cluster.Clock.Now);
        using var pair = TestPki.Issue(leaf, authority, cluster.Clock.Now);
        Directory.CreateDirectory(Path.GetDirectoryName(cluster[stem])!);
        File.WriteAllBytes(cluster[$"{stem}.pem"], pair.CertificatePem);
        cluster.WriteSecret($"{stem}-key.pem", pair.KeyPem);
    }

    /// <summary>Has openssl issue a certificate by the cluster's authority, in a way of its own.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="stem">The file's path without <c>.pem</c>, below the cluster's directory.</param>
    /// <param name="hash">What is signed, such as <c>-sha224</c>.</param>
    /// <param name="extensions">Its extensions, as openssl's files have them.</param>
    public static void SignByOpenSsl(this Cluster cluster, string stem, string hash, params string[] extensions)
    {
        var (key, request) = (cluster[$"{stem}-key.pem"], cluster.Surroundings["request.csr"]);
        Tool.Run("openssl", "req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-noenc", "-subj", "/CN=etcd", "-keyout", key, "-out", request);
        cluster.Surroundings.Write("extensions", string.Join('\n', extensions));
        Tool.Run(
            "openssl", "x509", "-req", "-in", request, "-CA", cluster["ssl/ca.pem"], "-CAkey", cluster["ssl/ca-key.pem"], "-days", "3650", hash,
            "-extfile", cluster.Surroundings["extensions"], "-out", cluster[$"{stem}.pem"]);
    }

    /// <summary>Makes a user as <c>ssl/users</c> holds them: certificate, key and kubeconfig.</summary>
    public static void WriteUser(this Cluster cluster, string name, string lifetime)
    {
        var stem = $"ssl/users/{name}";
        cluster.WriteLeaf(stem, TestPki.Leaf(SubjectName.Of(name, "developers"), TestPki.Profile(lifetime)));
        cluster.WriteKubeconfig($"{stem}.kubeconfig", stem, "demo", name);
    }

    /// <summary>Writes a kubeconfig around files of the cluster.</summary>
    public static void WriteKubeconfig(this Cluster cluster, string path, string stem, string clusterName, string userName) => cluster.WriteSecret(
        path,
        new KubeconfigYaml().Write(new KubeconfigDocument(
            [new KubeconfigCluster(clusterName, Cluster.Server, File.ReadAllBytes(cluster["ssl/ca.pem"]))],
            [new KubeconfigContext("c", clusterName, userName)],
            [new KubeconfigUser(userName, File.ReadAllBytes(cluster[$"{stem}.pem"]), File.ReadAllBytes(cluster[$"{stem}-key.pem"]))],
            "c")));

    public static KubeconfigDocument Kubeconfig(this Cluster cluster, string path) => new KubeconfigYaml().Read(File.ReadAllBytes(cluster[path]), path);

    /// <summary>The ledger's lines.</summary>
    public static IReadOnlyList<string> Ledger(this Cluster cluster) => File.ReadAllLines(cluster["ssl/issued.jsonl"]);

    /// <summary>The contents of every file but the ledger and the backups, by their paths.</summary>
    public static Dictionary<string, string> Contents(this Cluster cluster) =>
        Directory.GetFiles(cluster.Directory, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None })
            .Select(path => Path.GetRelativePath(cluster.Directory, path))
            .Where(path => path != "ssl/issued.jsonl" && !path.StartsWith("backup/", StringComparison.Ordinal))
            .ToDictionary(path => path, cluster.Read);

    /// <summary>Expects openssl to accept a certificate of the cluster by an authority file of it.</summary>
    public static void AssertVerifiedByOpenSsl(this Cluster cluster, string authority, params IEnumerable<string> certificates) => Tool.Run(
        "openssl", ["verify", .. At(cluster), "-CAfile", cluster[authority], .. certificates.Select(path => cluster[path])]);

    /// <summary>Expects openssl to refuse it.</summary>
    public static void AssertRefusedByOpenSsl(this Cluster cluster, string authority, string certificate) => Assert.NotEqual(
        0, Tool.Try("openssl", "", ["verify", .. At(cluster), "-CAfile", cluster[authority], cluster[certificate]]).ExitCode);

    private static string[] At(Cluster cluster) =>
        ["-attime", cluster.Clock.Now.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture)];

    public static void WriteSecret(this Cluster cluster, string path, byte[] content)
    {
        File.WriteAllBytes(cluster[path], content);
        File.SetUnixFileMode(cluster[path], SecretMode);
    }
}
