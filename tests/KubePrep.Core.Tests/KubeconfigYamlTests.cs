using System.Text;
using FsCheck;
using FsCheck.Fluent;
using KubePrep.Kubeconfig;
using KubePrep.Pki;
using KubePrep.Yaml;

namespace KubePrep.Core.Tests;

public sealed class KubeconfigYamlTests
{
    private readonly KubeconfigYaml _yaml = new();

    private static Gen<byte[]?> Data { get; } =
        Gen.OneOf(
            Gen.Constant<byte[]?>(null),
            ArbMap.Default.GeneratorFor<byte[]>().Where(bytes => bytes.Length > 0).Select(bytes => (byte[]?)bytes));

    private static Gen<KubeconfigDocument> Documents { get; } =
        from clusters in (
            from name in Generators.OddName
            from server in Generators.OddName
            from data in Data
            select new KubeconfigCluster(name, server, data)).ArrayOf()
        from contexts in (
            from name in Generators.OddName
            from cluster in Generators.OddName
            from user in Generators.OddName
            from @namespace in Gen.Frequency((1, Gen.Constant("")), (1, Generators.OddName))
            select new KubeconfigContext(name, cluster, user) { Namespace = @namespace }).ArrayOf()
        from users in (
            from name in Generators.OddName
            from certificate in Data
            from key in Data
            select new KubeconfigUser(name, certificate, key)).ArrayOf()
        from current in Generators.OddName
        select new KubeconfigDocument([.. clusters], [.. contexts], [.. users], current);

    [Fact]
    public void Writes_kubectls_form()
    {
        var document = new KubeconfigDocument(
            [new("cluster1", "https://192.168.1.1:6443", "ca\n"u8.ToArray())],
            [new("context-cluster1", "cluster1", "admin")],
            [new("admin", "cert\n"u8.ToArray(), "key\n"u8.ToArray())],
            "context-cluster1");
        Assert.Equal(
            """
            apiVersion: v1
            clusters:
            - cluster:
                certificate-authority-data: Y2EK
                server: https://192.168.1.1:6443
              name: cluster1
            contexts:
            - context:
                cluster: cluster1
                user: admin
              name: context-cluster1
            current-context: context-cluster1
            kind: Config
            preferences: {}
            users:
            - name: admin
              user:
                client-certificate-data: Y2VydAo=
                client-key-data: a2V5Cg==

            """,
            Write(document));
    }

    [Fact]
    public void Writes_base64_on_one_line_however_long()
    {
        var bytes = new byte[100_000];
        new Random(1).NextBytes(bytes);
        var text = Write(new KubeconfigDocument([new("a", "https://x", bytes)], [], [], ""));
        Assert.Contains($"    certificate-authority-data: {Convert.ToBase64String(bytes)}\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Reads_back_every_odd_name()
    {
        foreach (var name in Generators.AllOddNames.Concat(Generators.SeparatorNames))
        {
            var text = Write(new KubeconfigDocument([new(name, name, null)], [new(name, name, name) { Namespace = name }], [], name));
            var read = Read(text);
            Assert.True(
                (name, name, name) == (read.Clusters[0].Name, read.Clusters[0].Server, read.Contexts[0].Namespace), $"'{name}' was read from\n{text}");
        }
    }

    [Fact]
    public void Reads_back_what_it_writes() => Property.Holds(
        Documents,
        document =>
        {
            var read = _yaml.Read(_yaml.Write(document), "x.kubeconfig");
            Assert.Equal(document.CurrentContext, read.CurrentContext);
            Assert.Equal(
                document.Clusters.Select(c => (c.Name, c.Server, Hex(c.CertificateAuthorityData))).Order(),
                read.Clusters.Select(c => (c.Name, c.Server, Hex(c.CertificateAuthorityData))).Order());
            Assert.Equal(
                document.Contexts.Select(c => (c.Name, c.Cluster, c.User, c.Namespace)).Order(),
                read.Contexts.Select(c => (c.Name, c.Cluster, c.User, c.Namespace)).Order());
            Assert.Equal(
                document.Users.Select(u => (u.Name, Hex(u.ClientCertificateData), Hex(u.ClientKeyData))).Order(),
                read.Users.Select(u => (u.Name, Hex(u.ClientCertificateData), Hex(u.ClientKeyData))).Order());
            Assert.All(read.Clusters, c => Assert.Empty(c.OtherSettings));
            Assert.All(read.Users, u => Assert.Empty(u.OtherSettings));
            Assert.Equal(_yaml.Write(document), _yaml.Write(read));
        },
        cases: 300);

    [Fact]
    public void Reads_what_other_programs_write()
    {
        var document = Read("""
            # a comment
            apiVersion: v1
            kind: Config
            preferences: {colors: true}
            current-context: "ctx"
            extensions: [{name: x, extension: {a: b}}]
            clusters:
              - name: one
                cluster:
                  server: "https://127.0.0.1:6443"
                  certificate-authority-data: >-
                    Y2EK
                  proxy-url: http://proxy
                  tls-server-name: name
              - {name: two, cluster: {server: https://two, insecure-skip-tls-verify: true}}
              - name: three
                cluster:
            contexts:
              - name: ctx
                context: &c {cluster: one, user: u, namespace: kube-system}
              - name: alias
                context: *c
            users:
              - name: u
                user: {token: secret, exec: {command: x}, client-certificate: /x.pem}
              - name: "5"
                user: ~
            """);
        Assert.Equal(["one", "two", "three"], document.Clusters.Select(c => c.Name));
        Assert.Equal("ca\n"u8.ToArray(), document.Clusters[0].CertificateAuthorityData!);
        Assert.Equal(["proxy-url", "tls-server-name"], document.Clusters[0].OtherSettings);
        Assert.Equal(["insecure-skip-tls-verify"], document.Clusters[1].OtherSettings);
        Assert.Equal(
            ("one", "u", "kube-system"), (document.Contexts[1].Cluster, document.Contexts[1].User, document.Contexts[1].Namespace));
        Assert.Equal(["token", "exec", "client-certificate"], document.Users[0].OtherSettings);
        Assert.Equal("5", document.Users[1].Name);
        Assert.Equal("ctx", document.CurrentContext);
    }

    [Theory]
    [InlineData("{\"apiVersion\":\"v1\",\"kind\":\"Config\",\"clusters\":null,\"contexts\":[],\"current-context\":\"\"}")]
    [InlineData("apiVersion: v1\nkind: Config\nclusters: null\ncontexts: ~\nusers:\n")]
    [InlineData("\ufeffapiVersion: v1\r\nkind: Config\r\n")]
    [InlineData("---\nkind: Config\n...\n")]
    [InlineData("{}")]
    public void Reads_an_empty_one(string content)
    {
        var document = Read(content);
        Assert.Empty(document.Clusters);
        Assert.Empty(document.Contexts);
        Assert.Empty(document.Users);
        Assert.Equal("", document.CurrentContext);
        Assert.Null(document.Current);
    }

    [Theory]
    [InlineData("", "mapping")]
    [InlineData("just text", "mapping")]
    [InlineData("- a", "mapping")]
    [InlineData("a: 1\n---\nb: 2", "mapping")]
    [InlineData("kind: Pod", "kind")]
    [InlineData("kind: Config\napiVersion: v2", "apiVersion")]
    [InlineData("kind: [Config]", "kind")]
    [InlineData("clusters: {}", "clusters")]
    [InlineData("clusters: x", "clusters")]
    [InlineData("clusters:\n- x", "clusters")]
    [InlineData("clusters:\n- name: [x]", "name")]
    [InlineData("clusters:\n- name: x\n  cluster: y", "cluster")]
    [InlineData("clusters:\n- name: x\n  cluster:\n    server: {a: b}", "server")]
    [InlineData("users:\n- name: x\n  user:\n    client-key-data: '!'", "client-key-data")]
    [InlineData("users:\n- name: x\n  user:\n    client-key-data: a2V5C", "client-key-data")]
    [InlineData("a: b\n a: b", "line 2")]
    [InlineData("a: 1\na: 2", "line 2")]
    [InlineData("a: 'x", "line")]
    [InlineData("a: *x", "line")]
    [InlineData("a: [", "line")]
    [InlineData("a: {", "line")]
    [InlineData("kind: [x", "line")]
    [InlineData("kind: {x", "line")]
    [InlineData("%YAML 9.9\n---\na: b", "line")]
    [InlineData("a: \"\\q\"", "line")]
    [InlineData("a: \"\\ud800\"", "")]
    [InlineData("&a [*a]", "")]
    public void Refuses_what_is_none(string content, string named)
    {
        var error = Expect.Error(ErrorId.MalformedKubeconfig, () => Read(content));
        Assert.Equal("x.kubeconfig", error.Target);
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[", "]")]
    [InlineData("{a: ", "}")]
    public void Refuses_lists_nested_so_deep_that_reading_more_of_them_would_end_the_process(string open, string close)
    {
        var (start, end) = (string.Concat(Enumerable.Repeat(open, 1000)), string.Concat(Enumerable.Repeat(close, 1000)));
        Expect.Error(ErrorId.MalformedKubeconfig, () => Read($"a: {start}{end}"));
    }

    [Fact]
    public void Refuses_what_is_no_text() =>
        Expect.Error(ErrorId.MalformedKubeconfig, () => _yaml.Read([.. "kind: Config\nname: "u8, 0xff, 0xfe, 0xfd], "x.kubeconfig"));

    [Fact]
    public void Either_reads_or_refuses_a_damaged_one_and_never_quotes_it()
    {
        using var authority = TestPki.Authority();
        using var leaf = TestPki.Issue(TestPki.Leaf(), authority);
        var original = _yaml.Write(new KubeconfigDocument(
            [new("demo", "https://127.0.0.1:6443", authority.Pem)],
            [new("context-demo", "demo", "admin")],
            [new("admin", leaf.CertificatePem, leaf.KeyPem)],
            "context-demo"));
        var key = Convert.ToBase64String(leaf.KeyPem);
        Property.Holds(
            Generators.Damaged(original),
            file =>
            {
                try
                {
                    _yaml.Read(file.Content, "x.kubeconfig");
                }
                catch (KubePrepException e)
                {
                    Assert.Equal(ErrorId.MalformedKubeconfig, e.Id);
                    var text = e + e.RecommendedAction + e.Target;
                    for (var i = 0; i + 12 <= key.Length; i += 4)
                    {
                        Assert.DoesNotContain(key.Substring(i, 12), text, StringComparison.Ordinal);
                    }
                }
            },
            cases: 1000);
    }

    [Fact]
    public void Never_prints_a_key()
    {
        using var key = PrivateKey.Generate(KeyAlgorithm.EcdsaP256);
        var document = new KubeconfigDocument([], [], [new("admin", null, key.ToPem())], "");
        Assert.DoesNotContain("KEY", document.Users[0].ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("KEY", document.ToString(), StringComparison.Ordinal);
        Assert.Null(typeof(KubeconfigUser).GetProperty("ClientKeyData"));
    }

    private static string? Hex(byte[]? bytes) => bytes is null ? null : Convert.ToHexString(bytes);

    private string Write(KubeconfigDocument document) => Encoding.UTF8.GetString(_yaml.Write(document));

    private KubeconfigDocument Read(string content) => _yaml.Read(Encoding.UTF8.GetBytes(content), "x.kubeconfig");
}
