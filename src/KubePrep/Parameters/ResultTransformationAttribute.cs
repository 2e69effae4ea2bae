using System.Management.Automation;

namespace KubePrep.Parameters;

/// <summary>Makes a result object out of a path, so that what an earlier session made can be named as well as piped.</summary>
public abstract class ResultTransformationAttribute : ArgumentTransformationAttribute
{
    /// <summary>Leaves everything but strings, files and directories as it is.</summary>
    /// <param name="engineIntrinsics">The session, whose current location paths are relative to.</param>
    /// <param name="inputData">What the user gave.</param>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        ArgumentNullException.ThrowIfNull(engineIntrinsics);
        var value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return value switch
        {
            FileSystemInfo item => FromPath(item.FullName),
            string path => FromPath(Resolve(engineIntrinsics.SessionState.Path, path)),
            _ => inputData,
        };
    }

    private static string Resolve(PathIntrinsics paths, string path)
    {
        var resolved = paths.GetUnresolvedProviderPathFromPSPath(path, out var provider, out _);
        return provider.Name == "FileSystem"
            ? resolved
            : throw new ArgumentTransformationMetadataException(Errors.NotFileSystemPath(path, provider.Name).Message);
    }

    /// <summary>The result object that stands for a file that exists.</summary>
    /// <param name="path">A full path.</param>
    protected abstract object FromPath(string path);
}
