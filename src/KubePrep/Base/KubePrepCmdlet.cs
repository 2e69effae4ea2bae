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
            return IsFileSystem(provider) ? resolved : throw Errors.NotFileSystemPath(path, provider.Name);
        }
        catch (SessionStateException e)
        {
            throw Errors.UnknownDrive(path, e);
        }
    }

    /// <summary>The file system paths that exist and match a path with wildcards, or that of any other path, which need not exist.</summary>
    private protected IReadOnlyList<string> Expand(string path)
    {
        if (!WildcardPattern.ContainsWildcardCharacters(path))
        {
            return [Resolve(path)];
        }

        try
        {
            var found = SessionState.Path.GetResolvedProviderPathFromPSPath(path, out var provider);
            return IsFileSystem(provider) ? found : throw Errors.NotFileSystemPath(path, provider.Name);
        }
        catch (ItemNotFoundException)
        {
            return []; // the directory that a pattern looks into is not there
        }
        catch (SessionStateException e)
        {
            throw Errors.UnknownDrive(path, e);
        }
    }

    /// <summary>Turns what goes wrong into an error about this one object of the pipeline; the next ones are still worked on.</summary>
    private protected void Report(Action work)
    {
        try
        {
            work();
        }
        catch (KubePrepException e)
        {
            WriteError(Errors.From(e));
        }
        catch (OperationCanceledException)
        {
            throw new PipelineStoppedException();
        }
    }

    private static bool IsFileSystem(ProviderInfo provider) => provider.Name == "FileSystem";
}
