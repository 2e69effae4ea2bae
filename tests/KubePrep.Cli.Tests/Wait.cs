using System.Diagnostics;

namespace KubePrep.Cli.Tests;

/// <summary>Waits for something that another thread or process brings about.</summary>
internal static class Wait
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(5);

    public static void Until(Func<bool> isSo, string what)
    {
        var started = Stopwatch.GetTimestamp();
        while (!isSo())
        {
            Assert.True(Stopwatch.GetElapsedTime(started) < Limit, $"Waited in vain until {what}.");
            Thread.Sleep(Interval);
        }
    }
}
