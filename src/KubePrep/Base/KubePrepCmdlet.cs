using System.Management.Automation;

namespace KubePrep.Base;

/// <summary>What all cmdlets of the module have in common.</summary>
public abstract class KubePrepCmdlet : PSCmdlet
{
    /// <summary>The file system path of a path as its user wrote it, which need not exist.</summary>
    private protected string Resolve(string path)
    {
        try
        {
            var resolved = SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out var provider, out _);
            return provider.Name == "FileSystem" ? resolved : throw Errors.NotFileSystemPath(path, provider.Name);
        }
        catch (SessionStateException e)
        {
            throw Errors.UnknownDrive(path, e);
        }
    }
}
