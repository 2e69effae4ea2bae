using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using FsCheck.Fluent;
using KubePrep.Kubeconfig;
using KubePrep.Yaml;

namespace KubePrep.Core.Tests;

/// <summary>Kubeconfigs against kubectl's own: rebuilt line for line, and read.</summary>
public sealed partial class KubectlComparisonTests : IDisposable
{
    private const string Preferences = "preferences: {}";
    private readonly Cluster _cluster = new();

    [GeneratedRegex(@"\\u(D[89AB]..)\\u(D[C-F]..)")]
    private static partial Regex SurrogatePair { get; }

    [Theory]
    [InlineData("kubectl", "admin", "demo", "context-demo", "admin")]
    [InlineData("kube-proxy", "kube-proxy", "kubernetes", "default", "kube-proxy")]
    [InlineData("kube-scheduler", "kube-scheduler", "kubernetes", "default", "system:kube-scheduler")]
    [InlineData("kube-controller-manager", "kube-controller-manager", "kubernetes", "default", "system:kube-controller-manager")]
    public void A_deployed_kubeconfig_is_what_kubectl_config_makes_of_the_same_files(
        string name, string leaf, string cluster, string context, string user)
    {
        Tool.Require("kubectl");
        _cluster.Deploy();
        var rebuilt = _cluster.Surroundings["rebuilt"];
        Kubectl(
            rebuilt,
            "set-cluster",
            cluster,
            $"--certificate-authority={_cluster["ssl/ca.pem"]}",
            "--embed-certs=true",
            $"--server={Cluster.Server}");
        Kubectl(
            rebuilt, "set-credentials", user, $"--client-certificate={_cluster[$"ssl/{leaf}.pem"]}",
            $"--client-key={_cluster[$"ssl/{leaf}-key.pem"]}",
            "--embed-certs=true");
        Kubectl(rebuilt, "set-context", context, $"--cluster={cluster}", $"--user={user}");
        Kubectl(rebuilt, "use-context", context);
        AssertSameLines(File.ReadAllText(rebuilt), _cluster.Read($"{name}.kubeconfig"));
        AssertSameLines(_cluster.Read($"{name}.kubeconfig"), Kubectl(_cluster[$"{name}.kubeconfig"], "view", "--raw"));
    }

    [Fact]
    public void A_namespace_stands_where_kubectl_puts_it()
    {
        Tool.Require("kubectl");
        _cluster.Deploy();
        Kubectl(_cluster["kubectl.kubeconfig"], "set-context", "--current", "--namespace=1e3");
        _cluster.Deploy(request => request with { Server = "https://198.51.100.7:6443" });
        var ours = _cluster.Read("kubectl.kubeconfig");
        Assert.Contains("    namespace: \"1e3\"\n", ours, StringComparison.Ordinal);
        AssertSameLines(ours, Kubectl(_cluster["kubectl.kubeconfig"], "view", "--raw"));
    }

    [Fact]
    public void What_kubectl_changed_and_changed_back_is_kept()
    {
        Tool.Require("kubectl");
        _cluster.Deploy();
        Kubectl(_cluster["kubectl.kubeconfig"], "set-context", "other", "--cluster=demo", "--user=admin");
        Assert.Equal(["kubectl.kubeconfig"], _cluster.Changed(_cluster.Preview()));
        Kubectl(_cluster["kubectl.kubeconfig"], "delete-context", "other");
        Assert.Empty(_cluster.Changed(_cluster.Deploy()));
    }

    [Fact]
    public void Every_odd_name_is_written_and_read_as_by_kubectl()
    {
        Tool.Require("kubectl");
        AssertWrittenAndReadAsByKubectl(Generators.AllOddNames);
    }

    [Fact]
    public void Names_that_kubectl_folds_or_escapes_in_its_own_way_are_read_by_it_all_the_same()
    {
        Tool.Require("kubectl");
        AssertReadByKubectl(DocumentOf([.. Generators.SeparatorNames]));
    }

    [Fact]
    public void Any_name_is_written_and_read_as_by_kubectl()
    {
        Tool.Require("kubectl");
        Property.Holds(
            Generators.OddName.Where(IsWrittenOnOneLine).ListOf(40),
            AssertWrittenAndReadAsByKubectl,
            cases: 25);
    }

    [Fact]
    public void Names_are_sorted_as_kubectl_sorts_them_also_beyond_the_basic_plane()
    {
        Tool.Require("kubectl");
        string[] names = ["ｆｕｌｌ", "😀", "\ue000", "z", "Z", "é", "中"];
        var document = DocumentOf(names);
        AssertSameLines(WriteWithKubectl(document), Encoding.UTF8.GetString(new KubeconfigYaml().Write(document)));
    }

    public void Dispose() => _cluster.Dispose();

    private static string Kubectl(string kubeconfig, params string[] arguments) =>
        Tool.Run("kubectl", ["config", $"--kubeconfig={kubeconfig}", .. arguments]);

    /// <summary>Compares line by line, but for the line that kubectl leaves out from 1.34 on.</summary>
    private static void AssertSameLines(string expected, string actual)
    {
        var (left, right) = (expected.Split('\n'), actual.Split('\n'));
        if (!left.Contains(Preferences) || !right.Contains(Preferences))
        {
            (left, right) = ([.. left.Where(line => line != Preferences)], [.. right.Where(line => line != Preferences)]);
        }

        var different = left.Zip(right).Where(pair => pair.First != pair.Second).Select(pair => $"expected {pair.First}\n but was {pair.Second}").ToList();
        Assert.True(different.Count == 0, string.Join('\n', different.Take(20)));
        Assert.Equal(left.Length, right.Length);
    }

    /// <summary>kubectl folds text at spaces beyond 80 columns, and leaves line separators as they are.</summary>
    private static bool IsWrittenOnOneLine(string name) =>
        !name.Any(c => c is '\u2028' or '\u2029' or '\ufeff')
        && (
            !name.Contains(' ', StringComparison.Ordinal) || name.EnumerateRunes().Sum(rune => !rune.IsBmp ? 10 : rune.Value is '\'' or '"' or '\\' ? 2 : 1) < 55);

    private static KubeconfigDocument DocumentOf( string[] names) => new(
        [.. names.Select(name => new KubeconfigCluster(name, "https://x", [1, 2, 3]))],
        [.. names.Select(name => new KubeconfigContext(name, name, name) { Namespace = name })],
        [.. names.Select(name => new KubeconfigUser(name, [4, 5], [6]))],
        names[0]);

    /// <summary>
    /// Has kubectl write a kubeconfig: it is given one in JSON, which .NET writes and which needs no quoting rules, and rewrites it
    /// in YAML when the current context changes. Characters beyond the basic plane are escaped as in YAML, as kubectl reads no halves.
    /// </summary>
    private string WriteWithKubectl(KubeconfigDocument document)
    {
        var json = new Dictionary<string, object>
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Config",
            ["current-context"] = "",
            ["clusters"] = document.Clusters.Select(c => new Dictionary<string, object>
            {
                ["name"] = c.Name,
                ["cluster"] = new Dictionary<string, string>
                {
                    ["server"] = c.Server,
                    ["certificate-authority-data"] = Convert.ToBase64String(c.CertificateAuthorityData!),
                },
            }),
            ["contexts"] = document.Contexts.Select(c => new Dictionary<string, object>
            {
                ["name"] = c.Name,
                ["context"] = new Dictionary<string, string> { ["cluster"] = c.Cluster, ["user"] = c.User, ["namespace"] = c.Namespace },
            }),
            ["users"] = document.Users.Select(u => new Dictionary<string, object>
            {
                ["name"] = u.Name,
                ["user"] = new Dictionary<string, string>
                {
                    ["client-certificate-data"] = Convert.ToBase64String(u.ClientCertificateData!),
                    ["client-key-data"] = Convert.ToBase64String(u.ClientKeyData!),
                },
            }),
        };
        var path = _cluster.Surroundings.Write("by-kubectl", SurrogatePair.Replace(JsonSerializer.Serialize(json), pair =>
            $"\\U{char.ConvertToUtf32(CharOf(pair.Groups[1]), CharOf(pair.Groups[2])):X8}"));
        Kubectl(path, "use-context", "--", document.CurrentContext);
        return File.ReadAllText(path);
    }

    private void AssertWrittenAndReadAsByKubectl(IReadOnlyList<string> names)
    {
        var document = DocumentOf([.. names.Distinct().Order(StringComparer.Ordinal)]);
        AssertSameEntries(WriteWithKubectl(document), Encoding.UTF8.GetString(new KubeconfigYaml().Write(document)));
        AssertReadByKubectl(document);
    }

    private void AssertReadByKubectl(KubeconfigDocument document)
    {
        var path = _cluster.Surroundings["ours"];
        File.WriteAllBytes(path, new KubeconfigYaml().Write(document));
        using var read = JsonDocument.Parse(Kubectl(path, "view", "--raw", "-o", "json"));
        Assert.Equal(
            document.Contexts.Select(c => (c.Name, c.Cluster, c.User, c.Namespace)).Order(),
            read.RootElement.GetProperty("contexts").EnumerateArray().Select(c => (
                c.GetProperty("name").GetString()!,
                c.GetProperty("context").GetProperty("cluster").GetString()!,
                c.GetProperty("context").GetProperty("user").GetString()!,
                c.GetProperty("context").GetProperty("namespace").GetString()!)).Order());
        Assert.Equal(document.CurrentContext, read.RootElement.GetProperty("current-context").GetString());
    }

    /// <summary>Compares the lines in whatever order.</summary>
    private static void AssertSameEntries(string expected, string actual)
    {
        var (left, right) = (expected.Split('\n'), actual.Split('\n'));
        var (missing, extra) = (
            left.Except(right).Where(line => line != Preferences).ToList(), right.Except(left).Where(line => line != Preferences).ToList());
        Assert.True(
            missing.Count + extra.Count == 0,
            $"kubectl writes:\n{string.Join('\n', missing)}\nand KubePrep writes:\n{string.Join('\n', extra)}");
        AssertSameLines(Sorted(expected), Sorted(actual));
    }

    private static char CharOf(Group hex) => (char)int.Parse(hex.ValueSpan, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private static string Sorted(string text) => string.Join('\n', text.Split('\n').Order(StringComparer.Ordinal));
}
