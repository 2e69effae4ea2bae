using System.Formats.Tar;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using KubePrep.Inventory;

namespace KubePrep.Facts;

/// <summary>Makes facts of what <c>probe.sh</c> prints: facts, a line each, and sections of other programs' output.</summary>
internal sealed class FactsParser
{
    private const int MaximumArchiveLength = 8 * 1024 * 1024; // as in probe.sh
    private const int BlockLength = 512;
    private const long LatestTime = 253402300799; // the last second of the year 9999
    private readonly ProbeReply _reply;

    private FactsParser(ProbeReply reply) => _reply = reply;

    /// <summary>Reads a probe's reply.</summary>
    /// <param name="node">The node it came from.</param>
    /// <param name="lines">The reply; every byte is one character.</param>
    /// <exception cref="InvalidDataException">It is no probe's reply, or broke off.</exception>
    public static NodeFacts Parse(Node node, IEnumerable<string> lines) => new FactsParser(new ProbeReply(lines)).Parse(node);

    private NodeFacts Parse(Node node)
    {
        var files = Files();
        var units = Units();
        return new NodeFacts
        {
            Node = node,
            HostName = _reply.Required("hostname"),
            Kernel = _reply.Required("kernel"),
            Architecture = _reply.Text("architecture"),
            Release = ReleaseOf(files["/etc/os-release"]),
            Virtualization = _reply.Text("virtualization", "none"),
            Container = _reply.Text("container", "none"),
            HasSystemd = _reply.Text("init") == "systemd",
            HasPersistentJournal = _reply.Text("journal") == "persistent",
            CgroupVersion = (int)_reply.Number("cgroup"),
            CgroupControllers = _reply.Text("cgroup-controllers").Split(' ', StringSplitOptions.RemoveEmptyEntries),
            ProcessorCount = (int)_reply.Number("processors"),
            MemoryBytes = _reply.Number("memory") * 1024,
            AvailableMemoryBytes = _reply.Number("memory-available") * 1024,
            Interfaces = Interfaces(),
            DefaultAddresses = [.. _reply.Section("routes").Select(line => After(line, " src ")).Where(address => address.Length > 0)],
            MachineId = _reply.Text("machine-id"),
            BootId = _reply.Text("boot-id"),
            Swaps = [.. _reply.Repeated("swap").Select(Swap)],
            Units = units,
            LoadedModules = Modules(_reply.Section("modules")),
            BuiltInModules = Modules(ModuleFiles("modules.builtin")),
            LoadableModules = Modules(ModuleFiles("modules.dep")),
            Sysctls = Sysctls(),
            ReadOnlySysctls = _reply.Repeated("sysctl-read-only").Select(SysctlKey.FromPath).ToHashSet(StringComparer.Ordinal),
            Packages = [.. _reply.Section("packages").Select(Package).OfType<PackageState>()],
            IsDpkgInterrupted = _reply.Text("dpkg") == "interrupted",
            PackageListsTime = _reply.Number("package-lists") is > 0 and <= LatestTime and var time ? DateTimeOffset.FromUnixTimeSeconds(time).UtcDateTime : null,
            Files = files,
            UnreadableFiles = [.. _reply.Repeated("unreadable")],
            RunInProgress = _reply.Text("run"),
            CloudInitHostsSettings = [.. _reply.Section("cloud-init").Select(CloudInitSetting).OfType<CloudInitSetting>()],
            Time = TimeFactsParser.Parse(_reply, units),
            OwedRestarts = _reply.Repeated("owed").ToHashSet(StringComparer.Ordinal),
        };
    }

    private static (string First, string Remainder) SplitAtSpace(string text)
    {
        var space = text.IndexOf(' ', StringComparison.Ordinal);
        return space < 0 ? (text, "") : (text[..space], text[(space + 1)..]);
    }

    private static string After(string line, string word)
    {
        var at = line.IndexOf(word, StringComparison.Ordinal);
        return at < 0 ? "" : SplitAtSpace(line[(at + word.Length)..]).First;
    }

    /// <summary>A line such as <c>/etc/cloud/cloud.cfg:manage_etc_hosts: true</c>.</summary>
    private static CloudInitSetting? CloudInitSetting(string line) =>
        line.Split(':', 3) is [var path, _, var value] ? new CloudInitSetting(path, ScalarOf(value)) : null;

    /// <summary>A plain or quoted value of YAML, without the comment after it.</summary>
    private static string ScalarOf(string value)
    {
        var comment = value.IndexOf(" #", StringComparison.Ordinal);
        return (comment < 0 ? value : value[..comment]).Trim().Trim('"', '\'');
    }

    private static SwapDevice Swap(string line)
    {
        // the path comes last; the kernel writes its blanks in octal
        var fields = line.Split(' ', 4);
        return fields.Length == 4
            ? new SwapDevice(KernelPath(fields[3]), Kibibytes(fields[0]), Kibibytes(fields[1]))
            : throw new InvalidDataException("a swap device cannot be read");
    }

    private static string KernelPath(string path) => path
        .Replace(@"\040", " ", StringComparison.Ordinal)
        .Replace(@"\011", "\t", StringComparison.Ordinal)
        .Replace(@"\012", "\n", StringComparison.Ordinal)
        .Replace(@"\134", @"\", StringComparison.Ordinal);

    private static long Kibibytes(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number * 1024 : 0;

    private static HashSet<string> Modules(IEnumerable<string> names) =>
        names.Select(name => name.Replace('-', '_')).ToHashSet(StringComparer.Ordinal);

    private static PackageState? Package(string line) =>
        line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var status, var name, ..] fields
            ? new PackageState(name, fields.ElementAtOrDefault(2) ?? "", status)
            : null;

    private static DebianRelease ReleaseOf(NodeFile? file)
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in Encoding.UTF8.GetString((file?.Content ?? default).Span).Split('\n', StringSplitOptions.TrimEntries))
        {
            var equals = line.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0)
            {
                settings[line[..equals]] = line[(equals + 1)..].Trim('"', '\'');
            }
        }

        return new DebianRelease(
            settings.GetValueOrDefault("ID", ""),
            settings.GetValueOrDefault("VERSION_ID", ""),
            settings.GetValueOrDefault("PRETTY_NAME", settings.GetValueOrDefault("ID", "unknown")),
            settings.GetValueOrDefault("ID_LIKE", ""));
    }

    /// <summary>The names in lines such as <c>/lib/modules/RELEASE/modules.dep:/overlay.ko</c>.</summary>
    private IEnumerable<string> ModuleFiles(string list) => _reply.Section("module-files")
        .Where(line => line.Contains($"/{list}:", StringComparison.Ordinal))
        .Select(line => Path.GetFileNameWithoutExtension(line[(line.LastIndexOf(':') + 1)..]));

    /// <summary>Lines such as <c>net/ipv4/ip_forward:1</c>.</summary>
    private Dictionary<string, string> Sysctls()
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in _reply.Section("sysctls"))
        {
            // an interface's name in a path may hold a colon, and a value may not
            var colon = line.LastIndexOf(':');
            if (colon > 0)
            {
                values.TryAdd(SysctlKey.FromPath(line[..colon]), line[(colon + 1)..]);
            }
        }

        return values;
    }

    private List<NetworkInterface> Interfaces()
    {
        var addresses = _reply.Section("addresses")
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(fields => fields.Length > 3 && fields[2] is "inet" or "inet6")
            .ToLookup(fields => fields[1], fields => fields[3].Split('/')[0], StringComparer.Ordinal);
        return [.. _reply.Repeated("interface").Select(SplitAtSpace)
            .Where(pair => pair.First != "lo")
            .Select(pair => new NetworkInterface(pair.First, pair.Remainder, [.. addresses[pair.First]]))];
    }

    /// <summary>Units are paragraphs of settings, with a blank line between them.</summary>
    private List<UnitState> Units()
    {
        var units = new List<UnitState>();
        var settings = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in _reply.Section("units").Append(""))
        {
            var equals = line.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0)
            {
                settings[line[..equals]] = line[(equals + 1)..];
            }
            else if (settings.Count > 0)
            {
                units.Add(new UnitState(
                    settings.GetValueOrDefault("Id", ""),
                    settings.GetValueOrDefault("LoadState", ""),
                    settings.GetValueOrDefault("ActiveState", ""),
                    settings.GetValueOrDefault("UnitFileState", ""),
                    settings.GetValueOrDefault("FragmentPath", ""),
                    settings.GetValueOrDefault("What", ""))
                {
                    // a unit that was never started has not met its conditions either
                    IsSkipped = settings.GetValueOrDefault("ConditionResult") == "no" && settings.GetValueOrDefault("ConditionTimestampMonotonic", "0") != "0",
                    Result = settings.GetValueOrDefault("Result", ""),
                    StatusText = settings.GetValueOrDefault("StatusText", ""),
                });
                settings.Clear();
            }
        }

        return units;
    }

    private NodeFileCollection Files()
    {
        try
        {
            using var archive = Archive();
            using var reader = new TarReader(archive);
            var files = new List<NodeFile>();
            while (reader.GetNextEntry() is { } entry)
            {
                files.Add(new NodeFile($"/{entry.Name}", ContentOf(entry)));
            }

            return new NodeFileCollection(files);
        }
        catch (Exception e) when (e is not (InvalidDataException or OutOfMemoryException))
        {
            // the readers of base64, gzip and tar each have exceptions of their own for what they cannot read, and some that nobody has documented
            throw new InvalidDataException("its configuration files cannot be read", e);
        }
    }

    /// <summary>The archive of the configuration files, which a few bytes of a hostile node could make grow without end.</summary>
    private MemoryStream Archive()
    {
        using var compressed = Compressed();
        using var expanded = new GZipStream(compressed, CompressionMode.Decompress);
        var archive = new MemoryStream();
        var buffer = new byte[64 * 1024];
        for (int count; (count = expanded.Read(buffer)) > 0;)
        {
            archive.Write(buffer, 0, count);
            if (archive.Length > MaximumArchiveLength)
            {
                throw new InvalidDataException("its configuration files are too large");
            }
        }

        RequireLengths(archive.GetBuffer().AsSpan(0, (int)archive.Length));
        archive.Position = 0;
        return archive;
    }

    /// <summary>Line by line, as base64 wraps them: all in one would need as much memory again.</summary>
    private MemoryStream Compressed()
    {
        var lines = _reply.Section("files");
        var compressed = new MemoryStream(lines.Sum(line => line.Length) / 4 * 3);
        foreach (var line in lines)
        {
            compressed.Write(Convert.FromBase64String(line));
        }

        compressed.Position = 0;
        return compressed;
    }

    /// <summary>Refuses an entry that is longer than the archive, as of a file that was cut off: its reader would make room for all of it.</summary>
    private static void RequireLengths(ReadOnlySpan<byte> archive)
    {
        while (archive.Length >= BlockLength && archive[0] != 0)
        {
            var length = Octal(archive.Slice(124, 12));
            var whole = BlockLength + ((length + BlockLength - 1) / BlockLength * BlockLength);
            if (length < 0 || whole > archive.Length)
            {
                throw new InvalidDataException($"its file /{Encoding.UTF8.GetString(archive[..100].TrimEnd((byte)0))} is too large to be looked at");
            }

            archive = archive[(int)whole..];
        }
    }

    /// <summary>A number in a header of tar; -1 for what needs more digits than there are.</summary>
    private static long Octal(ReadOnlySpan<byte> digits)
    {
        var number = 0L;
        foreach (var digit in digits.Trim(" \0"u8))
        {
            if (digit is < (byte)'0' or > (byte)'7')
            {
                return -1;
            }

            number = (number * 8) + (digit - '0');
        }

        return number;
    }

    private static byte[] ContentOf(TarEntry entry)
    {
        if (entry.DataStream is not { } data)
        {
            return [];
        }

        var content = new byte[entry.Length];
        data.ReadExactly(content);
        return content;
    }
}
