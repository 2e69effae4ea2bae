using System.Globalization;

namespace KubePrep.Pki;

/// <summary>
/// How far ahead to look for certificates that end, from nothing, which finds those that have ended, to 100 years. Written as a
/// <see cref="Lifetime"/> is: <c>30d</c>, <c>720h</c>, <c>1d12h</c>.
/// </summary>
public sealed record Horizon
{
    /// <summary>Makes a horizon from a time span, as <c>New-TimeSpan</c> gives it; fractions of a second are dropped.</summary>
    /// <param name="duration">
    /// Zero, or from a second to <see cref="Lifetime.Maximum"/>. Less than a second is a number that was taken for ticks.
    /// </param>
    /// <exception cref="KubePrepException">It is out of range (<see cref="ErrorId.InvalidLifetime"/>).</exception>
    public Horizon(TimeSpan duration)
    {
        Duration = duration == TimeSpan.Zero || (duration >= TimeSpan.FromSeconds(1) && duration <= Lifetime.Maximum)
            ? TimeSpan.FromSeconds((long)duration.TotalSeconds)
            : throw PkiErrors.HorizonOutOfRange(duration.ToString("c", CultureInfo.InvariantCulture));
    }

    /// <summary>The same as a time span.</summary>
    public TimeSpan Duration { get; }

    /// <summary>Reads a horizon.</summary>
    /// <param name="text">One or more numbers, each with its unit: h, m, s, d, w or y.</param>
    /// <exception cref="KubePrepException">It cannot be read, or is out of range (<see cref="ErrorId.InvalidLifetime"/>).</exception>
    public static Horizon Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var duration = Pki.Duration.Parse(text) ?? throw PkiErrors.HorizonUnreadable(text);
        return duration <= Lifetime.Maximum ? new Horizon(duration) : throw PkiErrors.HorizonOutOfRange(text);
    }

    /// <summary>The horizon in hours, minutes and seconds, such as <c>720h</c>.</summary>
    public override string ToString() => Duration == TimeSpan.Zero ? "0h" : Pki.Duration.Format(Duration);
}
