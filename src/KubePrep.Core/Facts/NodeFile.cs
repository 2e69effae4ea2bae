namespace KubePrep.Facts;

/// <summary>A file of a node, as its programs read it: links are followed.</summary>
/// <param name="Path">Where it is on the node.</param>
/// <param name="Content">Its bytes; none if it is masked by a link to <c>/dev/null</c>.</param>
public sealed record NodeFile(string Path, ReadOnlyMemory<byte> Content)
{
    /// <inheritdoc/>
    public override string ToString() => Path;
}
