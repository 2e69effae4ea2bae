using KubePrep.Changes;
using KubePrep.Facts;

namespace KubePrep.Preparation.Steps;

/// <summary>
/// Loads kernel modules now and at boot (modules-load.d(5)), and blocks others (modprobe.d(5)). What is built into the kernel needs neither.
/// </summary>
internal sealed class KernelModulesStep : IPreparationStep
{
    private const string LoadPath = "/etc/modules-load.d/kubeprep.conf";
    private const string BlockPath = "/etc/modprobe.d/kubeprep.conf";

    /// <inheritdoc/>
    public StepName Name => StepName.KernelModules;

    /// <inheritdoc/>
    public bool IsWanted(PlanContext context) => context.Profile.KernelModules.Count + context.Profile.BlockedModules.Count > 0;

    /// <inheritdoc/>
    public StepPlan Plan(PlanContext context)
    {
        var (facts, profile) = (context.Facts, context.Profile);
        var wanted = profile.KernelModules.Select(KernelModule.Canonical).Distinct().ToList();
        var absent = wanted.Where(module => !facts.LoadedModules.Contains(module) && !facts.BuiltInModules.Contains(module)).ToList();
        if (facts.IsContainer)
        {
            return new StepPlan { HostOwned = [.. absent.Select(module => $"The kernel module {module} is not loaded")] };
        }

        var unknown = absent.Where(module => !facts.LoadableModules.Contains(module)).ToList();
        var atBoot = wanted.Except(unknown).Where(module => !facts.BuiltInModules.Contains(module)).ToList();
        return new StepPlan
        {
            Changes =
            [
                .. WriteLoadFile(facts, atBoot),
                .. WriteBlockFile(facts, profile.BlockedModules),
                .. absent.Except(unknown).Select(module => new Change
                {
                    Step = Name,
                    Action = ChangeAction.LoadModule,
                    Target = module,
                    Reason = "it is not loaded",
                }),
            ],
            Faults = [.. unknown.Select(module => $"The kernel {facts.Kernel} has no module {module}")],
            Warnings =
            [
                .. profile.BlockedModules.Where(module => facts.LoadedModules.Contains(KernelModule.Canonical(module)))
                    .Select(module => $"The kernel module {module} is blocked from now on, and stays loaded until the node is rebooted"),
            ],
        };
    }

    private IEnumerable<Change> WriteLoadFile(NodeFacts facts, List<string> modules)
    {
        var content = ManagedFile.Render(modules);
        if (ManagedFile.IsWritten(facts, LoadPath, content) || (modules.Count == 0 && facts.Files[LoadPath] is null))
        {
            return [];
        }

        var configuration = ModulesLoadConfiguration.Read(facts.Files);
        var missing = modules.Where(module => configuration.FileThatLoads(module) is null).ToList();
        var reason = missing.Count > 0 ? $"nothing loads {string.Join(", ", missing)} at boot" : "it is not as KubePrep writes it";
        return [ManagedFile.Write(Name, facts, LoadPath, content, reason)];
    }

    private IEnumerable<Change> WriteBlockFile(NodeFacts facts, IReadOnlyList<string> modules)
    {
        var content = ManagedFile.Render(modules.Distinct().Select(module => $"install {module} /bin/true"));
        return modules.Count == 0 || ManagedFile.IsWritten(facts, BlockPath, content)
            ? []
            : [ManagedFile.Write(Name, facts, BlockPath, content, $"it blocks {string.Join(", ", modules.Distinct())}")];
    }
}
