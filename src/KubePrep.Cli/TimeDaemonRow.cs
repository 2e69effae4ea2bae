using KubePrep.TimeSync;

namespace KubePrep.Cli;

/// <summary>A time daemon as a JSON object.</summary>
internal sealed record TimeDaemonRow(TimeDaemonKind Kind, string Unit, bool IsEnabled, bool IsRunning, bool IsSelfInstalled, string Problem)
{
    public static TimeDaemonRow Of(TimeDaemon daemon) =>
        new(daemon.Kind, daemon.Unit, daemon.IsEnabled, daemon.IsRunning, daemon.IsSelfInstalled, daemon.Problem);
}
