namespace KubePrep.Bench.Deploy;

/// <summary>
/// Runs contenders in turn, round after round, so that whatever else the machine does meets them all alike. Every second round goes
/// the other way, so that none always runs in the wake of the same one.
/// </summary>
internal static class Rounds
{
    public static IReadOnlyList<Series> Run(int warmUps, int count, params IReadOnlyList<Contender> contenders)
    {
        var samples = contenders.Select(_ => new List<Sample>()).ToArray();
        for (var round = -warmUps; round < count; round++)
        {
            var order = Enumerable.Range(0, contenders.Count);
            foreach (var i in int.IsOddInteger(round) ? order.Reverse() : order)
            {
                var sample = RunOnce(contenders[i]);
                if (round >= 0)
                {
                    samples[i].Add(sample);
                }
            }
        }

        return [.. samples.Select(s => new Series(s))];
    }

    private static Sample RunOnce(Contender contender) => contender.Scratch.Use(directory =>
    {
        contender.Prepare(directory);
        return contender.Run(directory);
    });
}
