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
    [InlineData("101y")]
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
        Assert.Equal(ErrorId.InvalidLifetime, Assert.Throws<KubePrepException>(() => Lifetime.Parse(text)).Id);
}
