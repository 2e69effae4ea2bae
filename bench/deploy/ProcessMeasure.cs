namespace KubePrep.Bench.Deploy;

/// <summary>The whole <c>kubeprep</c> process against the 26 commands it replaces, given the same documents to start from.</summary>
internal sealed class ProcessMeasure(string kubeprep, Scratch disk, Report report)
{
    private const int WarmUps = 2;
    private const int Count = 20;
    private const double Target = 6;
    private const double Aim = 10;
    private static readonly string Operator = Path.Join(AppContext.BaseDirectory, "operator.sh");
    private static readonly string Kubectl = Environment.GetEnvironmentVariable("KUBECTL") ?? "kubectl";
    private static readonly string[] OperatorTools = ["cfssl", "cfssljson", Kubectl];

    public void Run()
    {
        var version = new Contender("kubeprep --version", disk, _ => ChildProcess.Run(kubeprep, "--version"));
        var deploy = new Contender("kubeprep deploy, P-256, fresh directory", disk, Deploy);
        var rerun = new Contender("kubeprep deploy, everything kept", disk, Deploy) { Prepare = directory => Deploy(directory) };
        var verify = new Contender("kubeprep verify", disk, Verify) { Prepare = directory => Deploy(directory) };
        var missing = OperatorTools.Where(tool => !ChildProcess.IsInstalled(tool)).ToList();
        if (missing.Count > 0)
        {
            Print(version, deploy, rerun, verify);
            report.Line($"the 26 commands it replaces: skipped, for there is no {string.Join(", no ", missing)}", "");
            return;
        }

        CheckOperator();
        var title = $"the 26 commands it replaces, with {Path.GetFileName(Kubectl)}";
        var commands = new Contender(title, disk, RunOperator) { Prepare = LayOutDocuments };
        var series = Print(version, deploy, commands, rerun, verify);
        var ratio = series[2].Median / series[1].Median;
        var target = ratio >= Aim ? ">= 6 (and the aim, 10)" : ">= 6";
        report.Target("26 commands / deploy, on the wall", Report.Ratio(ratio), target, ratio >= Target);
        report.Line("26 commands / deploy, processor time", Report.Ratio(series[2].MedianCpu / series[1].MedianCpu));
    }

    private IReadOnlyList<Series> Print(params Contender[] contenders)
    {
        var series = Rounds.Run(WarmUps, Count, contenders);
        var floor = series[0].Median;
        report.Section($"Whole processes, medians of {Count} rounds");
        foreach (var (contender, times) in contenders.Zip(series))
        {
            var (wall, processors) = (Report.Milliseconds(times.Median), Report.Milliseconds(times.MedianCpu));
            report.Line(contender.Name, $"{wall}, processors {processors}, {Report.Ratio(times.Median / floor)} x --version");
        }

        return series;
    }

    /// <summary>The comparison is worth nothing unless both leave the same: what verifies one has to verify the other.</summary>
    private void CheckOperator() => disk.Use(directory =>
    {
        LayOutDocuments(directory);
        RunOperator(directory);
        return Verify(directory);
    });

    /// <summary>The operator wrote these long ago: they are those that deploy would make.</summary>
    private void LayOutDocuments(string directory)
    {
        Deploy(directory);
        var files = Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories).ToList();
        files.Where(path => Path.GetExtension(path) != ".json").ToList().ForEach(File.Delete);
    }

    private Sample Deploy(string directory) =>
        ChildProcess.Run(
            kubeprep, "deploy", "--cluster-directory", directory, "--cluster-name", TestCluster.Name, "--server", TestCluster.Server);

    private Sample Verify(string directory) => ChildProcess.Run(kubeprep, "verify", "--cluster-directory", directory);

    private static Sample RunOperator(string directory) => ChildProcess.Run("bash", Operator, directory, TestCluster.Name, TestCluster.Server);
}
