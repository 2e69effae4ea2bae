using System.Globalization;

namespace KubePrep.Pki;

/// <summary>
/// How long a certificate is valid, from 10 minutes to 100 years. Written as numbers with units: <c>8760h</c>, <c>1h30m</c>,
/// <c>90d</c>, <c>1.5y</c>. The units <c>h</c>, <c>m</c> and <c>s</c> are Go's (and so cfssl's); <c>d</c> is 24 hours, <c>w</c> 7 days,
/// <c>y</c> 365 days.
/// </summary>
public sealed record Lifetime
{
    /// <summary>The shortest lifetime: certificates are backdated by five minutes, so a shorter one would be over as it begins.</summary>
    public static readonly TimeSpan Minimum = TimeSpan.FromMinutes(10);

    /// <summary>The longest lifetime: 100 years of 365 days.</summary>
    public static readonly TimeSpan Maximum = TimeSpan.FromDays(36_500);

    /// <summary>Makes a lifetime from a time span, as <c>New-TimeSpan</c> gives it; fractions of a second are dropped.</summary>
    /// <param name="duration">From <see cref="Minimum"/> to <see cref="Maximum"/>.</param>
    /// <exception cref="KubePrepException">It is out of range (<see cref="ErrorId.InvalidLifetime"/>).</exception>
    public Lifetime(TimeSpan duration)
    {
        Duration = duration >= Minimum && duration <= Maximum
            ? TimeSpan.FromSeconds((long)duration.TotalSeconds)
            : throw PkiErrors.LifetimeOutOfRange(duration.ToString("c", CultureInfo.InvariantCulture));
    }

    /// <summary>The same as a time span.</summary>
    public TimeSpan Duration { get; }

    /// <summary>Whole years of 365 days.</summary>
    /// <param name="years">From 1 to 100.</param>
    /// <exception cref="KubePrepException">It is out of range (<see cref="ErrorId.InvalidLifetime"/>).</exception>
    internal static Lifetime FromYears(int years) => new(TimeSpan.FromDays(365 * years));

    /// <summary>Reads a lifetime.</summary>
    /// <param name="text">One or more numbers, each with its unit.</param>
    /// <exception cref="KubePrepException">It cannot be read, or is out of range (<see cref="ErrorId.InvalidLifetime"/>).</exception>
    public static Lifetime Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var duration = Pki.Duration.Parse(text) ?? throw PkiErrors.LifetimeUnreadable(text);
        return duration >= Minimum && duration <= Maximum ? new Lifetime(duration) : throw PkiErrors.LifetimeOutOfRange(text);
    }

    /// <summary>The lifetime as Go and cfssl read it: hours, minutes and seconds, such as <c>8760h</c>.</summary>
    public override string ToString() => Pki.Duration.Format(Duration);
}
