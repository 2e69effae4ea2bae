namespace KubePrep.Facts;

/// <summary>Swap in use (<c>/proc/swaps</c>, proc(5)).</summary>
/// <param name="Path">The partition or file.</param>
/// <param name="SizeBytes">How much it holds.</param>
/// <param name="UsedBytes">How much is in use.</param>
public sealed record SwapDevice(string Path, long SizeBytes, long UsedBytes)
{
    /// <inheritdoc/>
    public override string ToString() => Path;
}
