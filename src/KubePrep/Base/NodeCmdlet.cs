using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Security;
using KubePrep.Connections;
using KubePrep.Inventory;
using KubePrep.Parameters;
using KubePrep.Preparation;
using KubePrep.Yaml;

namespace KubePrep.Base;

/// <summary>
/// Works on nodes, several at once, beside the pipeline thread, which alone writes. A node that fails is an error of its own.
/// </summary>
public abstract class NodeCmdlet : KubePrepCmdlet, IDisposable
{
    private readonly List<Secret> _secrets = [];
    private NodeQueue? _queue;
    private int _added;
    private int _done;
    private bool _isProgressShown;

    /// <summary>The nodes: strings such as <c>jane@192.0.2.11:22</c>, hashtables, rows of a table, or results of other cmdlets.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(NodeCompleter))]
    [NodeTransformation]
    [Alias("HostName", "ComputerName", "Cn")]
    public Node[] Node { get; set; } = [];

    /// <summary>The user to log in as; by default what ssh's configuration says.</summary>
    [Parameter]
    public string? UserName { get; set; }

    /// <summary>The port of the ssh servers; by default what ssh's configuration says.</summary>
    [Parameter]
    [ValidateRange(1, 65535)]
    public int? Port { get; set; }

    /// <summary>The private key to log in with; by default the agent's and those of ssh's configuration.</summary>
    [Parameter]
    [Alias("IdentityFilePath")]
    public string? KeyFilePath { get; set; }

    /// <summary>Further options of ssh (ssh_config(5)), by name.</summary>
    [Parameter]
    public Hashtable? Options { get; set; }

    /// <summary>Which ssh servers are trusted: <c>Strict</c> (default), those whose key is known; <c>AcceptNew</c>, also new ones.</summary>
    [Parameter]
    public HostKeyPolicy HostKeyPolicy { get; set; }

    /// <summary>The file of known host keys; by default those of ssh's configuration.</summary>
    [Parameter]
    public string? KnownHostsPath { get; set; }

    /// <summary>How many seconds a node may take to answer.</summary>
    [Parameter]
    [ValidateRange(1, 3600)]
    public int ConnectionTimeoutSeconds { get; set; } = 15;

    /// <summary>How many nodes are worked on at once.</summary>
    [Parameter]
    [ValidateRange(1, 1000)]
    public int ThrottleLimit { get; set; } = 32;

    /// <summary>A user and password to log in with, where no key can be used.</summary>
    [Parameter]
    [Credential]
    public PSCredential? Credential { get; set; }

    /// <summary>The password that sudo asks for on the nodes.</summary>
    [Parameter]
    public SecureString? SudoPassword { get; set; }

    /// <summary>What is being done, for the progress display.</summary>
    private protected abstract string Activity { get; }

    /// <summary>Frees what the cmdlet holds, and ends its work if it still runs.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Checks the parameters before the first node.</summary>
    protected override void BeginProcessing()
    {
        try
        {
            var connection = Connection();
            Prepare(connection);
            _queue = new NodeQueue(ThrottleLimit, Work);
        }
        catch (KubePrepException e)
        {
            ThrowTerminatingError(Errors.From(e));
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var node in Node)
        {
            ResolveKeyFile(node);
            if (Accepts(node))
            {
                _added++;
                _queue!.Add(node);
            }
        }

        _queue!.RunPosted();
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        try
        {
            _queue!.RunToEnd();
            Complete(_queue.Stopping);
        }
        catch (OperationCanceledException)
        {
            throw new PipelineStoppedException();
        }

        if (_isProgressShown)
        {
            WriteProgress(new ProgressRecord(0, Activity, "Done") { RecordType = ProgressRecordType.Completed });
        }
    }

    /// <summary>Ends the work; a node that is being changed finishes the step in hand.</summary>
    protected override void StopProcessing() => _queue?.Cancel();

    /// <summary>Ends the work. PowerShell calls this, and not <see cref="StopProcessing"/>, when a later cmdlet wants no more.</summary>
    /// <param name="disposing">Whether it is called by <see cref="Dispose()"/>.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (!disposing)
        {
            return;
        }

        _queue?.Dispose();
        foreach (var secret in _secrets)
        {
            secret.Dispose();
        }
    }

    /// <summary>Makes ready what works on nodes, on the pipeline thread.</summary>
    private protected abstract void Prepare(ConnectionOptions connection);

    /// <summary>Whether a node is to be worked on; it may ask.</summary>
    private protected virtual bool Accepts(Node node) => true;

    /// <summary>Whether nodes are only to be looked at, as the user said <c>-WhatIf</c>.</summary>
    private protected bool IsWhatIf { get; private set; }

    /// <summary>Whether something is to be done to a node, or to be found out for <c>-WhatIf</c>.</summary>
    /// <param name="action">What is done, as an order.</param>
    /// <param name="node">The node.</param>
    private protected bool Proceeds(string action, Node node)
    {
        var proceed = ShouldProcess($"{action}: {node}", $"{action}: {node}?", MyInvocation.MyCommand.Name, out var reason);
        IsWhatIf = reason == ShouldProcessReason.WhatIf;
        return proceed || IsWhatIf;
    }

    /// <summary>Works on a node, on a thread of its own.</summary>
    /// <returns>What the pipeline thread is to write of it.</returns>
    private protected abstract Action WorkOn(Node node, CancellationToken cancellation);

    /// <summary>Writes a node's result, and then what may be made to stop the pipeline.</summary>
    private protected void WriteResult(object result, IEnumerable<string> warnings, KubePrepException? error)
    {
        WriteObject(result);
        foreach (var warning in warnings)
        {
            WriteWarning(warning);
        }

        if (error is not null)
        {
            WriteError(Errors.From(error));
        }
    }

    /// <summary>Works on all nodes together, after the work on each, on the pipeline thread.</summary>
    private protected virtual void Complete(CancellationToken cancellation)
    {
    }

    /// <summary>Shows what is going on at a node; to be called by the work.</summary>
    private protected void Report(Node node, string activity) => _queue!.Post(() => ShowProgress(node, activity, _done));

    /// <summary>Shows what is going on at a node; to be called on the pipeline thread.</summary>
    /// <param name="node">The node.</param>
    /// <param name="activity">What is going on there.</param>
    /// <param name="done">With how many nodes the cmdlet is done.</param>
    private protected void ShowProgress(Node node, string activity, int done)
    {
        WriteVerbose($"{node}: {activity}");
        WriteProgress(new ProgressRecord(0, Activity, string.Create(CultureInfo.CurrentCulture, $"{done} of {_added} done"))
        {
            CurrentOperation = $"{node}: {activity}",
            PercentComplete = _added == 0 ? -1 : Math.Min(100, done * 100 / _added),
        });
        _isProgressShown = true;
    }

    /// <summary>Reads a profile: a built-in one by name, another by its path.</summary>
    private protected PreparationProfile ReadProfile(string profile) =>
        new PreparationProfileYaml().Read(PreparationProfileYaml.IsPath(profile) ? Resolve(profile) : profile);

    /// <summary>A path that is none is left to the node's own check, so that the node fails alone.</summary>
    private void ResolveKeyFile(Node node)
    {
        try
        {
            node.KeyFilePath = ResolveGiven(node.KeyFilePath);
        }
        catch (KubePrepException)
        {
            // there is no such file
        }
    }

    private string? ResolveGiven(string? path) => string.IsNullOrEmpty(path) ? null : Resolve(path);

    private void Work(Node node, CancellationToken cancellation)
    {
        Action write;
        try
        {
            write = WorkOn(node, cancellation);
        }
        catch (KubePrepException e)
        {
            write = () => WriteError(Errors.From(e));
        }

        _queue!.Post(() =>
        {
            _done++;
            write();
        });
    }

    private ConnectionOptions Connection() => new()
    {
        UserName = UserName ?? Credential?.UserName,
        Port = Port,
        KeyFilePath = ResolveGiven(KeyFilePath),
        Options = SshOptions(),
        HostKeyPolicy = HostKeyPolicy,
        KnownHostsPath = ResolveGiven(KnownHostsPath),
        ConnectionTimeout = TimeSpan.FromSeconds(ConnectionTimeoutSeconds),
        ThrottleLimit = ThrottleLimit,
        Password = Credential is null ? null : Take(Credential.Password),
        SudoPassword = SudoPassword is null ? null : Take(SudoPassword),
    };

    /// <summary>The options in words, as PowerShell makes words of numbers, switches and lists.</summary>
    private Dictionary<string, string> SshOptions()
    {
        var options = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (DictionaryEntry option in Options ?? [])
        {
            options[LanguagePrimitives.ConvertTo<string>(option.Key)] = LanguagePrimitives.ConvertTo<string>(option.Value) ?? "";
        }

        return options;
    }

    private Secret Take(SecureString password)
    {
        var secret = SecureStrings.Read(password);
        _secrets.Add(secret);
        return secret;
    }
}
