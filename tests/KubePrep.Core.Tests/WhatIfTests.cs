using KubePrep.Deployment;

namespace KubePrep.Core.Tests;

public sealed class WhatIfTests : IDisposable
{
    private readonly Cluster _cluster = new();

    [Fact]
    public void On_nothing_says_what_would_be_made_and_makes_nothing()
    {
        var before = DirectoryListing.Of(_cluster.Surroundings.Path);
        var preview = _cluster.Preview();
        Assert.Equal(Cluster.Files.Select(file => _cluster[file]), preview.Files.Select(file => file.Path));
        Assert.All(preview.Files, file => Assert.Equal((DeploymentStatus.WouldCreate, "it is missing"), (file.Status, file.Reason)));
        Assert.Equal("CN=admin, O=system:masters", _cluster.FileOf(preview, "ssl/admin.pem").Subject);
        Assert.Null(_cluster.FileOf(preview, "ssl/admin.pem").SerialNumber);
        Assert.Equal(before, DirectoryListing.Of(_cluster.Surroundings.Path));
    }

    [Fact]
    public void On_a_whole_cluster_says_that_everything_would_be_kept()
    {
        _cluster.Deploy();
        var before = DirectoryListing.Of(_cluster.Directory);
        Assert.Empty(_cluster.Changed(_cluster.Preview()));
        Assert.Equal(before, DirectoryListing.Of(_cluster.Directory));
    }

    [Fact]
    public void With_force_says_what_would_be_replaced_and_replaces_nothing()
    {
        _cluster.Deploy();
        _cluster.Delete("ssl/admin-key.pem");
        var before = DirectoryListing.Of(_cluster.Directory);
        var preview = _cluster.Preview(request => request with { Force = true });
        Assert.Equal(
            (DeploymentStatus.WouldReplace, "replacing it was asked for"),
            (_cluster.FileOf(preview, "ssl/ca.pem").Status, _cluster.FileOf(preview, "ssl/ca.pem").Reason));
        Assert.Equal(DeploymentStatus.WouldReplace, _cluster.FileOf(preview, "ssl/admin.pem").Status);
        Assert.Equal(DeploymentStatus.WouldCreate, _cluster.FileOf(preview, "ssl/admin-key.pem").Status);
        Assert.Equal(DeploymentStatus.WouldReplace, _cluster.FileOf(preview, "kubectl.kubeconfig").Status);
        Assert.Equal(DeploymentStatus.Kept, _cluster.FileOf(preview, "ssl/ca-csr.json").Status);
        Assert.Equal(before, DirectoryListing.Of(_cluster.Directory));
    }

    [Fact]
    public void Neither_tightens_modes_nor_completes_nor_discards_anything()
    {
        _cluster.Deploy();
        Tool.Run("chmod", "0644", _cluster["ssl/admin-key.pem"]);
        _cluster.Write("ssl/.x.kubeprep-0123456789abcdef", "staged");
        var before = DirectoryListing.Of(_cluster.Directory);
        Assert.Contains("would be set to 0600", Assert.Single(_cluster.Preview().Warnings), StringComparison.Ordinal);
        Assert.Equal(before, DirectoryListing.Of(_cluster.Directory));
    }

    [Fact]
    public void Sees_an_interrupted_commit_as_it_will_be_completed()
    {
        _cluster.Deploy();
        File.Move(_cluster["ssl/admin.pem"], _cluster["ssl/.admin.pem.kubeprep-0123456789abcdef"]);
        _cluster.Write(".kubeprep-commit.json", """{"renames": [{"from": "ssl/.admin.pem.kubeprep-0123456789abcdef", "to": "ssl/admin.pem"}]}""");
        var before = DirectoryListing.Of(_cluster.Directory);
        Assert.Empty(_cluster.Changed(_cluster.Preview()));
        Assert.Equal(before, DirectoryListing.Of(_cluster.Directory));

        var result = _cluster.Deploy();
        Assert.Empty(_cluster.Changed(result));
        Assert.Contains("interrupted", Assert.Single(result.Warnings), StringComparison.Ordinal);
        _cluster.AssertSound();
    }

    public void Dispose() => _cluster.Dispose();
}
