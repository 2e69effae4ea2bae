using System.Globalization;
using KubePrep.TimeSync;

namespace KubePrep.Core.Tests;

/// <summary>How differences between clocks are written.</summary>
public sealed class ClockTextTests
{
    [Theory]
    [InlineData(0.7, "0.700 s ahead", "+0.700 s")]
    [InlineData(-0.0124, "0.012 s behind", "-0.012 s")]
    [InlineData(-90.512, "90.5 s behind", "-90.5 s")]
    [InlineData(9.9994, "9.999 s ahead", "+9.999 s")]
    [InlineData(9.9996, "10.0 s ahead", "+10.0 s")]
    [InlineData(7199.9, "7199.9 s ahead", "+7199.9 s")]
    [InlineData(-12600, "3.5 h behind", "-3.5 h")]
    [InlineData(63072000, "730.0 days ahead", "+730.0 days")]
    [InlineData(0.0004, "0.000 s", "0.000 s")]
    [InlineData(-0.0004, "0.000 s", "0.000 s")]
    public void An_offset_has_as_many_digits_as_matter(double seconds, string sentence, string cell)
    {
        var offset = TimeSpan.FromSeconds(seconds);
        Assert.Equal(sentence, ClockText.Offset(offset));
        Assert.Equal(cell, ClockText.Signed(offset));
    }

    [Theory]
    [InlineData(0, "±0.000 s")]
    [InlineData(0.0000001, "±0.001 s")]
    [InlineData(0.002, "±0.002 s")]
    [InlineData(0.0020001, "±0.003 s")]
    [InlineData(12.34, "±12.3 s")]
    public void A_bound_is_rounded_up(double seconds, string text) =>
        Assert.Equal(text, ClockText.Bound(TimeSpan.FromTicks((long)Math.Round(seconds * TimeSpan.TicksPerSecond))));

    [Fact]
    public void What_is_not_known_has_no_text()
    {
        Assert.Null(ClockText.Signed(null));
        Assert.Null(ClockText.Bound(null));
    }

    [Fact]
    public void The_users_culture_does_not_matter()
    {
        var culture = CultureInfo.CurrentCulture;
        try
        {
            var comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            comma.NumberFormat.NumberDecimalSeparator = ",";
            CultureInfo.CurrentCulture = comma;
            Assert.Equal("1.500 s ahead", ClockText.Offset(TimeSpan.FromSeconds(1.5)));
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }
}
