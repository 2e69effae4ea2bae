namespace KubePrep.Bench.Deploy;

/// <summary>Runs every measure and prints the table; <c>run.sh</c> starts it.</summary>
internal static class Program
{
    private const int Met = 0;
    private const int Missed = 1;
    private const int Usage = 2;

    private static int Main(string[] arguments)
    {
        if (arguments is not [var kubeprep, var disk, var memory])
        {
            Console.Error.WriteLine("usage: KubePrep.Bench.Deploy KUBEPREP SCRATCH-ON-DISK SCRATCH-IN-MEMORY");
            return Usage;
        }

        var report = new Report(Console.Out);
        var onDisk = new Scratch(disk);
        Console.WriteLine($"{Environment.ProcessorCount} cores, load {File.ReadAllText("/proc/loadavg").Split(' ')[0]}; {Path.GetFullPath(kubeprep)}");
        EcdsaMeasure.Run(onDisk, new Scratch(memory), report);
        RsaMeasure.Run(onDisk, report);
        new ProcessMeasure(kubeprep, onDisk, report).Run();
        Console.WriteLine(report.AllMet ? "\nevery target was met" : "\na target was missed");
        return report.AllMet ? Met : Missed;
    }
}
