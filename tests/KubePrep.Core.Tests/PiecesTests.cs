using System.Security.Cryptography.X509Certificates;
using KubePrep.Deployment;
using KubePrep.Pki;
using KubePrep.Yaml;

namespace KubePrep.Core.Tests;

/// <summary>The authority, client certificates and kubeconfigs one by one, as the cmdlets compose them.</summary>
public sealed class PiecesTests : IDisposable
{
    private readonly Cluster _cluster = new();

    [Fact]
    public void Compose_to_a_users_kubeconfig()
    {
        var authority = CreateAuthority();
        Assert.Equal(
            (DeploymentStatus.Created, _cluster["ssl/ca.pem"], _cluster["ssl/ca-key.pem"]),
            (authority.Status, authority.Path, authority.KeyPath));
        Assert.Equal("CN=kubernetes-ca, OU=System, O=k8s", authority.Subject);

        var jane = CreateClientCertificate("jane", request => request with { Organizations = ["dev", "ops"] });
        Assert.Equal(
            (DeploymentStatus.Created, "jane", _cluster["ssl/jane.pem"], _cluster["ssl/jane-key.pem"]),
            (jane.Status, jane.Name, jane.Path, jane.KeyPath));
        Assert.Equal(authority.Path, jane.CertificateAuthorityPath);

        var kubeconfig = CreateKubeconfig("jane");
        Assert.Equal(
            (DeploymentStatus.Created, _cluster["jane.kubeconfig"], "jane"), (kubeconfig.Status, kubeconfig.Path, kubeconfig.UserName));
        Assert.Equal(jane.SerialNumber, kubeconfig.SerialNumber);

        Assert.Equal(
            [
                "jane.kubeconfig", "ssl/ca-config.json", "ssl/ca-csr.json", "ssl/ca-key.pem", "ssl/ca.pem", "ssl/issued.jsonl",
                "ssl/jane-key.pem", "ssl/jane.pem",
            ],
            Directory.GetFiles(_cluster.Directory, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(_cluster.Directory, f)).Order(StringComparer.Ordinal));
        var document = new KubeconfigYaml().Read(File.ReadAllBytes(kubeconfig.Path), kubeconfig.Path);
        Assert.Equal(File.ReadAllBytes(jane.Path), document.Users[0].ClientCertificateData!);
        Assert.Equal(File.ReadAllBytes(jane.KeyPath), document.Users[0].ClientKeyData!);
        Assert.Equal(File.ReadAllBytes(authority.Path), document.Clusters[0].CertificateAuthorityData!);
        Assert.Equal("context-demo", document.CurrentContext);
        string[] secrets = ["ssl/ca-key.pem", "ssl/jane-key.pem", "jane.kubeconfig"];
        Assert.All(
            secrets,
            file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_cluster[file])));
    }

    [Fact]
    public void Are_kept_on_a_rerun_and_touch_nothing()
    {
        CreateAuthority();
        CreateClientCertificate("jane");
        CreateKubeconfig("jane");
        var before = DirectoryListing.Of(_cluster.Directory);
        Assert.Equal(DeploymentStatus.Kept, CreateAuthority().Status);
        Assert.Equal(DeploymentStatus.Kept, CreateClientCertificate("jane").Status);
        Assert.Equal(DeploymentStatus.Kept, CreateKubeconfig("jane").Status);
        Assert.Equal(before, DirectoryListing.Of(_cluster.Directory));
    }

    [Fact]
    public void Share_the_authority_with_a_whole_deployment()
    {
        CreateAuthority();
        var result = _cluster.Deploy();
        Assert.Equal(DeploymentStatus.Kept, _cluster.FileOf(result, "ssl/ca.pem").Status);
        _cluster.AssertSound();
        Assert.Equal(DeploymentStatus.Created, CreateClientCertificate("jane").Status);
        Assert.Empty(_cluster.Changed(_cluster.Deploy()));
        _cluster.AssertSound();
    }

    [Fact]
    public void A_client_certificate_is_for_clients_only_unless_another_profile_is_named()
    {
        CreateAuthority();
        CreateClientCertificate("jane");
        CreateClientCertificate("node", request => request with { Profile = "kubernetes" });
        Assert.Equal(["1.3.6.1.5.5.7.3.2"], UsagesOf("jane").ExtendedUsageOids);
        Assert.Equal(["1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2"], UsagesOf("node").ExtendedUsageOids);
        Expect.ErrorWithoutTrace(
            ErrorId.UnknownProfile, _cluster.Directory, () => CreateClientCertificate("x", request => request with { Profile = "nodes" }));
    }

    [Theory]
    [InlineData("jane", null, "jane")]
    [InlineData("system:kube-scheduler", null, "kube-scheduler")]
    [InlineData("system:node:n1", null, "node:n1")]
    [InlineData("jane", "jane-2030", "jane-2030")]
    [InlineData("中文 名", null, "中文 名")]
    public void A_client_certificates_files_bear_its_name_without_system(string commonName, string? name, string fileName)
    {
        CreateAuthority();
        var made = CreateClientCertificate(commonName, request => request with { Name = name });
        Assert.Equal(
            (fileName, _cluster[$"ssl/{fileName}.pem"], _cluster[$"ssl/{fileName}-key.pem"]), (made.Name, made.Path, made.KeyPath));
        using var certificate = X509Certificate2.CreateFromPem(_cluster.Read($"ssl/{fileName}.pem"));
        Assert.Equal(commonName, certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a\nb")]
    [InlineData("a\0")]
    [InlineData("12345678901234567890123456789012345678901234567890123456789012345")]
    [InlineData("a/b")]
    [InlineData("..")]
    [InlineData("../x")]
    [InlineData(".hidden")]
    [InlineData("-rf")]
    [InlineData("ca")]
    [InlineData("ca-config")]
    [InlineData("x-key")]
    [InlineData("system:")]
    [InlineData("system:ca")]
    [InlineData("system:.x")]
    public void A_common_name_that_no_certificate_or_file_can_bear_is_refused(string commonName)
    {
        CreateAuthority();
        Expect.ErrorWithoutTrace(ErrorId.InvalidName, _cluster.Directory, () => CreateClientCertificate(commonName));
    }

    [Theory]
    [InlineData("12345678901234567890123456789012345678901234567890123456789012345")]
    [InlineData("a\tb")]
    public void An_organization_that_no_certificate_can_bear_is_refused(string organization)
    {
        CreateAuthority();
        Expect.ErrorWithoutTrace(
            ErrorId.InvalidName, _cluster.Directory, () => CreateClientCertificate("jane", request => request with { Organizations = [organization] }));
    }

    [Fact]
    public void A_common_name_with_a_separator_needs_a_file_name_of_its_own()
    {
        CreateAuthority();
        Assert.Equal(_cluster["ssl/jane.pem"], CreateClientCertificate("team/jane", request => request with { Name = "jane" }).Path);
    }

    [Fact]
    public void A_name_that_is_taken_is_refused_unless_forced()
    {
        CreateAuthority();
        CreateClientCertificate("jane");
        var old = _cluster.Read("ssl/jane.pem");
        var error = Expect.ErrorWithoutTrace(
            ErrorId.ClientCertificateNameTaken,
            _cluster.Directory,
            () => CreateClientCertificate("jane", request => request with { Organizations = ["dev"] }));
        Assert.Contains("CN=jane", error.Message, StringComparison.Ordinal);
        Assert.Contains("CN=jane, O=dev", error.Message, StringComparison.Ordinal);
        Expect.Error(ErrorId.ClientCertificateNameTaken, () => CreateClientCertificate("joe", request => request with { Name = "jane" }));

        var made = CreateClientCertificate("joe", request => request with { Name = "jane", Force = true });
        Assert.Equal((DeploymentStatus.Replaced, "CN=joe"), (made.Status, made.Subject));
        Assert.Equal(old, _cluster.Read("backup/20300615T102017Z/ssl/jane.pem"));
    }

    [Fact]
    public void A_client_certificate_is_made_again_for_the_reasons_of_a_deployment()
    {
        CreateAuthority();
        CreateClientCertificate("jane");
        _cluster.Clock.Now += TimeSpan.FromDays(300);
        var made = CreateClientCertificate("jane");
        Assert.Equal(
            (DeploymentStatus.Replaced, "it is in the last third of its life, which ends on 2031-06-15"), (made.Status, made.Reason));
        var other = CreateClientCertificate("jane", request => request with { KeyAlgorithm = KeyAlgorithm.EcdsaP384 });
        Assert.Equal((DeploymentStatus.Replaced, "its key is ECDSA P-256, not ECDSA P-384"), (other.Status, other.Reason));
        Assert.Equal(DeploymentStatus.Kept, CreateClientCertificate("jane").Status);
    }

    [Fact]
    public void A_client_certificate_lasts_as_long_as_was_asked_for_or_its_profile_says()
    {
        CreateAuthority();
        _cluster.Write("ssl/ca-config.json", _cluster.Read("ssl/ca-config.json").Replace("8760h", "2160h", StringComparison.Ordinal));
        Assert.Equal(90, LifeOf(CreateClientCertificate("jane")));
        Assert.Equal(7, LifeOf(CreateClientCertificate("joe", request => request with { Lifetime = Lifetime.Parse("7d") })));
        Assert.Contains("2160h", _cluster.Read("ssl/ca-config.json"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_client_certificate_needs_an_authority_and_its_key()
    {
        Directory.CreateDirectory(_cluster["ssl"]);
        Expect.ErrorWithoutTrace(ErrorId.CertificateAuthorityNotFound, _cluster.Directory, () => CreateClientCertificate("jane"));
        CreateAuthority();
        CreateClientCertificate("jane");
        _cluster.Delete("ssl/ca-key.pem");
        Assert.Equal(DeploymentStatus.Kept, CreateClientCertificate("jane").Status);
        Expect.ErrorWithoutTrace(ErrorId.CertificateAuthorityKeyNotFound, _cluster.Directory, () => CreateClientCertificate("joe"));
    }

    [Fact]
    public void An_authority_is_made_as_was_asked_for_and_replaced_only_by_force()
    {
        var first = CreateAuthority(request => request with { KeyAlgorithm = KeyAlgorithm.EcdsaP384, Lifetime = Lifetime.Parse("5y") });
        Assert.Equal(5 * 365, LifeOf(first));
        Assert.Equal(first.SerialNumber, CreateAuthority().SerialNumber);
        var second = CreateAuthority(request => request with { Force = true });
        Assert.Equal((DeploymentStatus.Replaced, 5 * 365), (second.Status, LifeOf(second)));
        Assert.NotEqual(first.SerialNumber, second.SerialNumber);
        using var certificate = X509Certificate2.CreateFromPem(_cluster.Read("ssl/ca.pem"));
        Assert.Equal(new KeySpecification("ecdsa", 384), KeySpecification.Of(certificate.PublicKey));
        Assert.True(File.Exists(_cluster["backup/20300615T102017Z/ssl/ca-key.pem"]));
    }

    [Fact]
    public void A_kubeconfig_that_holds_others_is_not_overwritten_unless_forced()
    {
        CreateAuthority();
        CreateClientCertificate("jane");
        CreateClientCertificate("joe");
        CreateKubeconfig("joe", request => request with { Path = _cluster["jane.kubeconfig"], ClusterName = "other" });
        var old = _cluster.Read("jane.kubeconfig");
        var error = Expect.ErrorWithoutTrace(ErrorId.KubeconfigInUse, _cluster.Directory, () => CreateKubeconfig("jane"));
        Assert.Contains("cluster other, context context-other, user joe", error.Message, StringComparison.Ordinal);
        Assert.Equal(DeploymentStatus.Replaced, CreateKubeconfig("jane", request => request with { Force = true }).Status);
        Assert.Equal(old, _cluster.Read("backup/20300615T102017Z/jane.kubeconfig"));
    }

    [Fact]
    public void A_kubeconfig_follows_its_certificate_and_server()
    {
        CreateAuthority();
        CreateClientCertificate("jane");
        CreateKubeconfig("jane");
        var moved = CreateKubeconfig("jane", request => request with { Server = "https://198.51.100.7:6443" });
        Assert.Equal(
            (DeploymentStatus.Replaced, $"its server is {Cluster.Server}, not https://198.51.100.7:6443"), (moved.Status, moved.Reason));
        CreateClientCertificate("jane", request => request with { Force = true });
        var renewed = CreateKubeconfig("jane", request => request with { Server = "https://198.51.100.7:6443" });
        Assert.Equal((DeploymentStatus.Replaced, "it embeds another certificate"), (renewed.Status, renewed.Reason));
    }

    [Fact]
    public void A_kubeconfig_can_go_anywhere_and_be_the_first_file_there()
    {
        CreateAuthority();
        CreateClientCertificate("jane");
        var path = _cluster.Surroundings["home/jane/.kube/config"];
        CreateKubeconfig("jane", request => request with { Path = path });
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        Assert.Equal([path], Directory.GetFileSystemEntries(Path.GetDirectoryName(path)!));
    }

    [Fact]
    public void A_kubeconfig_needs_a_certificate_a_key_and_an_authority_that_fit()
    {
        CreateAuthority();
        CreateClientCertificate("jane");
        CreateClientCertificate("joe");
        Refused(ErrorId.ClientCertificateNotFound, request => request with { CertificatePath = _cluster["ssl/x.pem"] });
        Refused(ErrorId.ClientCertificateNotFound, request => request with { KeyPath = _cluster["ssl/x-key.pem"] });
        Refused(ErrorId.CertificateAuthorityNotFound, request => request with { CertificateAuthorityPath = _cluster["ssl/x.pem"] });
        Refused(ErrorId.NotCertificateAuthority, request => request with { CertificateAuthorityPath = _cluster["ssl/joe.pem"] });
        Refused(ErrorId.ClientCertificateUnusable, request => request with { KeyPath = _cluster["ssl/joe-key.pem"] });
        Refused(ErrorId.ClientCertificateUnusable, request => request with { CertificatePath = _cluster["ssl/ca.pem"], KeyPath = _cluster["ssl/ca-key.pem"] });
        Refused(ErrorId.InvalidServer, request => request with { Server = "http://x" });
        _cluster.Clock.Now += TimeSpan.FromDays(366);
        Refused(ErrorId.ClientCertificateUnusable, request => request);

        void Refused(ErrorId id, Func<KubeconfigRequest, KubeconfigRequest> change) =>
            Expect.ErrorWithoutTrace(id, _cluster.Directory, () => CreateKubeconfig("jane", change));
    }

    [Fact]
    public void A_preview_of_the_whole_chain_makes_nothing()
    {
        var whatIf = new RunOptions { WhatIf = true };
        var before = DirectoryListing.Of(_cluster.Surroundings.Path);
        var authority = Assert.IsType<DeployedAuthority>(
            Assert.Single(_cluster.Engine.CreateAuthority(new AuthorityRequest(_cluster["ssl"]), whatIf).Files));
        var certificate = Assert.IsType<DeployedCertificate>(Assert.Single(_cluster.Engine.CreateClientCertificate(
            new ClientCertificateRequest(_cluster["ssl"], "jane") { AuthorityIsPlanned = true }, whatIf).Files));
        var kubeconfig = Assert.Single(_cluster.Engine.CreateKubeconfig(
            RequestOf("jane") with { CertificateIsPlanned = true }, whatIf).Files);
        Assert.All([authority, certificate, kubeconfig], file => Assert.Equal(DeploymentStatus.WouldCreate, file.Status));
        Assert.Equal(before, DirectoryListing.Of(_cluster.Surroundings.Path));
    }

    public void Dispose() => _cluster.Dispose();

    private static int LifeOf(DeployedFile file) => (int)(file.NotAfter!.Value - file.NotBefore!.Value).TotalDays;

    private DeployedAuthority CreateAuthority(Func<AuthorityRequest, AuthorityRequest>? change = null)
    {
        var request = new AuthorityRequest(_cluster["ssl"]);
        return Assert.IsType<DeployedAuthority>(
            Assert.Single(_cluster.Engine.CreateAuthority(change?.Invoke(request) ?? request, new RunOptions()).Files));
    }

    private DeployedCertificate CreateClientCertificate(
        string commonName, Func<ClientCertificateRequest, ClientCertificateRequest>? change = null)
    {
        var request = new ClientCertificateRequest(_cluster["ssl"], commonName);
        return Assert.IsType<DeployedCertificate>(
            Assert.Single(_cluster.Engine.CreateClientCertificate(change?.Invoke(request) ?? request, new RunOptions()).Files));
    }

    private DeployedKubeconfig CreateKubeconfig(string name, Func<KubeconfigRequest, KubeconfigRequest>? change = null)
    {
        var request = RequestOf(name);
        return Assert.IsType<DeployedKubeconfig>(
            Assert.Single(_cluster.Engine.CreateKubeconfig(change?.Invoke(request) ?? request, new RunOptions()).Files));
    }

    private KubeconfigRequest RequestOf(string name) => new(
        _cluster[$"ssl/{name}.pem"],
        _cluster[$"ssl/{name}-key.pem"],
        _cluster["ssl/ca.pem"],
        "demo",
        Cluster.Server,
        name,
        DeploymentEngine.DefaultKubeconfigPath(_cluster[$"ssl/{name}.pem"], name));

    private CertificateUsages UsagesOf(string name)
    {
        using var certificate = X509Certificate2.CreateFromPem(_cluster.Read($"ssl/{name}.pem"));
        return CertificateUsages.Of(certificate);
    }
}
