using System.Globalization;
using KubePrep.Facts;

namespace KubePrep.TimeSync;

/// <summary>
/// What chronyd reads (chrony.conf(5)): its main file, and those that this one names, each at the place where it is named; source files
/// come last.
/// </summary>
/// <remarks>
/// A line that chronyd cannot read keeps it from starting; here it is left out, as the daemon's own state tells that better. Only files
/// that the probe has read are seen.
/// </remarks>
internal sealed class ChronyConfiguration
{
    /// <summary>The main file on Debian and Ubuntu.</summary>
    public const string MainPath = "/etc/chrony/chrony.conf";

    /// <summary>The directory of the distribution's drop-ins.</summary>
    public const string DropInDirectory = "/etc/chrony/conf.d";

    private const string UpstreamPath = "/etc/chrony.conf"; // that of a chronyd that was built with its own defaults
    private const string UnitPath = "/etc/systemd/system/chrony.service";

    private readonly List<string> _servers = [];
    private readonly List<string> _referenceClocks = [];
    private int _stepLimit;

    private ChronyConfiguration()
    {
    }

    /// <summary>Whether there is a main file at <see cref="MainPath"/>; where there is none, that of a chronyd built elsewhere is read.</summary>
    public bool Exists { get; private init; }

    /// <summary>Whether the main file, or one it includes, reads the drop-ins.</summary>
    public bool ReadsDropIns { get; private set; }

    /// <summary>The servers, pools and peers, by name or address, in order, each once; also those of source files.</summary>
    public IReadOnlyList<string> Servers => _servers;

    /// <summary>The reference clocks: driver and parameter, such as <c>PHC /dev/ptp_kvm</c>.</summary>
    public IReadOnlyList<string> ReferenceClocks => _referenceClocks;

    /// <summary>
    /// Whether the clock is stepped at any time, and not only after the start: the last <c>makestep</c> has a negative limit, be it in a
    /// file or in a command that the unit runs once chronyd is started.
    /// </summary>
    public bool StepsAlways => _stepLimit < 0;

    /// <summary>
    /// The options of the last <c>local</c>, such as <c>stratum 10 orphan</c>: the clock serves as if it were right where no server
    /// answers. Null if there is none.
    /// </summary>
    public string? Local { get; private set; }

    /// <summary>Reads the configuration of a node.</summary>
    /// <param name="files">The node's files.</param>
    public static ChronyConfiguration Read(NodeFileCollection files)
    {
        var configuration = new ChronyConfiguration { Exists = files[MainPath] is not null };
        var reader = new ChronyReader(files);
        reader.Read(configuration.Exists ? MainPath : UpstreamPath, configuration.Apply);
        reader.ReadSources(configuration.AddServer);
        foreach (var command in StartCommands(files))
        {
            configuration.Run(command);
        }

        return configuration;
    }

    private void Apply(string directive, string arguments)
    {
        switch (directive)
        {
            case "server" or "pool" or "peer":
                AddServer(arguments);
                break;
            case "refclock" when arguments.Split(' ') is [var driver, var parameter, ..]:
                _referenceClocks.Add($"{driver} {parameter}");
                break;
            case "makestep":
                Step(arguments.Split(' '));
                break;
            case "local":
                Local = arguments;
                break;
            case "confdir":
                ReadsDropIns |= ChronyReader.Directories(arguments).Contains(DropInDirectory);
                break;
            case "include":
                ReadsDropIns |= ChronyReader.Includes(arguments, ChronyDropIn.Path);
                break;
        }
    }

    private void AddServer(string arguments)
    {
        var name = arguments.Split(' ')[0];
        if (name.Length > 0 && !_servers.Contains(name, StringComparer.OrdinalIgnoreCase))
        {
            _servers.Add(name);
        }
    }

    private void Step(ReadOnlySpan<string> arguments)
    {
        if (arguments is [var threshold, var limit]
            && double.TryParse(threshold, NumberStyles.Float, CultureInfo.InvariantCulture, out _)
            && int.TryParse(limit, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var updates))
        {
            _stepLimit = updates;
        }
    }

    /// <summary>Does what a command line such as <c>+/usr/bin/chronyc -n makestep 1 -1</c> does.</summary>
    private void Run(string command)
    {
        var words = command.Split([' ', '\t', '"', '\''], StringSplitOptions.RemoveEmptyEntries);
        var program = Array.FindIndex(words, word => word.TrimStart('+', '-', '@', ':', '!', '|').Split('/')[^1] == "chronyc");
        var step = program < 0 ? -1 : Array.IndexOf(words, "makestep", program);
        if (step >= 0 && words.Length > step + 2)
        {
            Step(words.AsSpan(step + 1, 2));
        }
    }

    /// <summary>The commands that the unit runs once chronyd is started, as far as they are configured on the node.</summary>
    private static IReadOnlyList<string> StartCommands(NodeFileCollection files)
    {
        IEnumerable<NodeFile> dropIns = files.DropIns(".conf", UnitPath + ".d");
        return SystemdConfiguration.Read(files[UnitPath] is { } unit ? dropIns.Prepend(unit) : dropIns, "Service").Values("ExecStartPost");
    }
}
