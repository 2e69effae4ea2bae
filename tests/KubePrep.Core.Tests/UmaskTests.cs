using KubePrep.Deployment;
using KubePrep.Files;

namespace KubePrep.Core.Tests;

[Collection(RunsAlone.Name)]
public sealed class UmaskTests
{
    [Theory]
    [InlineData("000", "644")]
    [InlineData("022", "644")]
    [InlineData("027", "640")]
    [InlineData("077", "600")]
    public void Staged_secrets_are_0600_and_other_files_0644_less_the_umask(string mask, string publicMode)
    {
        using var directory = new TemporaryDirectory();
        using var umask = new Umask(mask);
        using var transaction = FileTransaction.Begin(directory.Path, [], CancellationToken.None);
        transaction.Stage(directory["secret"], "x"u8, FileTransaction.SecretMode);
        transaction.Stage(directory["public"], "x"u8, FileTransaction.PublicMode);
        transaction.Stage(directory["ssl/secret"], "x"u8, FileTransaction.SecretMode);
        var staged = Directory.GetFiles(directory.Path, "*", SearchOption.AllDirectories);
        Assert.Equal(3, staged.Length);
        Assert.All(staged, path => Assert.Equal(path.Contains("public", StringComparison.Ordinal) ? publicMode : "600", ModeOf(path)));
        transaction.Commit();
        Assert.Equal("600", ModeOf(directory["secret"]));
        Assert.Equal("600", ModeOf(directory["ssl/secret"]));
        Assert.Equal(publicMode, ModeOf(directory["public"]));
        Assert.Equal("700", ModeOf(directory["ssl"]));
    }

    [Theory]
    [InlineData("000", "644", "755")]
    [InlineData("022", "644", "755")]
    [InlineData("077", "600", "700")]
    public void A_deployment_has_the_right_modes_whatever_the_umask(string mask, string publicMode, string directoryMode)
    {
        using var cluster = new Cluster();
        using var umask = new Umask(mask);
        cluster.Deploy();
        cluster.Deploy(request => request with { Force = true });
        Assert.Equal(directoryMode, ModeOf(cluster.Directory));
        Assert.Equal("700", ModeOf(cluster["ssl"]));
        Assert.Equal("700", ModeOf(cluster["backup"]));
        foreach (var path in Directory.GetFiles(cluster.Directory).Concat(Directory.GetFiles(cluster["ssl"])))
        {
            var isSecret = path.EndsWith("-key.pem", StringComparison.Ordinal) || path.EndsWith(".kubeconfig", StringComparison.Ordinal);
            Assert.True(ModeOf(path) == (isSecret ? "600" : publicMode), $"{path}: {ModeOf(path)}");
        }

        Assert.All(cluster.Engine.Verify(cluster.Directory), check => Assert.Equal(CheckVerdict.Good, check.Verdict));
    }

    private static string ModeOf(string path) => Convert.ToString((int)File.GetUnixFileMode(path), 8);
}
