using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using KubePrep.Deployment;
using KubePrep.Pki;
using KubePrep.Renewal;
using KubePrep.Users;
using KubePrep.Yaml;

namespace KubePrep.Core.Tests;

/// <summary>What is written for a user, and what is refused.</summary>
public sealed class UserCreationTests : IDisposable
{
    private static readonly string?[] Namespaces = [null, "dev", "0", "true"];
    private static readonly string[] ThreePeople = ["ada", "bob", "ada"];
    private readonly People _people = new();

    public static TheoryData<string> WildNames =>
    [
        "", " ", "\t", "system:masters", "system:admin", "a:b", ":", "a/b", "/", @"a\b", ".", "..", ".a", "-a", "_a", "@a", "../x", "a b", "a\nb", "a\0", "a\n", "ä", "jané",
        "a%b", "a*", "a?", "a'b", "a\"b", "a;b", "$(x)", "a,b", "a+b", "a=b", new string('a', 41), "😀", "\u2028a",
    ];

    public static TheoryData<string> WildNamespaces =>
        ["", " ", "Dev", "-dev", "dev-", "de_v", "dev.eu", "a/b", "..", "dev\n", "ä", new string('a', 64), "--all-namespaces", "\""];

    public static TheoryData<UserRole, string?> Grants =>
    [
        .. from role in Enum.GetValues<UserRole>()
           from @namespace in Namespaces
           select (role, @namespace),
    ];

    [Fact]
    public void Four_files_are_made_and_secrets_are_private()
    {
        var user = _people.Make("jane");

        Assert.Matches("^jane-[a-z2-7]{8}$", user.Name);
        Assert.Equal([$"{user.Name}-key.pem", $"{user.Name}-rbac.yaml", $"{user.Name}.kubeconfig", $"{user.Name}.pem"], _people.Files);
        Assert.Equal(4, People.PathsOf(user).Count(File.Exists));
        Assert.Equal(["600", "600", "700"], new[] { user.KeyPath, user.Path, _people.UsersDirectory }.Select(ModeOf));
        Assert.Equal(["644", "644"], new[] { user.CertificatePath, user.ManifestPath }.Select(ModeOf));
        Assert.Equal((DeploymentStatus.Created, "view", null), (user.Status, user.Role, user.Namespace));
        Assert.Equal(_people.Cluster.Directory, user.ClusterDirectory);
        _people.Cluster.AssertSound();
    }

    [Fact]
    public void The_certificate_names_the_user_and_no_group_and_is_for_clients_alone()
    {
        var user = _people.Make("jane.doe_1@example.com", request => request with { Lifetime = Lifetime.Parse("8h") });
        using var certificate = X509CertificateLoader.LoadCertificateFromFile(user.CertificatePath);
        Assert.Equal($"CN={user.Name}", certificate.Subject);
        Assert.Empty(SubjectName.Read(certificate.SubjectName).Organizations);
        Assert.Equal(["1.3.6.1.5.5.7.3.2"], CertificateUsages.Of(certificate).ExtendedUsageOids);
        Assert.Equal(TimeSpan.FromHours(8), certificate.NotAfter - certificate.NotBefore);
        Assert.Equal(certificate.SerialNumber, user.SerialNumber);
        Assert.Equal((certificate.NotBefore.ToUniversalTime(), certificate.NotAfter.ToUniversalTime()), (user.NotBefore, user.NotAfter));
        Assert.Equal(256, certificate.GetECDsaPublicKey()?.KeySize);
    }

    [Theory]
    [InlineData(KeyAlgorithm.EcdsaP384, "EC PRIVATE KEY")]
    [InlineData(KeyAlgorithm.Rsa2048, "RSA PRIVATE KEY")]
    public void Another_algorithm_can_be_chosen(KeyAlgorithm algorithm, string label)
    {
        var user = _people.Make("jane", request => request with { KeyAlgorithm = algorithm });
        Assert.Contains(label, File.ReadAllText(user.KeyPath), StringComparison.Ordinal);
        Assert.Equal(UserStatus.Active, _people.Find(user.Name).Status);
    }

    [Theory]
    [MemberData(nameof(Grants))]
    public void Role_and_namespace_stand_in_the_manifest_and_the_kubeconfig(UserRole role, string? @namespace)
    {
        var user = _people.Make("jane", request => request with { Role = role, Namespace = @namespace });

        var binding = new RoleBindingYaml().Read(File.ReadAllBytes(user.ManifestPath), user.ManifestPath);
        var name = role.ToString().ToLowerInvariant();
        Assert.Equal((@namespace, "ClusterRole", name, $"kubeprep:{user.Name}"), (binding.Namespace, binding.RoleKind, binding.RoleName, binding.Name));
        Assert.Equal([user.Name], binding.UserNames);
        Assert.Equal(user.NotAfter, binding.ValidUntil);
        Assert.Equal((name, @namespace, binding.Name), (user.Role, user.Namespace, user.BindingName));

        var kubeconfig = new KubeconfigYaml().Read(File.ReadAllBytes(user.Path), user.Path);
        var context = Assert.Single(kubeconfig.Contexts);
        Assert.Equal(($"{user.Name}@demo", "demo", user.Name, @namespace ?? ""), (context.Name, context.Cluster, context.User, context.Namespace));
        Assert.Equal((context.Name, Cluster.Server), (kubeconfig.CurrentContext, kubeconfig.Current!.Value.Cluster.Server));

        var found = _people.Find(user.Name);
        Assert.Equal((name, @namespace, UserStatus.Active, null), (found.Role, found.Namespace, found.Status, found.Reason));
    }

    [Fact]
    public void Two_of_one_name_in_the_same_second_are_two_users()
    {
        var users = Enumerable.Range(0, 20).Select(_ => _people.Make("jane")).ToList(); // the test's clock stands still
        Assert.Equal(20, users.DistinctBy(user => user.Name).Count());
        Assert.Equal(20, users.DistinctBy(user => user.SerialNumber).Count());
        Assert.Equal(80, _people.Files.Count);
        Assert.Equal(20, _people.Engine.List(_people.Cluster.Directory, "jane-*").Count(user => user.Status == UserStatus.Active));
    }

    [Fact]
    public void Ten_thousand_names_are_ten_thousand_of_40_random_bits_each()
    {
        var names = Enumerable.Range(0, 10_000).Select(_ => UniqueName.For("jane")).ToList();
        Assert.Equal(names.Count, names.Distinct().Count());
        Assert.All(names, name => Assert.Matches("^jane-[a-z2-7]{8}$", name));
        Assert.Equal(32 * 8, names.SelectMany(name => name[5..].Select((c, i) => (c, i))).Distinct().Count());
    }

    [Fact]
    public void Every_issued_serial_is_in_the_ledger_and_no_line_changes()
    {
        var before = _people.Ledger;
        var users = ThreePeople.Select(name => _people.Make(name, request => request with { Role = UserRole.Edit, Namespace = "dev" })).ToList();
        _people.Remove(users[1].Name);

        Assert.Equal(before, _people.Ledger.Take(before.Count));
        var lines = _people.Ledger.Skip(before.Count).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal(users.Select(user => user.SerialNumber), lines.Select(line => line.GetProperty("serialNumber").GetString()));
        Assert.Equal(users.Select(user => $"CN={user.Name}"), lines.Select(line => line.GetProperty("subject").GetString()));
        Assert.Equal(users.Select(user => $"users/{user.Name}.pem"), lines.Select(line => line.GetProperty("file").GetString()));
        Assert.All(lines, line => Assert.Equal("a new user with the role edit in namespace dev", line.GetProperty("reason").GetString()));
    }

    [Theory]
    [MemberData(nameof(WildNames))]
    public void A_wild_name_is_refused_and_nothing_is_written(string name) => AssertRefused(ErrorId.InvalidName, () => _people.Create(name));

    [Theory]
    [MemberData(nameof(WildNamespaces))]
    public void A_wild_namespace_is_refused_and_nothing_is_written(string @namespace) =>
        AssertRefused(ErrorId.InvalidName, () => _people.Create("jane", request => request with { Namespace = @namespace }));

    [Fact]
    public void A_role_that_is_none_is_refused() =>
        AssertRefused(ErrorId.InvalidName, () => _people.Create("jane", request => request with { Role = (UserRole)7 }));

    [Fact]
    public void Names_at_the_limits_are_taken()
    {
        Assert.StartsWith(new string('a', 40) + "-", _people.Make(new string('a', 40)).Name, StringComparison.Ordinal);
        Assert.StartsWith("0-", _people.Make("0").Name, StringComparison.Ordinal);
        Assert.StartsWith("ca-", _people.Make("ca").Name, StringComparison.Ordinal);
        Assert.StartsWith("x-key-", _people.Make("x-key").Name, StringComparison.Ordinal);
        Assert.Equal(new string('n', 63), _people.Make("jane", request => request with { Namespace = new string('n', 63) }).Namespace);
        Assert.Equal(5, _people.Engine.List(_people.Cluster.Directory).Count(user => user.Status == UserStatus.Active));
        Assert.Equal("600", ModeOf(Assert.Single(Directory.GetFiles(_people.UsersDirectory, "ca-*-key.pem"))));
    }

    [Theory]
    [InlineData("does not exist", "")]
    [InlineData("no current context", "current-context: context-demo\n", "current-context: \"\"\n")]
    [InlineData("lacks the cluster", "    cluster: demo\n", "    cluster: other\n")]
    [InlineData("no https URL", "https://127.0.0.1:6443", "http://127.0.0.1:6443")]
    public void A_cluster_that_cannot_be_told_is_an_error_with_a_way_out(string why, string old, string @new = "")
    {
        if (old.Length == 0)
        {
            _people.Cluster.Delete("kubectl.kubeconfig");
        }
        else
        {
            _people.Cluster.Edit("kubectl.kubeconfig", old, @new);
        }

        var error = AssertRefused(ErrorId.ClusterUnknown, () => _people.Create("jane"));
        Assert.Contains(why, error.Message, StringComparison.Ordinal);
        Assert.Contains("Invoke-KpDeployment", error.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void A_current_context_of_another_cluster_leads_no_user_there()
    {
        using var other = new Cluster();
        other.Deploy(request => request with { ClusterName = "other" });
        _people.Cluster.Write("kubectl.kubeconfig", other.Read("kubectl.kubeconfig"));
        var error = AssertRefused(ErrorId.ClusterUnknown, () => _people.Create("jane"));
        Assert.Contains("whose cluster 'other' trusts another authority", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_bundle_of_a_changing_authority_is_that_of_this_cluster()
    {
        foreach (var phase in Enum.GetValues<AuthorityPhase>())
        {
            _people.Cluster.Change(phase);
            _people.Make("jane");
        }
    }

    [Fact]
    public void A_way_to_the_cluster_that_the_new_kubeconfig_does_not_say_is_named()
    {
        _people.Cluster.Edit("kubectl.kubeconfig", "    server:", "    tls-server-name: api.example.org\n    proxy-url: http://192.0.2.9:3128\n    server:");
        Assert.Contains(_people.Create("jane").Warnings, warning => warning.Contains("with tls-server-name and proxy-url", StringComparison.Ordinal));
    }

    [Fact]
    public void A_last_line_of_the_ledger_that_lacks_its_end_stays_a_line_of_its_own()
    {
        var before = _people.Ledger;
        File.WriteAllText(_people.Cluster["ssl/issued.jsonl"], string.Join('\n', before));
        _people.Make("jane");
        Assert.Equal(before, _people.Ledger.SkipLast(1));
        Assert.StartsWith("{", _people.Ledger[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Without_the_authority_or_its_key_nothing_is_written()
    {
        _people.Cluster.Delete("ssl/ca-key.pem");
        AssertRefused(ErrorId.CertificateAuthorityKeyNotFound, () => _people.Create("jane"));
        _people.Cluster.Delete("ssl/ca.pem");
        AssertRefused(ErrorId.CertificateAuthorityNotFound, () => _people.Create("jane"));
    }

    [Fact]
    public void A_directory_that_is_not_there_is_not_made()
    {
        var missing = _people.Cluster.Surroundings["missing"];
        Expect.Error(ErrorId.ClusterDirectoryNotFound, () => _people.Create("jane", request => request with { ClusterDirectory = missing }));
        Expect.Error(ErrorId.ClusterDirectoryNotFound, () => _people.Engine.List(missing));
        Expect.Error(ErrorId.ClusterDirectoryNotFound, () => _people.Engine.Remove(missing, "jane", new RunOptions()));
        Assert.False(Path.Exists(missing));
    }

    [Fact]
    public void A_link_in_place_of_the_directory_of_users_is_refused()
    {
        Directory.CreateSymbolicLink(_people.UsersDirectory, Directory.CreateDirectory(_people.Cluster.Surroundings["elsewhere"]).FullName);
        AssertRefused(ErrorId.NotRegularFile, () => _people.Create("jane"));
        Assert.Empty(Directory.GetFileSystemEntries(_people.Cluster.Surroundings["elsewhere"]));
    }

    [Fact]
    public void A_plan_writes_nothing_and_keeps_the_shape()
    {
        var before = DirectoryListing.Of(_people.Cluster.Directory);
        var user = Assert.IsType<DeployedUser>(Assert.Single(_people.Create("jane", options: new RunOptions { WhatIf = true }).Files));
        Assert.Equal(before, DirectoryListing.Of(_people.Cluster.Directory));
        Assert.Equal((DeploymentStatus.WouldCreate, "view", null), (user.Status, user.Role, user.SerialNumber));
        Assert.StartsWith("jane-", user.Name, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cancelled_run_writes_nothing()
    {
        using var cancellation = new CancellationTokenSource();
        cancellation.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => _people.Create("jane", options: new RunOptions { CancellationToken = cancellation.Token }));
        Assert.Empty(_people.Files);
    }

    [Fact]
    public void An_end_that_is_the_authoritys_is_warned_of_and_stands_in_the_manifest()
    {
        var result = _people.Create("jane", request => request with { Lifetime = Lifetime.Parse("20y") });
        Assert.Contains(result.Warnings, warning => warning.Contains("end with their certificate authority", StringComparison.Ordinal));
        Assert.Contains(result.Warnings, warning => warning.Contains("more than a year", StringComparison.Ordinal));
        var user = (DeployedUser)result.Files[0];
        Assert.Equal(user.NotAfter, new RoleBindingYaml().Read(File.ReadAllBytes(user.ManifestPath), user.ManifestPath).ValidUntil);
    }

    [Fact]
    public void An_encrypted_authority_key_is_opened_by_its_passphrase()
    {
        using var passphrase = new Secret("correct horse");
        _people.Cluster.Deploy(request => request with { Force = true }, new RunOptions { CaPassphrase = passphrase });
        AssertRefused(ErrorId.EncryptedKey, () => _people.Create("jane"));
        _people.Create("jane", options: new RunOptions { CaPassphrase = passphrase });
        Assert.Equal(UserStatus.Active, Assert.Single(_people.Engine.List(_people.Cluster.Directory)).Status);
    }

    public void Dispose() => _people.Dispose();

    private static string ModeOf(string path) => Convert.ToString((int)File.GetUnixFileMode(path), 8);

    private KubePrepException AssertRefused(ErrorId id, Action action) => Expect.ErrorWithoutTrace(id, _people.Cluster.Directory, action);
}
