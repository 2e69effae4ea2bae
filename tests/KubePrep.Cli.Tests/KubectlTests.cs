using System.Text.RegularExpressions;

namespace KubePrep.Cli.Tests;

/// <summary>The kubeconfigs in use: kubectl against a TLS server that asks for a client certificate, and says whose it got.</summary>
public sealed partial class KubectlTests
{
    [Fact]
    public void Each_kubeconfig_lets_kubectl_in_as_its_identity_and_trusts_only_its_own_CA()
    {
        Tool.Require("openssl", "kubectl");
        using var directory = new TemporaryDirectory();
        var cluster = directory["cluster"];
        Kubeprep.MustDeploy(cluster);
        MakeServerCertificate(directory, cluster);
        var port = FreePort(directory, cluster);
        DeployFor(cluster, port);

        Assert.Equal("O = system:masters, CN = admin", SubjectSeen(directory, cluster, port, "kubectl"));
        Assert.Equal("O = k8s, CN = system:kube-proxy", SubjectSeen(directory, cluster, port, "kube-proxy"));
        Assert.Equal("O = system:kube-scheduler, CN = system:kube-scheduler", SubjectSeen(directory, cluster, port, "kube-scheduler"));
        Assert.Equal(
            "O = system:kube-controller-manager, CN = system:kube-controller-manager",
            SubjectSeen(directory, cluster, port, "kube-controller-manager"));

        var stranger = directory["stranger"];
        DeployFor(stranger, port);
        using var server = StartServer(directory, cluster, port);
        var refused = Get(directory, Path.Join(stranger, "kubectl.kubeconfig"));
        Assert.NotEqual(0, refused.ExitCode);
        Assert.Contains("certificate signed by unknown authority", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Kubectl_reads_from_each_kubeconfig_what_was_asked_for()
    {
        Tool.Require("kubectl");
        using var directory = new TemporaryDirectory();
        var cluster = directory["cluster"];
        Kubeprep.MustDeploy(cluster, "--context-name", "here");

        Assert.Equal($"{Kubeprep.ClusterName} {Kubeprep.Server} here admin here", View(cluster, "kubectl"));
        Assert.Equal($"kubernetes {Kubeprep.Server} default kube-proxy default", View(cluster, "kube-proxy"));
        Assert.Equal($"kubernetes {Kubeprep.Server} default system:kube-scheduler default", View(cluster, "kube-scheduler"));
        Assert.Equal($"kubernetes {Kubeprep.Server} default system:kube-controller-manager default", View(cluster, "kube-controller-manager"));
    }

    [Theory]
    [InlineData("true", "null")]
    [InlineData("1e3", "0x1F")]
    [InlineData("2026-01-01", "12:30:45")]
    [InlineData("a: b", "- x")]
    [InlineData("'quoted\"", "#no comment")]
    [InlineData("ünïcode-集群", "y")]
    [InlineData("&anchor", "*alias")]
    [InlineData("@name", "-x")]
    public void Kubectl_reads_odd_names_as_the_strings_they_are(string clusterName, string contextName)
    {
        Tool.Require("kubectl");
        using var directory = new TemporaryDirectory();
        var cluster = directory["cluster"];
        string[] arguments =
        [
            "deploy", "--cluster-directory", cluster, "--cluster-name", clusterName, "--server", Kubeprep.Server,
            $"--context-name={contextName}", "--json",
        ];

        Kubeprep.Run(arguments).Expect(0);

        Assert.Equal($"{clusterName} {Kubeprep.Server} {contextName} admin {contextName}", View(cluster, "kubectl"));
        Assert.All(Kubeprep.Run(arguments).Expect(0).Rows, row => Assert.Equal("Kept", row.Status()));
    }

    private static string View(string cluster, string name)
    {
        const string Template =
            "{.clusters[*].name} {.clusters[*].cluster.server} {.contexts[*].name} {.users[*].name} {.current-context}";
        return Tool.Must("kubectl", "--kubeconfig", Path.Join(cluster, $"{name}.kubeconfig"), "config", "view", "--raw", $"--output=jsonpath={Template}");
    }

    private static void MakeServerCertificate(TemporaryDirectory directory, string cluster)
    {
        var extensions = directory["server.ext"];
        File.WriteAllText(extensions, "subjectAltName=IP:127.0.0.1\nextendedKeyUsage=serverAuth\n");
        Tool.Must(
            "openssl", "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
            "-keyout", directory["server-key.pem"], "-out", directory["server.csr"], "-subj", "/CN=server");
        Tool.Must(
            "openssl", "x509", "-req", "-in", directory["server.csr"], "-out", directory["server.pem"], "-days", "2", "-extfile", extensions,
            "-CA", $"{cluster}/ssl/ca.pem", "-CAkey", $"{cluster}/ssl/ca-key.pem");
    }

    /// <summary>Starts a server that asks for a client certificate; port 0 takes one that is free.</summary>
    private static RunningTool StartServer(TemporaryDirectory directory, string cluster, string port)
    {
        var server = new RunningTool(
            "openssl", "s_server", "-accept", $"127.0.0.1:{port}", "-Verify", "1", "-verify_return_error", "-CAfile", $"{cluster}/ssl/ca.pem",
            "-cert", directory["server.pem"], "-key", directory["server-key.pem"], "-www");
        Wait.Until(() => server.HasExited || AcceptedPort.IsMatch(server.Printed), "openssl listens");
        Assert.False(server.HasExited, server.Printed);
        return server;
    }

    private static string FreePort(TemporaryDirectory directory, string cluster)
    {
        using var server = StartServer(directory, cluster, port: "0");
        return AcceptedPort.Match(server.Printed).Groups[2].Value;
    }

    private static void DeployFor(string cluster, string port) =>
        Kubeprep.Run("deploy", "--cluster-directory", cluster, "--cluster-name", "lab", "--server", $"https://127.0.0.1:{port}").Expect(0);

    /// <summary>The subject that the server verified when kubectl came with one of the kubeconfigs.</summary>
    private static string SubjectSeen(TemporaryDirectory directory, string cluster, string port, string name)
    {
        using var server = StartServer(directory, cluster, port);
        var answer = Get(directory, Path.Join(cluster, $"{name}.kubeconfig"));
        var log = server.Stop();
        Assert.Contains("Ciphers supported in s_server", answer.Everything, StringComparison.Ordinal);
        Assert.Matches("(?m)^depth=1 .*CN = kubernetes-ca\nverify return:1$", log);
        Assert.DoesNotContain("verify error", log, StringComparison.Ordinal);
        return Assert.Single(VerifiedLeaf.Matches(log).Select(match => match.Groups[1].Value).Distinct());
    }

    private static ToolResult Get(TemporaryDirectory directory, string kubeconfig) =>
        Tool.Run("env", $"HOME={directory.Path}", "kubectl", "--kubeconfig", kubeconfig, "get", "--raw", "/");

    [GeneratedRegex(@"^ACCEPT( .*:(\d+))?$", RegexOptions.Multiline)]
    private static partial Regex AcceptedPort { get; }

    [GeneratedRegex("^depth=0 (.*)\nverify return:1$", RegexOptions.Multiline)]
    private static partial Regex VerifiedLeaf { get; }
}
