using System.Management.Automation;
using KubePrep.Kubeconfig;
using KubePrep.Yaml;

namespace KubePrep.Base;

/// <summary>Changes a kubeconfig's contexts, and can be stopped while it waits for other programs that do.</summary>
public abstract class KubeconfigCmdlet : KubePrepCmdlet, IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private bool _isDisposed;

    private protected static KubeconfigMerger Merger => new(new KubeconfigYaml(), TimeProvider.System);

    /// <summary>Frees what the cmdlet holds, and ends its work if it still runs.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Ends the work; what is committed by then stays, and nothing else.</summary>
    protected override void StopProcessing()
    {
        if (!_isDisposed)
        {
            _stopping.Cancel();
        }
    }

    /// <summary>Ends the work. PowerShell calls this, and not <see cref="StopProcessing"/>, when a later cmdlet wants no more.</summary>
    /// <param name="disposing">Whether it is called by <see cref="Dispose()"/>.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing && !_isDisposed)
        {
            _isDisposed = true;
            _stopping.Cancel();
            _stopping.Dispose();
        }
    }

    /// <summary>Asks whether to go on, does the work and writes what came of it. With <c>-WhatIf</c> the work is only planned.</summary>
    /// <param name="path">The kubeconfig.</param>
    /// <param name="action">What is done to it.</param>
    /// <param name="work">The work; it is told whether it is only to be planned.</param>
    private protected void Run(string path, string action, Func<bool, CancellationToken, ContextChanges> work)
    {
        var proceed = ShouldProcess($"{action}: {path}", $"{action}: {path}?", MyInvocation.MyCommand.Name, out var reason);
        if (!proceed && reason != ShouldProcessReason.WhatIf)
        {
            return;
        }

        var changes = work(!proceed, _stopping.Token);
        if (changes.BackupPath is { } backup)
        {
            WriteVerbose($"The file as it was is in '{backup}'.");
        }

        WriteObject(changes.Contexts, enumerateCollection: true);
        foreach (var warning in changes.Warnings)
        {
            WriteWarning(PlainText.Printable(warning)); // last: it may be made to stop the pipeline, and the work is done
        }
    }
}
