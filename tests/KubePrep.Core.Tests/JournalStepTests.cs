using KubePrep.Changes;
using KubePrep.Facts;
using KubePrep.Preparation;

namespace KubePrep.Core.Tests;

public sealed class JournalStepTests
{
    private const string Wanted =
        """
        # KubePrep manages this file; changes made to it are overwritten.
        [Journal]
        ForwardToSyslog=no
        MaxRetentionSec=2week
        Storage=persistent
        SystemMaxUse=2G

        """;

    private static readonly PreparationProfile Profile = SampleNode.Nothing with
    {
        Journal = new Dictionary<string, string>
        {
            ["Storage"] = "persistent",
            ["SystemMaxUse"] = "2G",
            ["MaxRetentionSec"] = "2week",
            ["ForwardToSyslog"] = "no",
        },
    };

    private static readonly NodeFacts Persistent = SampleNode.Debian with { HasPersistentJournal = true };

    [Fact]
    public void A_bare_node_gets_a_drop_in_a_directory_and_a_restart()
    {
        var plan = Plan(SampleNode.Debian);
        Assert.Equal(
            [$"WriteFile {SampleNode.JournalFile}", "CreateDirectory /var/log/journal", "RestartUnit systemd-journald.service"],
            plan.Actions());
        Assert.Equal(Wanted, plan.Written(SampleNode.JournalFile));
        Assert.Contains("+SystemMaxUse=2G\n", plan.Changes[0].Diff, StringComparison.Ordinal);
        Assert.Null(plan.Changes[0].ExpectedContent);
        Plan(SampleNode.Debian.After(plan)).AssertNothing();
    }

    [Fact]
    public void Only_the_directory_may_be_missing() => Assert.Equal(
        ["CreateDirectory /var/log/journal", "RestartUnit systemd-journald.service"],
        Plan(SampleNode.Debian.WithFile(SampleNode.JournalFile, Wanted)).Actions());

    [Fact]
    public void A_restart_that_an_earlier_run_owes_is_made_up_for() => Assert.Equal(
        ["RestartUnit systemd-journald.service"],
        Plan(Persistent.WithFile(SampleNode.JournalFile, Wanted) with { OwedRestarts = new HashSet<string> { "restart systemd-journald.service" } }).Actions());

    [Fact]
    public void Without_systemd_nothing_is_restarted() => Assert.DoesNotContain(
        Plan(SampleNode.Debian with { HasSystemd = false }).Changes, change => change.Action == ChangeAction.RestartUnit);

    [Theory]
    [InlineData("rsyslog.service")]
    [InlineData("syslog-ng.service")]
    public void Another_logger_goes_on_getting_messages(string logger)
    {
        var facts = Persistent with { Units = [SampleNode.Unit(logger, active: "active")] };
        var plan = Plan(facts);
        Assert.DoesNotContain("ForwardToSyslog", plan.Written(SampleNode.JournalFile), StringComparison.Ordinal);
        Plan(facts.After(plan)).AssertNothing();
        Assert.Contains("ForwardToSyslog", Plan(Persistent with { Units = [SampleNode.Unit(logger)] }).Written(SampleNode.JournalFile),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_node_that_says_the_same_by_its_own_files_is_left_alone() => Plan(Persistent
        .WithFile("/etc/systemd/journald.conf", "[Journal]\nStorage=persistent\nSystemMaxUse=1G\nForwardToSyslog=0\n")
        .WithFile("/usr/lib/systemd/journald.conf.d/x.conf", "[Journal]\nSystemMaxUse=2048M\nMaxRetentionSec=14d\n")).AssertNothing();

    [Fact]
    public void A_damaged_drop_in_is_written_again_also_if_it_means_the_same()
    {
        var plan = Plan(Persistent.WithFile(SampleNode.JournalFile, Wanted.Replace("2G", "2048M", StringComparison.Ordinal)));
        Assert.Equal([$"WriteFile {SampleNode.JournalFile}", "RestartUnit systemd-journald.service"], plan.Actions());
        Assert.Equal(Wanted, plan.Written(SampleNode.JournalFile));
        Assert.NotNull(plan.Changes[0].ExpectedContent);
    }

    [Fact]
    public void A_drop_in_that_is_read_later_is_a_fault()
    {
        var facts = Persistent.WithFile(SampleNode.JournalFile, Wanted)
            .WithFile("/run/systemd/journald.conf.d/99-x.conf", "[Journal]\nStorage=volatile\n");
        var plan = Plan(facts);
        Assert.Empty(plan.Changes);
        Assert.Equal(
            $"/run/systemd/journald.conf.d/99-x.conf sets Storage to 'volatile', and is read after {SampleNode.JournalFile}, which sets it to 'persistent'",
            Assert.Single(plan.Faults));
    }

    [Fact]
    public void A_broken_header_before_it_is_a_fault() => Assert.Equal(
        Profile.Journal.Count, Plan(Persistent.WithFile("/etc/systemd/journald.conf", "[Journal\n")).Faults.Count);

    private static StepPlan Plan(NodeFacts facts) => SampleNode.Plan(StepName.Journal, facts, Profile);
}
