namespace KubePrep.Lab.Tests;

/// <summary>
/// The user who runs KubePrep: with a home of the test's own, in which <c>~/.ssh</c> holds what the test puts there, so that the settings
/// of whoever runs the tests decide nothing.
/// </summary>
internal sealed class Controller : IDisposable
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Emulated machines that have to share two processors need minutes to install a package.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);
    private static readonly string Script = Repository.File("tests/lab/controller.sh");

    private readonly TemporaryDirectory _directory = new();

    /// <summary>A user who trusts these nodes.</summary>
    public Controller(params IEnumerable<LabNode> trusted)
    {
        Home = Directory.CreateDirectory(_directory["home"], Private).FullName;
        Directory.CreateDirectory(Path.Join(Home, ".ssh"), Private);
        KnownHosts = _directory["known_hosts"];
        File.WriteAllLines(KnownHosts, trusted.Select(node => node.KnownHosts));
    }

    /// <summary>The program that KUBEPREP names, or else the one that was built last.</summary>
    public static string Kubeprep { get; } = Environment.GetEnvironmentVariable("KUBEPREP") ?? Repository.File("bin/cli/kubeprep");

    public string Home { get; }

    /// <summary>The file of host keys that the command line is told of; it begins with those of the trusted nodes.</summary>
    public string KnownHosts { get; }

    /// <summary>Sets the user's <c>~/.ssh/config</c>.</summary>
    public string SshConfig
    {
        set => File.WriteAllText(Path.Join(Home, ".ssh", "config"), value);
    }

    /// <summary>Runs <c>kubeprep check</c> to its end.</summary>
    public ToolResult Check(IEnumerable<string> nodes, params IEnumerable<string> more) =>
        Run(Kubeprep, Arguments("check", nodes, more));

    /// <summary>Runs <c>kubeprep prepare</c> to its end.</summary>
    public ToolResult Prepare(IEnumerable<string> nodes, params IEnumerable<string> more) =>
        Run(Kubeprep, Arguments("prepare", nodes, more));

    /// <summary>Starts <c>kubeprep prepare</c>, which can be sent signals while it runs.</summary>
    public RunningTool StartPrepare(IEnumerable<string> nodes, params IEnumerable<string> more) =>
        Start(Kubeprep, Arguments("prepare", nodes, more));

    /// <summary>Starts a program as this user.</summary>
    public RunningTool Start(string program, params IEnumerable<string> arguments) => StartWithFiles([], program, arguments);

    /// <summary>Starts a program as this user, with files open as its descriptors 3, 4 and so on.</summary>
    public RunningTool StartWithFiles(IEnumerable<string> files, string program, params IEnumerable<string> arguments) =>
        new("unshare", ["--mount", Script, Home, .. files, "--", program, .. arguments]);

    /// <summary>Runs a program as this user to its end.</summary>
    public ToolResult Run(string program, params IEnumerable<string> arguments)
    {
        using var running = Start(program, arguments);
        return running.WaitForExit(Limit);
    }

    public void Dispose() => _directory.Dispose();

    private IReadOnlyList<string> Arguments(string command, IEnumerable<string> nodes, IEnumerable<string> more) =>
        [command, .. nodes, "--known-hosts", KnownHosts, "--key-file", Lab.KeyFile, .. more];
}
