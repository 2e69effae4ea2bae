using System.Security.Cryptography;
using KubePrep.Pki;

namespace KubePrep.Bench.Deploy;

/// <summary>
/// An RSA-2048 deployment in this process, against five bare key generations spread over all cores. The time an RSA key takes is
/// random, with a long tail: medians of few rounds say little, and the sums of many are compared (see <see cref="RatioOfSums"/>).
/// </summary>
internal static class RsaMeasure
{
    private const int WarmUps = 2;
    private const int Count = 40;
    private const int KeySize = 2048;
    private const double Target = 1.3;

    public static void Run(Scratch disk, Report report)
    {
        var rest = new List<Sample>();
        var series = Rounds.Run(
            WarmUps,
            Count,
            new Contender("deploy", disk, directory => Deploy(directory, rest)),
            new Contender("five keys", disk, _ => MakeKeys()));
        var (deploy, keys) = (series[0], series[1]);
        var ratio = RatioOfSums.Of(deploy, keys);
        var besides = new Series(rest[WarmUps..]);

        report.Section($"RSA-2048, in process: {Count} rounds");
        report.Line("deploy into a fresh directory, mean", Report.Milliseconds(deploy.Sum / Count));
        report.Line($"{TestCluster.Identities} bare RSA-2048 keys over {Environment.ProcessorCount} cores, mean", Report.Milliseconds(keys.Sum / Count));
        report.Target(
            "deploy / keys, ratio of the sums (95 % interval)",
            $"{Report.Ratio(ratio.Value)} ({Report.Ratio(ratio.Low)} to {Report.Ratio(ratio.High)})",
            "<= 1.3",
            ratio.Value <= Target);
        report.Line("deploy / keys, ratio of the medians", Report.Ratio(deploy.Median / keys.Median));
        report.Line(
            "what deploy does besides making its keys, median",
            $"{Report.Milliseconds(besides.Median)} ({Report.Percent(besides.Median / (keys.Sum / Count))} of the keys)");
    }

    private static Sample Deploy(string directory, List<Sample> rest)
    {
        var keys = new KeyPhase();
        var sample = InProcess.Deploy(directory, KeyAlgorithm.Rsa2048, keys);
        rest.Add(new Sample(sample.Wall - keys.Elapsed));
        return sample;
    }

    private static Sample MakeKeys() => InProcess.Time(() => Parallel.For(0, TestCluster.Identities, _ =>
    {
        using var key = RSA.Create(KeySize);
        key.ExportRSAPublicKey(); // the key is made when it is first used
    }));
}
