namespace KubePrep.HostsFile;

/// <summary>A row of a hosts file, and where it stands.</summary>
/// <param name="Line">The number of its line, from 1.</param>
/// <param name="Start">Where its line starts in the file, in bytes.</param>
/// <param name="End">Where its line ends, behind its line feed if it has one.</param>
/// <param name="IsManaged">Whether it is in a managed block.</param>
/// <param name="Entry">What it says.</param>
internal sealed record HostsRow(int Line, int Start, int End, bool IsManaged, HostsEntry Entry);
