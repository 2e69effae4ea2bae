namespace KubePrep.Bench.Deploy;

/// <summary>
/// How two series of random times compare: by their sums, which for a tail that falls off as fast as that of a search for primes settle
/// sooner than medians do, and which weigh the slow runs that a user waits for. The interval is a bootstrap over the rounds.
/// </summary>
internal sealed record RatioOfSums(double Value, double Low, double High)
{
    private const int Resamples = 10_000;
    private const double Tail = 0.025;

    public static RatioOfSums Of(Series one, Series other)
    {
        var random = new Random(Resamples);
        var ratios = Enumerable.Range(0, Resamples)
            .Select(_ => Enumerable.Range(0, one.Count).Select(_ => random.Next(one.Count)).ToArray())
            .Select(rounds => one.SumOf(rounds) / other.SumOf(rounds))
            .Order()
            .ToArray();
        return new RatioOfSums(one.Sum / other.Sum, ratios[(int)(Tail * Resamples)], ratios[(int)((1 - Tail) * Resamples)]);
    }
}
