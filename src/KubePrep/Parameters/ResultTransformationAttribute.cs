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
            string path => FromPath(engineIntrinsics.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path)),
            _ => inputData,
        };
    }

    /// <summary>The result object that stands for a file that exists.</summary>
    /// <param name="path">A full path.</param>
    protected abstract object FromPath(string path);
}
