using System.Reflection;
using System.Runtime.Loader;

namespace KubePrep;

/// <summary>
/// Loads what is in the module's <c>lib</c> folder, so that another module's version of the same library stays out of its way. What is
/// not there comes from PowerShell's own context.
/// </summary>
internal sealed class DependencyLoadContext(string folder) : AssemblyLoadContext(nameof(KubePrep))
{
    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        var path = Path.Join(folder, $"{assemblyName.Name}.dll");
        return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
    }
}
