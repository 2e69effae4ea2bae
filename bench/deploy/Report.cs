using System.Globalization;

namespace KubePrep.Bench.Deploy;

/// <summary>The table that is printed, and whether every target was met.</summary>
internal sealed class Report(TextWriter output)
{
    private const int NameWidth = 66;
    private const int FigureWidth = 26;

    public bool AllMet { get; private set; } = true;

    public void Section(string title) => output.WriteLine($"\n{title}");

    public void Line(string name, string figure) => output.WriteLine($"  {name.PadRight(NameWidth)}{figure}");

    public void Target(string name, string figure, string target, bool met)
    {
        AllMet &= met;
        Line(name, $"{figure.PadRight(FigureWidth)}{target}: {(met ? "met" : "MISSED")}");
    }

    public static string Milliseconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0.0} ms");

    public static string Ratio(double ratio) => ratio.ToString("0.00", CultureInfo.InvariantCulture);

    public static string Percent(double share) => share.ToString("0 %", CultureInfo.InvariantCulture);
}
