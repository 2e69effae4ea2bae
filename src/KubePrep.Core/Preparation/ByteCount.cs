using System.Globalization;

namespace KubePrep.Preparation;

/// <summary>Sizes for people.</summary>
internal static class ByteCount
{
    private static readonly string[] Units = ["bytes", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];

    /// <summary>Such as <c>512 MiB</c> or <c>1.5 GiB</c>.</summary>
    public static string Format(long bytes)
    {
        var (size, unit) = ((double)bytes, 0);
        while (size >= 1024)
        {
            size /= 1024;
            unit++;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{size:0.#} {Units[unit]}");
    }
}
