using FsCheck.Fluent;
using KubePrep.Pki;

namespace KubePrep.Core.Tests;

public sealed class DurationTests
{
    [Theory]
    [InlineData("0s", 0)]
    [InlineData("90s", 90)]
    [InlineData("1h30m", 5400)]
    [InlineData("30m1h", 5400)]
    [InlineData("1m1m", 120)]
    [InlineData("0.5m", 30)]
    [InlineData(".5m", 30)]
    [InlineData("1.m", 60)]
    [InlineData("1w1d", 8 * 86400)]
    [InlineData("1y", 365 * 86400)]
    [InlineData("8760h0m1s", (8760 * 3600) + 1)]
    public void Reads_numbers_with_units(string text, long seconds) => Assert.Equal(TimeSpan.FromSeconds(seconds), Duration.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData(" 1h")]
    [InlineData("1h ")]
    [InlineData("1")]
    [InlineData("h")]
    [InlineData("1H")]
    [InlineData("-1h")]
    [InlineData("+1h")]
    [InlineData("1ms")]
    [InlineData("1,5h")]
    [InlineData("..5h")]
    [InlineData(".h")]
    [InlineData("1h30")]
    [InlineData("999999999999y")]
    [InlineData("9999999999999h")]
    [InlineData("１h")]
    public void Gives_null_for_anything_else(string text) => Assert.Null(Duration.Parse(text));

    [Fact]
    public void Writes_what_it_reads_back() => Property.Holds(
        Gen.Choose(1, int.MaxValue),
        seconds => Assert.Equal(TimeSpan.FromSeconds(seconds), Duration.Parse(Duration.Format(TimeSpan.FromSeconds(seconds)))),
        cases: 1000);

    [Theory]
    [InlineData(8760 * 3600, "8760h")]
    [InlineData(5400, "1h30m")]
    [InlineData(3601, "1h1s")]
    [InlineData(59, "59s")]
    [InlineData(60, "1m")]
    [InlineData(36500L * 86400, "876000h")]
    public void Writes_hours_minutes_and_seconds_as_Go_reads_them(long seconds, string text) =>
        Assert.Equal(text, Duration.Format(TimeSpan.FromSeconds(seconds)));

    [Fact]
    public void Reads_any_text_without_failing() => Property.Holds(Generators.OddName, text => _ = Duration.Parse(text), cases: 500);
}
