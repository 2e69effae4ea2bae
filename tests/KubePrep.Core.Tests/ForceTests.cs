using System.Security.Cryptography.X509Certificates;
using KubePrep.Deployment;

namespace KubePrep.Core.Tests;

public sealed class ForceTests : IDisposable
{
    private readonly Cluster _cluster = new();

    [Fact]
    public void Replaces_authority_leaves_and_kubeconfigs_after_a_backup_of_bytes_and_modes()
    {
        _cluster.Deploy();
        Tool.Run("chmod", "0640", _cluster["ssl/ca.pem"]);
        Tool.Run("chmod", "0400", _cluster["ssl/admin-key.pem"]);
        var replaced = Cluster.Files.Except(Cluster.Documents).ToList();
        var old = replaced.ToDictionary(file => file, file => (Content: _cluster.Read(file), Mode: File.GetUnixFileMode(_cluster[file])));

        var result = _cluster.Deploy(request => request with { Force = true });
        Assert.Equal(replaced, _cluster.Changed(result));
        Assert.All(replaced, file => Assert.Equal(DeploymentStatus.Replaced, _cluster.FileOf(result, file).Status));
        Assert.Equal("replacing it was asked for", _cluster.FileOf(result, "ssl/ca.pem").Reason);

        var backup = Assert.Single(Directory.GetDirectories(_cluster["backup"]));
        Assert.Equal("20300615T102017Z", Path.GetFileName(backup));
        Assert.Equal(replaced.Count, Directory.GetFiles(backup, "*", SearchOption.AllDirectories).Length);
        foreach (var (file, (content, mode)) in old)
        {
            Assert.Equal(content, File.ReadAllText(Path.Join(backup, file)));
            Assert.Equal(mode, File.GetUnixFileMode(Path.Join(backup, file)));
            Assert.NotEqual(content, _cluster.Read(file));
        }

        foreach (var directory in new[] { _cluster["backup"], backup, Path.Join(backup, "ssl") })
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(directory));
        }

        _cluster.AssertSound();
        Assert.Empty(_cluster.Changed(_cluster.Deploy()));
    }

    [Fact]
    public void Backs_up_also_what_is_replaced_without_force()
    {
        _cluster.Deploy();
        var old = _cluster.Read("ssl/admin.pem");
        _cluster.Edit("ssl/admin-csr.json", "256", "384");
        _cluster.Deploy();
        Assert.Equal(old, _cluster.Read("backup/20300615T102017Z/ssl/admin.pem"));
    }

    [Fact]
    public void On_an_empty_directory_only_makes_what_is_missing()
    {
        var result = _cluster.Deploy(request => request with { Force = true });
        Assert.All(result.Files, file => Assert.Equal(DeploymentStatus.Created, file.Status));
        Assert.False(Directory.Exists(_cluster["backup"]));
    }

    [Fact]
    public void Twice_in_the_same_second_keeps_both_backups()
    {
        _cluster.Deploy();
        _cluster.Deploy(request => request with { Force = true });
        var between = _cluster.Read("ssl/ca.pem");
        _cluster.Deploy(request => request with { Force = true });
        Assert.Equal(2, Directory.GetDirectories(_cluster["backup"]).Length);
        Assert.Equal(between, _cluster.Read("backup/20300615T102017Z-2/ssl/ca.pem"));
    }

    [Fact]
    public void Never_writes_through_a_hard_link()
    {
        _cluster.Deploy();
        var victim = _cluster.Surroundings["victim"];
        Tool.Run("ln", _cluster["ssl/ca-key.pem"], victim);
        var old = File.ReadAllText(victim);
        _cluster.Deploy(request => request with { Force = true });
        Assert.Equal(old, File.ReadAllText(victim));
        Assert.NotEqual(old, _cluster.Read("ssl/ca-key.pem"));
    }

    [Fact]
    public void Keeps_documents_and_what_they_ask_for()
    {
        _cluster.Write("ssl/ca-csr.json", """{"CN": "my-ca", "key": {"algo": "ecdsa", "size": 384}, "ca": {"expiry": "17520h", "pathlenzero": true}}""");
        _cluster.Deploy();
        var result = _cluster.Deploy(request => request with { Force = true });
        Assert.Equal(DeploymentStatus.Kept, _cluster.FileOf(result, "ssl/ca-csr.json").Status);
        using var authority = X509Certificate2.CreateFromPem(_cluster.Read("ssl/ca.pem"));
        Assert.Equal("CN=my-ca", authority.Subject);
        Assert.Equal(730, (authority.NotAfter - authority.NotBefore).TotalDays);
        Assert.Equal(0, authority.Extensions.OfType<X509BasicConstraintsExtension>().Single().PathLengthConstraint);
    }

    public void Dispose() => _cluster.Dispose();
}
