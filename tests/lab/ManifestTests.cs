namespace KubePrep.Lab.Tests;

/// <summary>A manifest tells all that changed on a node, and nothing that did not.</summary>
public sealed class ManifestTests(Lab lab)
{
    [Fact]
    public void Logging_in_writes_nothing()
    {
        using var nodes = lab.StartNode();
        var before = nodes[0].TakeManifest();

        nodes[0].Must("sudo -n true", "jane");

        Assert.Empty(nodes[0].TakeManifest().WritesSince(before));
    }

    [Fact]
    public void Every_kind_of_change_is_seen()
    {
        using var nodes = lab.StartNode();
        nodes[0].Must("mkdir /srv/a; echo one > /srv/a/content; touch /srv/a/mode /srv/a/owner /srv/a/gone; ln -s x /srv/a/link");
        var before = nodes[0].TakeManifest();

        nodes[0].Must("cd /srv/a; echo two > content; chmod 600 mode; chown jane owner; rm gone; ln -sf y link; touch new; echo > /run/not");

        string[] expected = ["/srv/a/content", "/srv/a/gone", "/srv/a/link", "/srv/a/mode", "/srv/a/new", "/srv/a/owner"];
        Assert.Equal(expected, nodes[0].TakeManifest().ChangesSince(before));
    }

    [Fact]
    public void Writing_the_same_again_is_a_write_and_no_change()
    {
        using var nodes = lab.StartNode();
        nodes[0].WriteFile("/srv/same", "text\n");
        var before = nodes[0].TakeManifest();

        nodes[0].WriteFile("/srv/same", "text\n");

        var after = nodes[0].TakeManifest();
        Assert.Empty(after.ChangesSince(before));
        Assert.Equal(["/srv/same"], after.WritesSince(before));
    }
}
