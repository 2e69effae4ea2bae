using KubePrep.Changes;
using KubePrep.Facts;

namespace KubePrep.TimeSync;

/// <summary>Makes the changes of the step.</summary>
internal static class TimeSyncChange
{
    /// <summary>A change of something else than a file.</summary>
    public static Change Of(ChangeAction action, string target, string reason, string value = "") =>
        new() { Step = StepName.TimeSync, Action = action, Target = target, Reason = reason, Value = value };

    /// <summary>The change that writes a file.</summary>
    public static Change Write(NodeFacts facts, string path, byte[] content, string reason) =>
        ManagedFile.Write(StepName.TimeSync, facts, path, content, reason);

    /// <summary>The change that deletes a file; what it holds is shown, and expected, if it was read.</summary>
    public static Change Delete(NodeFacts facts, string path, string reason)
    {
        var content = facts.Files[path]?.Content;
        return new Change
        {
            Step = StepName.TimeSync,
            Action = ChangeAction.DeleteFile,
            Target = path,
            Reason = reason,
            Diff = content is null ? "" : UnifiedDiff.OfFile(path, content, default),
            ExpectedContent = content,
        };
    }
}
