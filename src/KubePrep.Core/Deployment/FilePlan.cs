namespace KubePrep.Deployment;

/// <summary>A file whose content is known when the plan is made.</summary>
/// <param name="Path">The file.</param>
/// <param name="Content">Its bytes.</param>
/// <param name="IsSecret">Whether nobody else may read it.</param>
/// <param name="Action">What is to be done.</param>
internal sealed record FilePlan(string Path, byte[] Content, bool IsSecret, FileAction Action);
