namespace KubePrep.Cli.Tests;

/// <summary>Certificate authorities, and whole clusters, that other programs made.</summary>
public sealed class TakeoverTests
{
    public static TheoryData<string> Makers =>
        ["cfssl rsa 2048", "cfssl ecdsa 384", "openssl rsa:2048", "openssl ec pkcs8", "openssl ec sec1", "openssl rsa pkcs1"];

    [Theory]
    [MemberData(nameof(Makers))]
    public void A_CA_that_another_program_made_is_taken_as_it_is_and_signs_what_openssl_and_kubectl_accept(string maker)
    {
        Tool.Require("openssl", "cfssl", "cfssljson", "kubectl");
        using var directory = new TemporaryDirectory();
        var cluster = directory["cluster"];
        var ssl = Directory.CreateDirectory(Path.Join(cluster, "ssl")).FullName;
        MakeAuthority(maker, ssl, directory);
        var (certificate, key) = (File.ReadAllBytes($"{ssl}/ca.pem"), File.ReadAllBytes($"{ssl}/ca-key.pem"));

        var rows = Kubeprep.MustDeploy(cluster).Rows;

        Assert.Equal(certificate, File.ReadAllBytes($"{ssl}/ca.pem"));
        Assert.Equal(key, File.ReadAllBytes($"{ssl}/ca-key.pem"));
        Assert.Equal("Kept", rows.Of($"{ssl}/ca.pem").Status());
        Assert.Equal("Kept", rows.Of($"{ssl}/ca-key.pem").Status());
        CheckByOthers(cluster);
        Kubeprep.MustVerify(cluster);
        Assert.All(Kubeprep.MustDeploy(cluster).Rows, row => Assert.Equal("Kept", row.Status()));
    }

    [Fact]
    public void A_whole_cluster_made_by_cfssl_and_kubectl_verifies_and_is_kept()
    {
        Tool.Require("openssl", "cfssl", "cfssljson", "kubectl");
        using var directory = new TemporaryDirectory();
        var cluster = directory["cluster"];
        var ssl = Directory.CreateDirectory(Path.Join(cluster, "ssl")).FullName;
        MakeClusterByCfsslAndKubectl(cluster, ssl);

        Kubeprep.MustVerify(cluster);
        var before = Tree.Of(cluster);
        var result = Kubeprep.MustDeploy(cluster);

        Assert.All(result.Rows, row => Assert.True(row.Status() == "Kept", $"{row.FilePath()}: {row.Reason()}"));
        Assert.Equal(ClusterFiles.All.Count, result.Rows.Count);
        Assert.Equal(before, Tree.Of(cluster));
    }

    [Fact]
    public void A_leaf_of_a_cfssl_cluster_is_made_again_as_its_document_says()
    {
        Tool.Require("openssl", "cfssl", "cfssljson", "kubectl");
        using var directory = new TemporaryDirectory();
        var cluster = directory["cluster"];
        var ssl = Directory.CreateDirectory(Path.Join(cluster, "ssl")).FullName;
        MakeClusterByCfsslAndKubectl(cluster, ssl);
        File.Delete($"{ssl}/admin.pem");

        var rows = Kubeprep.MustDeploy(cluster).Rows;

        Assert.Equal(
            [$"{ssl}/admin.pem", $"{ssl}/admin-key.pem", $"{cluster}/kubectl.kubeconfig"],
            rows.Where(row => row.Status() != "Kept").Select(row => row.FilePath()));
        Assert.Equal(
            "subject=C = CN, ST = HangZhou, L = XS, O = system:masters, OU = System, CN = admin\n",
            Tool.Must("openssl", "x509", "-in", $"{ssl}/admin.pem", "-noout", "-subject"));
        Assert.StartsWith("-----BEGIN RSA PRIVATE KEY-----\n", File.ReadAllText($"{ssl}/admin-key.pem"), StringComparison.Ordinal);
        CheckByOthers(cluster);
        Kubeprep.MustVerify(cluster);
    }

    [Fact]
    public void Without_the_CA_key_good_leaves_are_kept_and_one_that_is_needed_is_an_error()
    {
        using var directory = new TemporaryDirectory();
        var cluster = directory["cluster"];
        Kubeprep.MustDeploy(cluster);
        File.Delete($"{cluster}/ssl/ca-key.pem");

        Assert.All(Kubeprep.MustDeploy(cluster).Rows, row => Assert.Equal("Kept", row.Status()));

        File.Delete($"{cluster}/ssl/admin.pem");
        var before = Tree.Of(cluster);
        var refused = Kubeprep.Deploy(cluster).Expect(1);
        Assert.Contains("[CertificateAuthorityKeyNotFound]", refused.Error, StringComparison.Ordinal);
        Assert.Contains("admin", refused.Error, StringComparison.Ordinal);
        Assert.Equal(before, Tree.Of(cluster));
    }

    private static void MakeAuthority(string maker, string ssl, TemporaryDirectory directory)
    {
        var key = $"{ssl}/ca-key.pem";
        switch (maker.Split(' '))
        {
            case ["cfssl", var algorithm, var size]:
                File.WriteAllText(directory["csr.json"], $$"""{"CN":"some-ca","key":{"algo":"{{algorithm}}","size":{{size}}},"names":[{"O":"k8s"}]}""");
                Shell($"cfssl gencert -loglevel=5 -initca '{directory["csr.json"]}' | cfssljson -bare '{ssl}/ca'");
                File.Delete($"{ssl}/ca.csr");
                return;
            case ["openssl", var newKey]:
                Shell($"umask 077; openssl req -x509 -newkey {newKey} -nodes -keyout '{key}' -out '{ssl}/ca.pem' -days 3650 -subj '/O=k8s/CN=some ca'");
                return;
            case ["openssl", "ec", "pkcs8"]:
                Shell($"umask 077; openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out '{key}'");
                break;
            case ["openssl", "ec", "sec1"]:
                // with the block of parameters in front that openssl writes by itself
                Shell($"umask 077; openssl ecparam -name prime256v1 -genkey -out '{key}'");
                break;
            default:
                Shell($"umask 077; openssl genrsa -traditional -out '{key}' 2048");
                break;
        }

        Shell($"openssl req -x509 -key '{key}' -out '{ssl}/ca.pem' -days 3650 -subj '/CN=some ca'");
    }

    /// <summary>What kubeasz's deploy role does, in its order.</summary>
    private static void MakeClusterByCfsslAndKubectl(string cluster, string ssl)
    {
        Write("ca-config", """
            {"signing":{"default":{"expiry":"8760h"},"profiles":{
              "kubernetes":{"usages":["signing","key encipherment","server auth","client auth"],"expiry":"8760h"},
              "kcfg":{"usages":["signing","key encipherment","client auth"],"expiry":"8760h"}}}}
            """);
        Write("ca-csr", Request("kubernetes-ca", "k8s", ", \"ca\":{\"expiry\":\"87600h\"}"));
        Shell($"cd '{ssl}'; cfssl gencert -loglevel=5 -initca ca-csr.json | cfssljson -bare ca");
        (string Name, string CommonName, string Organization)[] identities =
        [
            ("admin", "admin", "system:masters"),
            ("kube-proxy", "system:kube-proxy", "k8s"),
            ("kube-scheduler", "system:kube-scheduler", "system:kube-scheduler"),
            ("kube-controller-manager", "system:kube-controller-manager", "system:kube-controller-manager"),
        ];
        foreach (var (name, commonName, organization) in identities)
        {
            Write($"{name}-csr", Request(commonName, organization, ", \"hosts\":[]"));
            Shell(
                $"""
                cd '{ssl}'
                cfssl gencert -loglevel=5 -ca=ca.pem -ca-key=ca-key.pem -config=ca-config.json -profile=kubernetes {name}-csr.json | cfssljson -bare {name}
                """);
            var isAdmin = name == "admin";
            var (clusterName, context) = isAdmin ? (Kubeprep.ClusterName, $"context-{Kubeprep.ClusterName}") : ("kubernetes", "default");
            var user = name is "admin" or "kube-proxy" ? name : commonName;
            Shell(
                $"""
                export KUBECONFIG='{cluster}/{ClusterFiles.KubeconfigOf(name)}'
                kubectl config set-cluster {clusterName} --certificate-authority='{ssl}/ca.pem' --embed-certs=true --server={Kubeprep.Server}
                kubectl config set-credentials {user} --client-certificate='{ssl}/{name}.pem' --embed-certs=true --client-key='{ssl}/{name}-key.pem'
                kubectl config set-context {context} --cluster={clusterName} --user={user}
                kubectl config use-context {context}
                """);
        }

        void Write(string name, string content) => File.WriteAllText($"{ssl}/{name}.json", content);

        static string Request(string commonName, string organization, string more) =>
            $$"""
            {"CN":"{{commonName}}","key":{"algo":"rsa","size":2048},
             "names":[{"C":"CN","ST":"HangZhou","L":"XS","O":"{{organization}}","OU":"System"}]{{more}}}
            """;
    }

    private static void CheckByOthers(string cluster)
    {
        Assert.All(ClusterFiles.Names, name =>
        {
            var certificate = $"{cluster}/ssl/{name}.pem";
            Assert.Equal(
                $"{certificate}: OK\n",
                Tool.Must("openssl", "verify", "-purpose", "sslclient", "-CAfile", $"{cluster}/ssl/ca.pem", certificate));
            Assert.Equal(
                Tool.Must("openssl", "x509", "-in", certificate, "-noout", "-pubkey"),
                Tool.Must("openssl", "pkey", "-in", $"{cluster}/ssl/{name}-key.pem", "-pubout"));
            var embedded = Tool.Must(
                "kubectl", "--kubeconfig", $"{cluster}/{ClusterFiles.KubeconfigOf(name)}", "config", "view", "--raw", "--minify",
                "--output=jsonpath={.clusters[0].cluster.certificate-authority-data} "
                + "{.users[0].user.client-certificate-data} {.users[0].user.client-key-data}");
            string[] files = [$"{cluster}/ssl/ca.pem", certificate, $"{cluster}/ssl/{name}-key.pem"];
            Assert.Equal(files.Select(path => Convert.ToBase64String(File.ReadAllBytes(path))), embedded.Split(' '));
        });
    }

    private static void Shell(string script) => Tool.Must("sh", "-e", "-c", script);
}
