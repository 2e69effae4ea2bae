using KubePrep.Pki;

namespace KubePrep.Bench.Deploy;

/// <summary>
/// A P-256 deployment in this process. Its keys take next to nothing, so that its floor is the files. What is work, and what is waiting
/// for the disk, shows where the files are in memory and syncing them costs nothing.
/// </summary>
internal static class EcdsaMeasure
{
    private const int WarmUps = 40;
    private const int Count = 40;
    private static readonly TimeSpan Target = TimeSpan.FromMilliseconds(50);

    public static void Run(Scratch disk, Scratch memory, Report report)
    {
        var floor = disk.Use(directory =>
        {
            InProcess.Deploy(directory, KeyAlgorithm.EcdsaP256);
            return new FileFloor(directory);
        });
        var series = Rounds.Run(
            WarmUps,
            Count,
            new Contender("deploy on disk", disk, Deploy),
            new Contender("files alone", disk, floor.Write),
            new Contender("deploy in memory", memory, Deploy));
        var (onDisk, files, inMemory) = (series[0].Median, series[1].Median, series[2].Median);

        report.Section($"P-256, in process: five identities and four kubeconfigs, medians of {Count} rounds");
        report.Line($"deploy into a fresh directory on {disk.FileSystem}", Report.Milliseconds(onDisk));
        report.Line(
            "the same files written and synced the same way, alone", $"{Report.Milliseconds(files)} ({Report.Percent(files / onDisk)} of it)");
        report.Line("deploy / files alone", Report.Ratio(onDisk / files));
        report.Target(
            $"the work: deploy into a fresh directory on {memory.FileSystem}", Report.Milliseconds(inMemory), "< 50 ms", inMemory < Target);
    }

    private static Sample Deploy(string directory) => InProcess.Deploy(directory, KeyAlgorithm.EcdsaP256);
}
