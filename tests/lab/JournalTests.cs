namespace KubePrep.Lab.Tests;

/// <summary>The journal's limits, beside whoever else reads it.</summary>
public sealed class JournalTests(Lab lab)
{
    [Fact]
    public void Rsyslog_goes_on_hearing_what_the_journal_hears()
    {
        using var site = new Site(lab);
        site.Node.Must("apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends rsyslog");
        AssertHeard("before");
        var life = site.Node.LifeOf("rsyslog");

        Assert.Equal("Changed", site.Prepare("--step", "Journal", "--json").Expect(0).Of(site.Node).Step("Journal"));

        Assert.DoesNotContain("ForwardToSyslog", site.Node.JournalSettings().Keys);
        Assert.Equal("2G", site.Node.JournalSettings()["SystemMaxUse"]);
        AssertHeard("after");
        Assert.Equal(life, site.Node.LifeOf("rsyslog"));
        site.Check("--step", "Journal").Expect(0);

        void AssertHeard(string word)
        {
            site.Node.Must($"logger heard-{word}");
            Wait.Until(() => site.Node.Run($"grep heard-{word} /var/log/syslog").ExitCode == 0, "rsyslog has written it");
        }
    }

    [Fact]
    public void A_later_drop_in_that_overrides_ours_is_named()
    {
        using var site = new Site(lab);
        site.Node.Must("mkdir -p /etc/systemd/journald.conf.d");
        site.Node.WriteFile("/etc/systemd/journald.conf.d/zz.conf", "[Journal]\nSystemMaxUse=1G\n");

        var row = site.Prepare("--step", "Journal", "--json").Expect(1).Of(site.Node);

        Assert.Equal(("Failed", "StepFailed"), (row.Step("Journal"), row.Error()));
        Assert.Contains("/etc/systemd/journald.conf.d/zz.conf sets SystemMaxUse to '1G'", row.Reason("Journal"), StringComparison.Ordinal);
        Assert.Equal("1G", site.Node.JournalSettings()["SystemMaxUse"]);
        site.Node.Must("rm /etc/systemd/journald.conf.d/zz.conf");
        site.Check("--step", "Journal").Expect(0);
    }
}
