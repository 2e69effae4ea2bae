using System.Diagnostics;
using System.Globalization;
using KubePrep.Connections;

namespace KubePrep.Facts;

/// <summary>
/// Compares a node's clock with that of this machine: asks for the time several times over the open connection, and takes the exchange
/// that was over soonest. The node read its clock somewhere between question and answer, so that half of that time bounds the error.
/// </summary>
internal static class ClockProbe
{
    private const int Exchanges = 6;

    /// <summary>What the node's shell is sent as a question and at the end: lines that would do nothing if it read them as commands.</summary>
    private const string Question = ": now";

    private const string End = ": end";
    private const long LatestTime = 253402300799; // the last second of the year 9999
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    /// <summary>Compares the clocks.</summary>
    /// <returns>The comparison; null if the node cannot be asked, as it has no Perl.</returns>
    /// <exception cref="KubePrepException">The node is lost.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static ClockReading? Measure(NodeConnection connection, CancellationToken cancellation)
    {
        ClockReading? best = null;
        bool? isSynchronized = null;
        var answers = 0;
        var (asked, time) = (0L, DateTime.UnixEpoch);
        connection.Exchange(
            ShellText.Assign(("program", ShellText.Script("clock.pl"))) + ShellText.Script("clock.sh"), Answer, Timeout, cancellation);
        return best;

        string? Answer(string line)
        {
            var roundTrip = Stopwatch.GetElapsedTime(asked);
            if (line.StartsWith("kernel ", StringComparison.Ordinal))
            {
                isSynchronized = line == "kernel yes" ? true : line == "kernel no" ? false : null;
            }
            else if (TimeOf(line) is { } there && answers < Exchanges)
            {
                answers++;
                var half = roundTrip / 2;
                if (best is null || half < best.ErrorBound)
                {
                    best = new ClockReading(there - (time + half), half, isSynchronized);
                }
            }
            else
            {
                return null;
            }

            (time, asked) = (DateTime.UtcNow, Stopwatch.GetTimestamp());
            return answers < Exchanges ? Question : End;
        }
    }

    private static DateTime? TimeOf(string line) =>
        line.StartsWith("clock ", StringComparison.Ordinal)
        && decimal.TryParse(line.AsSpan(6), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds <= LatestTime
            ? DateTime.UnixEpoch.AddTicks((long)(seconds * TimeSpan.TicksPerSecond))
            : null;
}
