using System.Collections.Concurrent;
using System.Management.Automation;
using KubePrep.Deployment;
using KubePrep.Yaml;

namespace KubePrep.Base;

/// <summary>
/// Runs the engine beside the pipeline thread, which alone writes, so that progress shows and Ctrl+C ends a run between two keys.
/// </summary>
public abstract class DeploymentCmdlet : KubePrepCmdlet, IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private bool _isDisposed;

    private protected static DeploymentEngine Engine => new(new KubeconfigYaml(), TimeProvider.System);

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

    /// <summary>
    /// Asks whether to go on, does the work and writes what came of it. With <c>-WhatIf</c> the work is only planned, and the objects keep
    /// their shape.
    /// </summary>
    private protected void Run(string target, string action, Func<RunOptions, DeploymentResult> work)
    {
        var proceed = ShouldProcess($"{action}: {target}", $"{action}: {target}?", MyInvocation.MyCommand.Name, out var reason);
        if (!proceed && reason != ShouldProcessReason.WhatIf)
        {
            return;
        }

        Report(() =>
        {
            using var passphrase = ReadCaPassphrase();
            var result = Pump(action, progress => work(new RunOptions
            {
                WhatIf = !proceed,
                CaPassphrase = passphrase,
                Progress = progress,
                CancellationToken = _stopping.Token,
            }));
            WriteObject(result.Files, enumerateCollection: true);
            foreach (var warning in result.Warnings)
            {
                WriteWarning(PlainText.Printable(warning)); // last: it may be made to stop the pipeline, and the work is done
            }
        });
    }

    /// <summary>The passphrase of the certificate authority's key; null where there is none, or none is used.</summary>
    private protected virtual Secret? ReadCaPassphrase() => null;

    private DeploymentResult Pump(string activity, Func<IProgress<DeploymentProgress>, DeploymentResult> work)
    {
        using var queue = new ProgressQueue();
        var running = Task.Run(() =>
        {
            try
            {
                return work(queue);
            }
            finally
            {
                queue.Complete();
            }
        });

        try
        {
            Show(activity, queue.Consume());
        }
        catch (PipelineStoppedException)
        {
            _stopping.Cancel();
            ((IAsyncResult)running).AsyncWaitHandle.WaitOne();
            throw;
        }

        return running.GetAwaiter().GetResult();
    }

    private void Show(string activity, IEnumerable<DeploymentProgress> steps)
    {
        var shown = false;
        foreach (var step in steps)
        {
            WriteProgress(new ProgressRecord(0, activity, step.Step) { PercentComplete = step.PercentComplete });
            shown = true;
        }

        if (shown)
        {
            WriteProgress(new ProgressRecord(0, activity, "Done") { RecordType = ProgressRecordType.Completed });
        }
    }

    private sealed class ProgressQueue : IProgress<DeploymentProgress>, IDisposable
    {
        private readonly BlockingCollection<DeploymentProgress> _queue = [];

        public void Report(DeploymentProgress value) => _queue.Add(value);

        public void Complete() => _queue.CompleteAdding();

        public IEnumerable<DeploymentProgress> Consume() => _queue.GetConsumingEnumerable();

        public void Dispose() => _queue.Dispose();
    }
}
