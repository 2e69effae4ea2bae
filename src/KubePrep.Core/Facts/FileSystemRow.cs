namespace KubePrep.Facts;

/// <summary>A row of fstab(5).</summary>
/// <param name="Line">Its number in the file, from 1.</param>
/// <param name="Source">Its first field: a device, a file, or a tag such as <c>UUID=…</c>.</param>
internal sealed record FileSystemRow(int Line, string Source);
