using KubePrep.Pki;

namespace KubePrep.Core.Tests;

public sealed class HorizonTests
{
    [Theory]
    [InlineData("30d", 30 * 24, "720h")]
    [InlineData("720h", 720, "720h")]
    [InlineData("1d12h", 36, "36h")]
    [InlineData("1h", 1, "1h")]
    [InlineData("0d", 0, "0h")]
    [InlineData("0s", 0, "0h")]
    [InlineData("100y", 876_000, "876000h")]
    public void Is_read_from_text(string text, int hours, string written)
    {
        Assert.Equal(TimeSpan.FromHours(hours), Horizon.Parse(text).Duration);
        Assert.Equal(written, Horizon.Parse(text).ToString());
        Assert.Equal(Horizon.Parse(text), Horizon.Parse(written));
    }

    [Theory]
    [InlineData("")]
    [InlineData("30")]
    [InlineData("-30d")]
    [InlineData("30 d")]
    [InlineData("30D")]
    [InlineData("soon")]
    [InlineData("101y")]
    [InlineData("99999999999y")]
    public void Refuses_other_text(string text) => Expect.Error(ErrorId.InvalidLifetime, () => Horizon.Parse(text));

    [Fact]
    public void Is_made_of_a_time_span_but_not_of_a_number_that_was_taken_for_ticks()
    {
        Assert.Equal(TimeSpan.FromDays(30), new Horizon(TimeSpan.FromDays(30)).Duration);
        Assert.Equal(TimeSpan.FromSeconds(1), new Horizon(TimeSpan.FromMilliseconds(1500)).Duration);
        Assert.Equal(TimeSpan.Zero, new Horizon(TimeSpan.Zero).Duration);
        foreach (var wrong in new[] { new TimeSpan(30), TimeSpan.FromDays(-1), TimeSpan.FromDays(36_501), TimeSpan.MaxValue, TimeSpan.MinValue })
        {
            Expect.Error(ErrorId.InvalidLifetime, () => _ = new Horizon(wrong));
        }
    }
}
