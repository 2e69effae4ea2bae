namespace KubePrep.Lab.Tests;

/// <summary>One file of a node.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Mode">Its kind and mode, as <c>ls</c> writes them.</param>
/// <param name="Owner">The numbers of its user and group.</param>
/// <param name="Times">When its content was written and when anything of it was changed.</param>
/// <param name="Content">The SHA-256 of its content, a link's target, or nothing.</param>
internal sealed record ManifestEntry(string Path, string Mode, string Owner, string Times, string Content);
