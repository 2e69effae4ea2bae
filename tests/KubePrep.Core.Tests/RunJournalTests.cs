using KubePrep.Changes;

namespace KubePrep.Core.Tests;

public sealed class RunJournalTests
{
    private static readonly string[] Run =
        ["step Packages", "doing Packages install curl", "failed Packages install curl: E: no", "step Sysctl", "doing Sysctl sysctl net/ipv4/ip_forward", "done Sysctl", "end failed"];

    [Fact]
    public void Says_what_is_going_on_and_how_it_ended()
    {
        var journal = new RunJournal();
        var news = Run.Select(line => journal.Read(line)).ToList();
        Assert.Equal(
            [null, (StepName.Packages, "install curl"), (StepName.Packages, "failed: install curl: E: no"), null, (StepName.Sysctl, "sysctl net/ipv4/ip_forward"), null, null],
            news);
        Assert.Equal("failed", journal.Outcome);
        Assert.Equal("install curl: E: no", journal.FailureOf(StepName.Packages));
        Assert.Null(journal.FailureOf(StepName.Sysctl));
        Assert.False(journal.IsAbsent);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(6)]
    public void Is_read_again_from_its_start_after_another_connection_without_old_news(int heard)
    {
        var journal = new RunJournal();
        var stray = new[] { "", "gone", "a stray line", "unwritable" };
        foreach (var line in Run[..heard].Concat(stray))
        {
            journal.Read(line);
        }

        journal.Restart();
        var news = Run.Select(journal.Read).ToList();
        Assert.All(news[..heard], Assert.Null);
        Assert.Equal(Run[heard..].Count(line => line.StartsWith("doing", StringComparison.Ordinal) || line.StartsWith("failed", StringComparison.Ordinal)), news.Count(said => said is not null));
        Assert.Equal("failed", journal.Outcome);
        Assert.Equal("install curl: E: no", journal.FailureOf(StepName.Packages));
    }

    [Fact]
    public void Knows_that_a_run_is_not_there_until_another_connection_finds_it()
    {
        var journal = new RunJournal();
        journal.Read("absent");
        Assert.True(journal.IsAbsent);
        journal.Restart();
        journal.Read("gone");
        Assert.False(journal.IsAbsent);
        Assert.Null(journal.Outcome);
    }

    [Fact]
    public void Reads_text_as_utf8_without_control_characters_and_takes_anything()
    {
        var journal = new RunJournal();
        Assert.Equal((StepName.Swap, "swapoff /swäp?"), journal.Read("doing Swap swapoff /sw\u00c3\u00a4p\u001b"));
        journal.Read("failed Swap \u001b[2J\u00ff");
        Assert.DoesNotContain(journal.FailureOf(StepName.Swap)!, char.IsControl);
        foreach (var line in new[] { "failed", "failed X", "doing", "doing 17 x", "end", "end ", "done", "step", " ", "\0" })
        {
            journal.Read(line);
        }
    }
}
