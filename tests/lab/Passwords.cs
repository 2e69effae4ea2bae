namespace KubePrep.Lab.Tests;

/// <summary>Runs of kubeprep that are given passwords, as files that are open when it starts.</summary>
internal sealed class Passwords : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly List<string> _files = [];
    private readonly List<string> _options = [];

    /// <summary>Where kubeprep makes its temporary files; by default where all do.</summary>
    public string TemporaryDirectory { get; init; } = Path.GetTempPath();

    /// <summary>Hands over a password to log in with.</summary>
    public Passwords Login(string password) => Add("--password-fd", password);

    /// <summary>Hands over a password for sudo.</summary>
    public Passwords Sudo(string password) => Add("--sudo-password-fd", password);

    public RunningTool Start(Controller controller, string command, IEnumerable<string> nodes, params IEnumerable<string> more) =>
        controller.StartWithFiles(
            _files,
            "env",
            [$"TMPDIR={TemporaryDirectory}", Controller.Kubeprep, command, .. nodes, "--known-hosts", controller.KnownHosts, "--json", .. _options, .. more]);

    public ToolResult Run(Controller controller, string command, IEnumerable<string> nodes, params IEnumerable<string> more)
    {
        using var running = Start(controller, command, nodes, more);
        return running.WaitForExit(TimeSpan.FromMinutes(2));
    }

    public void Dispose() => _directory.Dispose();

    private Passwords Add(string option, string password)
    {
        var file = _directory[$"{_files.Count}"];
        File.WriteAllText(file, $"{password}\n");
        _options.AddRange([option, $"{3 + _files.Count}"]);
        _files.Add(file);
        return this;
    }
}
