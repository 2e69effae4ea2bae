using System.Globalization;

namespace KubePrep.Connections;

/// <summary>The arguments that ssh is started with. Of an option that is given twice ssh takes the first, so KubePrep's come first.</summary>
internal static class SshArguments
{
    /// <summary>What runs on the node: whatever the user's own shell is, it is replaced.</summary>
    private const string RemoteCommand = "exec /bin/sh";

    /// <summary>What a framed conversation needs, and what a user's configuration must not change.</summary>
    private static readonly (string Name, string Value)[] Fixed =
    [
        ("ControlMaster", "no"),
        ("ControlPath", "none"),
        ("RemoteCommand", "none"),
        ("RequestTTY", "no"),
        ("SessionType", "default"),
        ("StdinNull", "no"),
        ("ForkAfterAuthentication", "no"),
        ("ClearAllForwardings", "yes"),
        ("ForwardAgent", "no"),
        ("ForwardX11", "no"),
        ("Tunnel", "no"), // is no forwarding to ClearAllForwardings
        ("PermitLocalCommand", "no"),
        ("UpdateHostKeys", "no"), // many processes would write known_hosts at once
        ("ServerAliveInterval", "5"),
        ("ServerAliveCountMax", "3"),
        ("LogLevel", "DEBUG1"), // the least at which the key of an unknown server is named
    ];

    /// <summary>The options that are KubePrep's own parameters.</summary>
    private static readonly Dictionary<string, string> Parameters = new(StringComparer.OrdinalIgnoreCase)
    {
        ["StrictHostKeyChecking"] = "the host-key policy",
        ["UserKnownHostsFile"] = "the known-hosts file",
        ["ConnectTimeout"] = "the connection timeout",
        ["BatchMode"] = "a credential",
        ["NumberOfPasswordPrompts"] = "a credential",
        ["User"] = "the user name",
        ["Port"] = "the port",
    };

    /// <summary>The arguments for a session on the node.</summary>
    public static IReadOnlyList<string> ForSession(NodeTarget target, ConnectionOptions options) =>
        [.. Options(target, options), "--", target.Host, RemoteCommand];

    /// <summary>The arguments with which ssh only says what it would do.</summary>
    public static IReadOnlyList<string> ForConfiguration(NodeTarget target, ConnectionOptions options) =>
        [.. Options(target, options), "-G", "--", target.Host];

    /// <summary>Why the options cannot be used, as an exception; before the first node is connected to.</summary>
    /// <exception cref="KubePrepException"><see cref="ErrorId.InvalidConnectionOption"/>.</exception>
    public static void Validate(ConnectionOptions options)
    {
        foreach (var (name, value) in options.Options)
        {
            if (name.Length == 0 || !name.All(char.IsAsciiLetterOrDigit))
            {
                throw ConnectionErrors.InvalidOption(name, "it is not the name of an option", "Give names as ssh_config(5) has them, such as ProxyJump.");
            }

            if (PlainText.Fault(value) is { } fault)
            {
                throw ConnectionErrors.InvalidOption(name, fault, "Give its value on one line.");
            }

            if (Parameters.TryGetValue(name, out var parameter))
            {
                throw ConnectionErrors.InvalidOption(name, $"{parameter} decides it", "Leave it out, and use the parameter.");
            }

            if (Fixed.Any(option => option.Name.Equals(name, StringComparison.OrdinalIgnoreCase)))
            {
                throw ConnectionErrors.InvalidOption(name, "KubePrep needs its own value for it", "Leave it out.");
            }
        }

        RequirePath(options.KnownHostsPath);
        RequirePath(options.KeyFilePath is "" ? null : options.KeyFilePath); // none is given
    }

    private static IEnumerable<string> Options(NodeTarget target, ConnectionOptions options)
    {
        foreach (var (name, value) in Fixed.Concat(Chosen(options)).Concat(options.Options.Select(option => (option.Key, option.Value))))
        {
            yield return "-o";
            yield return $"{name}={value}";
        }

        if (target.KeyFilePath is { } keyFile)
        {
            RequirePath(keyFile);
            yield return "-o";
            yield return $"IdentityFile={Quote(keyFile)}";
        }

        if (target.User is { } user)
        {
            yield return "-l";
            yield return user;
        }

        if (target.Port is { } port)
        {
            yield return "-p";
            yield return port.ToString(CultureInfo.InvariantCulture);
        }
    }

    private static IEnumerable<(string Name, string Value)> Chosen(ConnectionOptions options)
    {
        yield return ("StrictHostKeyChecking", options.HostKeyPolicy == HostKeyPolicy.AcceptNew ? "accept-new" : "yes");
        yield return ("ConnectTimeout", ((int)Math.Ceiling(options.ConnectionTimeout.TotalSeconds)).ToString(CultureInfo.InvariantCulture));
        yield return ("BatchMode", options.Password is null ? "yes" : "no");
        if (options.Password is not null)
        {
            yield return ("NumberOfPasswordPrompts", "1");
        }

        if (options.KnownHostsPath is { } knownHosts)
        {
            yield return ("UserKnownHostsFile", Quote(knownHosts));
        }
    }

    /// <summary>A path as one word of ssh_config(5), in which percent signs begin tokens, and backslashes may escape.</summary>
    private static string Quote(string path) =>
        $"\"{Path.GetFullPath(path).Replace("%", "%%", StringComparison.Ordinal).Replace(@"\", @"\\", StringComparison.Ordinal)}\"";

    private static void RequirePath(string? path)
    {
        if (path is "")
        {
            throw ConnectionErrors.InvalidOption("path", "it is empty", "Give the path of a file, or leave the parameter out.");
        }

        if (path is not null && (PlainText.Fault(path) is not null || path.Contains('"', StringComparison.Ordinal) || path.Contains("${", StringComparison.Ordinal)))
        {
            throw ConnectionErrors.InvalidOption(path, "ssh cannot be given a path with quotes, '${' or control characters", "Use another path.");
        }
    }
}
