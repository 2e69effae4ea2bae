using FsCheck.Fluent;
using KubePrep.Pki;

namespace KubePrep.Core.Tests;

public sealed class LifetimeTests
{
    [Theory]
    [InlineData("8760h", 8760 * 3600)]
    [InlineData("1h30m", 5400)]
    [InlineData("1.5h", 5400)]
    [InlineData("90d", 90 * 86400)]
    [InlineData("2w", 14 * 86400)]
    [InlineData("10y", 3650L * 86400)]
    [InlineData("100y", 36500L * 86400)]
    [InlineData("876000h", 36500L * 86400)]
    [InlineData("10m", 600)]
    public void Reads_numbers_with_units(string text, long seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), Lifetime.Parse(text).Duration);

    [Theory]
    [InlineData("")]
    [InlineData("0h")]
    [InlineData("-5h")]
    [InlineData("9m")]
    [InlineData("9m59.9s")]
    [InlineData("101y")]
    [InlineData("100y1s")]
    [InlineData("99999999999y")]
    [InlineData("1")]
    [InlineData("h")]
    [InlineData("1 y")]
    [InlineData("1Y")]
    [InlineData("1ms")]
    [InlineData("1e3h")]
    [InlineData("1.2.3h")]
    [InlineData("١h")]
    public void Refuses_what_is_no_lifetime_or_absurd(string text) =>
        Assert.Equal(text, Expect.Error(ErrorId.InvalidLifetime, () => Lifetime.Parse(text)).Target);

    [Theory]
    [InlineData(0)]
    [InlineData(-3600)]
    [InlineData(599)]
    [InlineData((36500L * 86400) + 1)]
    public void Refuses_time_spans_out_of_range(long seconds) =>
        Expect.Error(ErrorId.InvalidLifetime, () => _ = new Lifetime(TimeSpan.FromSeconds(seconds)));

    [Fact]
    public void Reads_back_what_it_writes() => Property.Holds(
        Gen.Choose(600, int.MaxValue),
        seconds =>
        {
            var lifetime = new Lifetime(TimeSpan.FromSeconds(seconds));
            Assert.Equal(lifetime, Lifetime.Parse(lifetime.ToString()));
        },
        cases: 1000);

    [Fact]
    public void Is_the_same_in_whatever_units_it_is_written()
    {
        Assert.Equal(Lifetime.Parse("8760h"), Lifetime.Parse("1y"));
        Assert.Equal(Lifetime.Parse("365d"), Lifetime.FromYears(1));
        Assert.NotEqual(Lifetime.Parse("8761h"), Lifetime.Parse("1y"));
    }

    [Fact]
    public void Drops_fractions_of_a_second() => Assert.Equal("1h", new Lifetime(TimeSpan.FromSeconds(3600.9)).ToString());
}
