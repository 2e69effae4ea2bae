namespace KubePrep.Lab.Tests;

/// <summary>A running Debian system that is reached over ssh, and the faults that can befall it.</summary>
internal abstract class LabNode
{
    private readonly LabScript _script;
    private readonly string _index;

    /// <param name="script">What rules it.</param>
    /// <param name="fields">The line by which the script describes it.</param>
    protected LabNode(LabScript script, IReadOnlyList<string> fields)
    {
        _script = script;
        (_index, Name, Address, Address6, Directory) = (fields[0], fields[1], fields[2], fields[3], fields[4]);
    }

    public string Name { get; }

    public string Address { get; }

    public string Address6 { get; }

    /// <summary>The line of a known_hosts file that vouches for it.</summary>
    public string KnownHosts => File.ReadAllText(Path.Join(Directory, "known_hosts")).TrimEnd();

    /// <summary>Where this machine keeps what belongs to it.</summary>
    protected string Directory { get; }

    /// <summary>More options of ssh, for the commands that tests run.</summary>
    protected virtual IReadOnlyList<string> SshOptions => [];

    /// <summary>Starts a command.</summary>
    public RunningTool Start(string command, string user = "root") => Ssh([.. SshOptions, $"{user}@{Address}", command]);

    /// <summary>Runs a command to its end.</summary>
    public ToolResult Run(string command, string user = "root")
    {
        using var running = Start(command, user);
        return running.WaitForExit(TimeSpan.FromMinutes(5));
    }

    /// <summary>Runs a command that has to succeed, and gives what it printed.</summary>
    public string Must(string command, string user = "root") => Run(command, user).Expect(0).Output;

    public string ReadFile(string path) => Must($"cat {Quote(path)}");

    /// <summary>Writes a file in place; one that is not there becomes root's, with mode 0644.</summary>
    public void WriteFile(string path, string text) =>
        Must($"printf %s {Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(text))} | base64 --decode > {Quote(path)}");

    /// <summary>All files as they are now, but those that a running system keeps for itself.</summary>
    public abstract Manifest TakeManifest();

    /// <summary>Loses every packet from and to it, without a word to either side.</summary>
    public void Cut() => Rule("cut");

    public void Mend() => Rule("mend");

    /// <summary>Takes connections and never answers.</summary>
    public void Freeze() => Rule("freeze");

    public void Thaw() => Rule("thaw");

    /// <summary>Powers it off at once.</summary>
    public void Stop() => Rule("stop");

    /// <summary>Starts it after a stop, or does nothing.</summary>
    public void Start() => Rule("up");

    /// <summary>Makes it what it was at first, with the same name, address and host key.</summary>
    public void Reset() => Rule("reset");

    public override string ToString() => Name;

    protected RunningTool Ssh(params IEnumerable<string> arguments) => new(
        "ssh",
        [
            "-F", "none", "-q", "-i", Lab.KeyFile, "-o", "IdentitiesOnly=yes", "-o", "BatchMode=yes", "-o", "ConnectTimeout=10",
            "-o", "GlobalKnownHostsFile=none", "-o", $"UserKnownHostsFile={Path.Join(Directory, "known_hosts")}", .. arguments,
        ]);

    protected static string Quote(string text) => $"'{text.Replace("'", @"'\''", StringComparison.Ordinal)}'";

    protected string Rule(string command, params IEnumerable<string> more) => _script.Run([command, _index, .. more]);
}
