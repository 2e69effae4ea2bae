using System.Security.Cryptography;
using KubePrep.Files;
using KubePrep.Kubeconfig;

namespace KubePrep.Deployment;

/// <summary>Makes a plan and carries it out, as one transaction over a cluster's directory.</summary>
/// <param name="serializer">Reads and writes kubeconfigs.</param>
/// <param name="clock">Tells the time by which certificates are judged and dated.</param>
internal sealed class PlanRunner(IKubeconfigSerializer serializer, TimeProvider clock)
{
    /// <summary>Looks, plans, and replaces all files or none; with <see cref="RunOptions.WhatIf"/> only the first two.</summary>
    /// <param name="layout">Where the files are; the transaction is over its directory.</param>
    /// <param name="makePlan">Makes the plan, by looking only.</param>
    /// <param name="select">What of the report its user wants to see.</param>
    /// <param name="options">How to go about it.</param>
    /// <exception cref="KubePrepException">The plan cannot be made or carried out; nothing was replaced.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled before its commit; nothing was replaced.</exception>
    public DeploymentResult Run(
        ClusterLayout layout,
        Func<PlanContext, DeploymentPlan> makePlan,
        Func<DeploymentReport, IReadOnlyList<DeployedFile>> select,
        RunOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.WhatIf)
        {
            return Preview(layout, makePlan, select, options);
        }

        RequirePossible(layout, makePlan, select, options);

        using var transaction = FileTransaction.Begin(layout.ClusterDirectory, layout.Subdirectories, options.CancellationToken);
        var context = new PlanContext(layout, FileView.OnDisk, clock.GetUtcNow(), options.CaPassphrase);
        if (transaction.CompletedInterruptedCommit)
        {
            context.Warn($"An earlier run in '{layout.ClusterDirectory}' was interrupted during its commit, which was completed first.");
        }

        using var plan = makePlan(context);
        WarnOfModes(plan, context, "is set");
        using var executor = new PlanExecutor(plan, context, serializer, options);
        return new DeploymentResult(select(executor.Execute(transaction)), context.Warnings);
    }

    /// <summary>
    /// A directory that is not there is made only once the request has turned out to be possible; if another run makes it meanwhile,
    /// that is found out under the lock.
    /// </summary>
    private void RequirePossible(
        ClusterLayout layout,
        Func<PlanContext, DeploymentPlan> makePlan,
        Func<DeploymentReport, IReadOnlyList<DeployedFile>> select,
        RunOptions options)
    {
        if (!Directory.Exists(layout.ClusterDirectory))
        {
            try
            {
                Preview(layout, makePlan, select, options);
            }
            catch (KubePrepException) when (Directory.Exists(layout.ClusterDirectory))
            {
            }
        }
    }

    private DeploymentResult Preview(
        ClusterLayout layout,
        Func<PlanContext, DeploymentPlan> makePlan,
        Func<DeploymentReport, IReadOnlyList<DeployedFile>> select,
        RunOptions options)
    {
        var context = new PlanContext(layout, FileView.Of(layout.ClusterDirectory), clock.GetUtcNow(), options.CaPassphrase);
        using var plan = makePlan(context);
        plan.Updates.ForEach(RequireEditable);
        WarnOfModes(plan, context, "would be set");
        return new DeploymentResult(select(new DeploymentReport(plan, whatIf: true)), context.Warnings);
    }

    /// <summary>What will be embedded is not made yet; but where it goes can be tried.</summary>
    private void RequireEditable(KubeconfigUpdate update)
    {
        var placeholder = "placeholder"u8.ToArray();
        CryptographicOperations.ZeroMemory(serializer.Edit(update.Content, update.Edits(placeholder, _ => (placeholder, placeholder)), update.Path));
    }

    private static void WarnOfModes(DeploymentPlan plan, PlanContext context, string isSet)
    {
        foreach (var (path, mode) in context.LooseFiles(plan))
        {
            context.Warn(
                $"Others could use '{path}' (mode {context.Files.Status(path).OctalMode}); its mode {isSet} to {FileStatus.Octal(mode)}. What they may have read or written stays so.");
        }

        foreach (var directory in new[] { context.Layout.ClusterDirectory, context.Layout.SslDirectory })
        {
            if (FileStatus.ReadThroughLinks(directory).OtherMasters is { } masters)
            {
                context.Warn($"Besides you, {masters} can replace the files in '{directory}', keys and certificates alike. Look at its owner and mode.");
            }
        }
    }
}
