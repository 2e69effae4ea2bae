using System.CommandLine;
using System.Globalization;
using KubePrep.Connections;
using KubePrep.Inventory;
using KubePrep.Yaml;

namespace KubePrep.Cli;

/// <summary>The arguments and options of the commands that connect to nodes.</summary>
internal sealed class NodeArguments
{
    private const int DefaultTimeout = 15;
    private const int DefaultThrottleLimit = 32;
    private readonly Argument<string[]> _nodes = new("NODE")
    {
        Description = "Where to connect: host, user@host, host:port, [IPv6]:port; localhost is this machine, without ssh.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<string?> _inventory = new("--inventory")
    {
        Description = "A file of nodes in place of arguments: an Ansible (kubeasz, kubespray) inventory in INI or YAML, or CSV.",
        HelpName = "FILE",
    };

    private readonly Option<string?> _user = new("--user") { Description = "The user to log in as.", HelpName = "NAME" };
    private readonly Option<int?> _port = new("--port") { Description = "The port of the ssh servers.", HelpName = "PORT" };
    private readonly Option<string?> _keyFile = new("--key-file") { Description = "The private key to log in with.", HelpName = "FILE" };
    private readonly Option<string[]> _options = new("--option")
    {
        Description = "A further option of ssh, such as ProxyJump=bastion; it may be given again.",
        HelpName = "NAME=VALUE",
        AllowMultipleArgumentsPerToken = false,
    };

    private readonly Option<string?> _hostKeyPolicy = new("--host-key-policy")
    {
        Description = "strict: only known servers are trusted; accept-new: also those never seen before [default: strict].",
        HelpName = "POLICY",
    };

    private readonly Option<string?> _knownHosts = new("--known-hosts") { Description = "The file of known host keys.", HelpName = "FILE" };
    private readonly Option<int?> _timeout = new("--connection-timeout")
    {
        Description = $"How many seconds a node may take to answer [default: {DefaultTimeout}].",
        HelpName = "SECONDS",
    };

    private readonly Option<int?> _throttleLimit = new("--throttle-limit")
    {
        Description = $"How many nodes are worked on at once [default: {DefaultThrottleLimit}].",
        HelpName = "N",
    };

    private readonly PasswordOption _password = new("password", "the password to log in with");
    private readonly PasswordOption _sudoPassword = new("sudo-password", "the password that sudo asks for");

    /// <summary>Makes them part of a command.</summary>
    public void AddTo(Command command)
    {
        _hostKeyPolicy.AcceptWords(PolicyNames);
        _nodes.Validators.Add(RefuseOptions);
        _port.Validators.Add(result => RequireRange(result, "--port", 1, 65535));
        _timeout.Validators.Add(result => RequireRange(result, "--connection-timeout", 1, 3600));
        _throttleLimit.Validators.Add(result => RequireRange(result, "--throttle-limit", 1, 1000));
        command.Add(_nodes);
        command.Validators.Add(RequireNodes);
        foreach (var option in new Option[] { _inventory, _user, _port, _keyFile, _options, _hostKeyPolicy, _knownHosts, _timeout, _throttleLimit })
        {
            command.Add(option);
        }

        _password.AddTo(command);
        _sudoPassword.AddTo(command);
    }

    private static string[] PolicyNames => ["strict", "accept-new"];

    /// <summary>Whether the nodes are an inventory's, which knows their names and roles.</summary>
    public bool HasInventory(ParseResult parsed) => parsed.GetValue(_inventory) is not null;

    /// <summary>The nodes.</summary>
    /// <exception cref="KubePrepException">The inventory cannot be read.</exception>
    public IReadOnlyList<Node> Nodes(ParseResult parsed)
    {
        if (parsed.GetValue(_inventory) is not { } path)
        {
            return [.. (parsed.GetValue(_nodes) ?? []).Select(address => new Node(address))];
        }

        var inventory = InventoryFile.Read(path);
        Notice.Warn(inventory.Warnings);
        return inventory.Nodes;
    }

    /// <summary>How they are connected to; it asks for the passwords.</summary>
    public ConnectionOptions Connection(ParseResult parsed, CancellationToken cancellation) => new()
    {
        UserName = parsed.GetValue(_user),
        Port = parsed.GetValue(_port),
        KeyFilePath = parsed.GetValue(_keyFile),
        Options = OptionsOf(parsed.GetValue(_options) ?? []),
        HostKeyPolicy = "accept-new".Equals(parsed.GetValue(_hostKeyPolicy), StringComparison.OrdinalIgnoreCase) ? HostKeyPolicy.AcceptNew : HostKeyPolicy.Strict,
        KnownHostsPath = parsed.GetValue(_knownHosts),
        ConnectionTimeout = TimeSpan.FromSeconds(parsed.GetValue(_timeout) ?? DefaultTimeout),
        ThrottleLimit = parsed.GetValue(_throttleLimit) ?? DefaultThrottleLimit,
        Password = _password.Read(parsed, cancellation),
        SudoPassword = _sudoPassword.Read(parsed, cancellation),
    };

    private static Dictionary<string, string> OptionsOf(string[] settings)
    {
        var options = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var setting in settings)
        {
            var equals = setting.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0 || !options.TryAdd(setting[..equals], setting[(equals + 1)..]))
            {
                throw CommandLineErrors.InvalidOption(setting);
            }
        }

        return options;
    }

    private void RequireNodes(System.CommandLine.Parsing.CommandResult result)
    {
        var hasInventory = result.GetResult(_inventory) is not null;
        if (hasInventory == result.GetResult(_nodes) is { Tokens.Count: > 0 })
        {
            result.AddError(hasInventory ? "Give nodes or an --inventory, and not both." : "Give at least one node, or an --inventory.");
        }
    }

    /// <summary>A misspelt option would be taken for a node, and the others be worked on without it.</summary>
    private static void RefuseOptions(System.CommandLine.Parsing.ArgumentResult result)
    {
        foreach (var token in result.Tokens.Where(token => token.Value.StartsWith('-')))
        {
            result.AddError($"'{token.Value}' is no option of this command, and no node.");
        }
    }

    private static void RequireRange(System.CommandLine.Parsing.OptionResult result, string name, int least, int most)
    {
        if (result.Tokens is not [var token] || !int.TryParse(token.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            || value < least || value > most)
        {
            result.AddError($"{name}: give a number between {least} and {most}.");
        }
    }
}
