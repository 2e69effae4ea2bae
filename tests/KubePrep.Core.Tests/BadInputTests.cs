using KubePrep.Deployment;

namespace KubePrep.Core.Tests;

/// <summary>Input that cannot be used: a clear error, and nothing written.</summary>
public sealed class BadInputTests : IDisposable
{
    private readonly Cluster _cluster = new();

    public static TheoryData<string> WildNames =>
    [
        " ", "\t", "a/b", "/", "a\\b", ".", "..", "../x", "a..b", "a\nb", "a\rb", "a\0b", "a\u0007b", "a\u001bb", "a\u007f", "a\u0085b",
        new string('a', 254),
    ];

    [Theory]
    [MemberData(nameof(WildNames))]
    public void A_wild_cluster_name_is_refused(string name) =>
        AssertRefused(ErrorId.InvalidName, () => _cluster.Deploy(request => request with { ClusterName = name }));

    [Theory]
    [MemberData(nameof(WildNames))]
    public void A_wild_context_name_is_refused(string name) =>
        AssertRefused(ErrorId.InvalidName, () => _cluster.Deploy(request => request with { ContextName = name }));

    [Fact]
    public void An_empty_cluster_name_is_refused() =>
        AssertRefused(ErrorId.InvalidName, () => _cluster.Deploy(request => request with { ClusterName = "" }));

    [Fact]
    public void An_empty_context_name_is_refused() =>
        Expect.Error(ErrorId.InvalidName, () => _cluster.Deploy(request => request with { ContextName = "" }));

    [Theory]
    [MemberData(nameof(WildNames))]
    public void A_wild_user_name_of_a_kubeconfig_is_refused(string name)
    {
        _cluster.Deploy();
        Expect.ErrorWithoutTrace(ErrorId.InvalidName, _cluster.Directory, () => _cluster.Engine.CreateKubeconfig(
            new KubeconfigRequest(
                _cluster["ssl/admin.pem"], _cluster["ssl/admin-key.pem"], _cluster["ssl/ca.pem"], "demo", Cluster.Server, name, _cluster["x.kubeconfig"]),
            new RunOptions()));
    }

    [Theory]
    [InlineData('\ud800')]
    [InlineData('\udc00')]
    public void Half_a_character_is_refused_in_every_name(char half)
    {
        var name = $"a{half}b";
        AssertRefused(ErrorId.InvalidName, () => _cluster.Deploy(request => request with { ClusterName = name }));
        AssertRefused(ErrorId.InvalidName, () => _cluster.Deploy(request => request with { ContextName = name }));
        AssertRefused(ErrorId.InvalidServer, () => _cluster.Deploy(request => request with { Server = $"https://{name}" }));
    }

    [Fact]
    public void An_error_about_a_name_shows_no_control_character() => Assert.DoesNotContain(
        '\u001b', AssertRefused(ErrorId.InvalidName, () => _cluster.Deploy(request => request with { ClusterName = "a\u001b[31mb" })).Message);

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("192.0.2.1:6443")]
    [InlineData("192.0.2.1")]
    [InlineData("http://192.0.2.1:6443")]
    [InlineData("ftp://192.0.2.1")]
    [InlineData("https:")]
    [InlineData("https://")]
    [InlineData("https:///x")]
    [InlineData("https://:6443")]
    [InlineData("https://user@192.0.2.1:6443")]
    [InlineData("https://user:password@192.0.2.1:6443")]
    [InlineData("https://192.0.2.1:99999")]
    [InlineData("https://192.0.2.1:x")]
    [InlineData("https://192.0.2.1:-1")]
    [InlineData("https://192.0.2.1?x")]
    [InlineData("https://192.0.2.1#x")]
    [InlineData("https://192.0.2.1/a b")]
    [InlineData("https://192.0.2.1\n")]
    [InlineData(" https://192.0.2.1")]
    [InlineData("https://192.0.2.1 ")]
    [InlineData("https://192.0.2.1\\x")]
    [InlineData("https://[::1")]
    [InlineData("https://a\u0000b")]
    [InlineData("//192.0.2.1:6443")]
    [InlineData("/etc/passwd")]
    public void A_server_that_is_no_https_URL_is_refused(string server) =>
        AssertRefused(ErrorId.InvalidServer, () => _cluster.Deploy(request => request with { Server = server }));

    [Fact]
    public void An_error_about_a_server_shows_no_password()
    {
        var error = AssertRefused(
            ErrorId.InvalidServer, () => _cluster.Deploy(request => request with { Server = "https://jane:s3cret@192.0.2.1:6443" }));
        Assert.DoesNotContain("s3cret", $"{error} {error.Target} {error.RecommendedAction}", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://192.0.2.1:6443")]
    [InlineData("https://192.0.2.1")]
    [InlineData("https://[2001:db8::1]:6443")]
    [InlineData("https://api.example.com:6443/k8s/clusters/c-m-abcdef")]
    [InlineData("https://127.0.0.1:6443/")]
    [InlineData("https://node_1.example:6443")]
    public void A_server_is_written_as_it_was_given(string server)
    {
        _cluster.Deploy(request => request with { Server = server });
        Assert.Contains($"    server: {server}\n", _cluster.Read("kubectl.kubeconfig"), StringComparison.Ordinal);
        Assert.Empty(_cluster.Changed(_cluster.Deploy(request => request with { Server = server })));
    }

    [Theory]
    [InlineData("a")]
    [InlineData("y")]
    [InlineData("1.5")]
    [InlineData("demo: x #")]
    [InlineData("'quoted\" {[")]
    [InlineData("中文 😀")]
    [InlineData("-x")]
    [InlineData("@k8s")]
    public void A_strange_name_is_kept_as_it_is(string name)
    {
        _cluster.Deploy(request => request with { ClusterName = name, ContextName = name });
        Assert.Empty(_cluster.Changed(_cluster.Deploy(request => request with { ClusterName = name, ContextName = name })));
        _cluster.AssertSound();
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("a\0b")]
    [InlineData("a\nb")]
    public void A_wild_directory_is_refused(string directory)
    {
        Expect.Error(ErrorId.InvalidName, () => _cluster.Deploy(request => request with { ClusterDirectory = directory }));
        Expect.Error(ErrorId.InvalidName, () => _cluster.Engine.Verify(directory));
        Expect.Error(ErrorId.InvalidName, () => _cluster.Engine.CreateAuthority(new AuthorityRequest(directory), new RunOptions()));
    }

    [Fact]
    public void A_directory_that_cannot_be_made_or_written_to_is_an_error()
    {
        _cluster.Surroundings.Write("file", "");
        foreach (
            var directory in new[] { _cluster.Surroundings["file"], _cluster.Surroundings["file/c"], "/proc/kubeprep/c", "/sys/kubeprep" })
        {
            var error = AssertRefused(
                ErrorId.DirectoryNotWritable, () => _cluster.Deploy(request => request with { ClusterDirectory = directory }));
            Assert.StartsWith(error.Target, directory, StringComparison.Ordinal); // the directory, or the one above it that cannot be made
        }
    }

    [Fact]
    public void A_directory_of_certificates_that_is_a_link_or_a_file_is_refused()
    {
        Directory.CreateDirectory(_cluster.Directory);
        Directory.CreateDirectory(_cluster.Surroundings["elsewhere"]);
        Directory.CreateSymbolicLink(_cluster["ssl"], _cluster.Surroundings["elsewhere"]);
        AssertRefused(ErrorId.NotRegularFile, () => _cluster.Deploy());
        File.Delete(_cluster["ssl"]);
        _cluster.Write("ssl", "");
        AssertRefused(ErrorId.NotRegularFile, () => _cluster.Deploy());
    }

    [Theory]
    [InlineData("ssl/ca-config.json")]
    [InlineData("ssl/ca-csr.json")]
    [InlineData("ssl/admin-csr.json")]
    [InlineData("ssl/ca.pem")]
    [InlineData("ssl/ca-key.pem")]
    [InlineData("ssl/admin.pem")]
    [InlineData("ssl/admin-key.pem")]
    [InlineData("kubectl.kubeconfig")]
    public void Anything_but_a_regular_file_where_one_belongs_is_refused(string file)
    {
        _cluster.Deploy();
        var elsewhere = _cluster.Surroundings["elsewhere"];
        File.Move(_cluster[file], elsewhere);
        foreach (var arrange in new Action[]
        {
            () => File.CreateSymbolicLink(_cluster[file], elsewhere),
            () => File.CreateSymbolicLink(_cluster[file], _cluster.Surroundings["nothing"]),
            () => Directory.CreateDirectory(_cluster[file]),
            () => Tool.Run("mkfifo", _cluster[file]),
        })
        {
            arrange();
            foreach (var force in new[] { false, true })
            {
                var error = AssertRefused(ErrorId.NotRegularFile, () => _cluster.Deploy(request => request with { Force = force }));
                Assert.Equal(_cluster[file], error.Target);
            }

            Tool.Run("rm", "-r", _cluster[file]);
        }
    }

    [Theory]
    [InlineData("ssl/ca-config.json", "{\n  oops", ErrorId.MalformedJson, "line 2")]
    [InlineData("ssl/ca-csr.json", "{\n  \"CN\": \"x\",\n  }", ErrorId.MalformedJson, "line 3")]
    [InlineData("ssl/admin-csr.json", "", ErrorId.MalformedJson, "line 1")]
    [InlineData("ssl/admin-csr.json", "{\"CN\": \"admin\", \"key\": {\"algo\": \"rsa\", \"size\": 1024}}", ErrorId.InvalidDocument, "1024")]
    [InlineData("ssl/ca-csr.json", "{\"CN\": \"x\", \"key\": {\"algo\": \"rsa\", \"size\": 1024}}", ErrorId.InvalidDocument, "1024")]
    [InlineData("ssl/admin-csr.json", "{\"CN\": \"12345678901234567890123456789012345678901234567890123456789012345\"}", ErrorId.InvalidDocument, "65 characters")]
    [InlineData("ssl/ca-config.json", "{\"signing\": {\"profiles\": {}}}", ErrorId.UnknownProfile, "kubernetes")]
    [InlineData("ssl/ca-config.json", "{\"signing\": {\"profiles\": {\"kubernetes\": {\"usages\": [\"signing\", \"Client Auth\"], \"expiry\": \"1h\"}}}}", ErrorId.UnknownUsage, "Client Auth")]
    [InlineData("ssl/ca.pem", "garbage", ErrorId.MalformedCertificate, "ca.pem")]
    [InlineData("ssl/admin.pem", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", ErrorId.MalformedCertificate, "admin.pem")]
    [InlineData("ssl/ca-key.pem", "garbage", ErrorId.MalformedKey, "ca-key.pem")]
    [InlineData("ssl/admin-key.pem", "", ErrorId.MalformedKey, "admin-key.pem")]
    public void A_file_that_cannot_be_read_is_named(string file, string content, ErrorId id, string named)
    {
        _cluster.Deploy();
        _cluster.Write(file, content);
        var error = AssertRefused(id, () => _cluster.Deploy());
        Assert.Equal(_cluster[file], error.Target);
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
        Assert.Equal(error.Message, Expect.Error(id, () => _cluster.Preview()).Message);
    }

    [Fact]
    public void A_hostile_commit_record_is_refused()
    {
        _cluster.Deploy();
        _cluster.Write(".kubeprep-commit.json", """{"renames": [{"from": "../.x.kubeprep-0123456789abcdef", "to": "../x"}]}""");
        _cluster.Surroundings.Write(".x.kubeprep-0123456789abcdef", "hostile");
        AssertRefused(ErrorId.CommitRecordInvalid, () => _cluster.Deploy());
        AssertRefused(ErrorId.CommitRecordInvalid, () => _cluster.Preview());
    }

    [Fact]
    public void A_missing_directory_cannot_be_verified() =>
        Expect.Error(ErrorId.ClusterDirectoryNotFound, () => _cluster.Engine.Verify(_cluster.Directory));

    public void Dispose() => _cluster.Dispose();

    private KubePrepException AssertRefused(ErrorId id, Action action) => Expect.ErrorWithoutTrace(id, _cluster.Surroundings.Path, action);
}
