using System.Management.Automation;
using System.Reflection;
using System.Runtime.Loader;

namespace KubePrep;

/// <summary>Finds the YAML bridge in the module's own load context for as long as the module is imported.</summary>
public sealed class ModuleAssemblyInitializer : IModuleAssemblyInitializer, IModuleAssemblyCleanup
{
    private const string BridgeAssembly = "KubePrep.Yaml";

    private static readonly DependencyLoadContext Dependencies =
        new(Path.Join(Path.GetDirectoryName(typeof(ModuleAssemblyInitializer).Assembly.Location), "lib"));

    /// <summary>Called by PowerShell when the module is imported.</summary>
    public void OnImport() => AssemblyLoadContext.Default.Resolving += ResolveBridge;

    /// <summary>Called by PowerShell when the module is removed.</summary>
    /// <param name="psModuleInfo">The module.</param>
    public void OnRemove(PSModuleInfo psModuleInfo) => AssemblyLoadContext.Default.Resolving -= ResolveBridge;

    private static Assembly? ResolveBridge(AssemblyLoadContext context, AssemblyName name) =>
        name.Name == BridgeAssembly ? Dependencies.LoadFromAssemblyName(name) : null;
}
