namespace KubePrep.Lab.Tests;

/// <summary>
/// The lock of the hosts map, held on master 0 by a client of the test's own: another one that has asked all nodes waits for it, and
/// what the test does meanwhile befalls it while it sends the map.
/// </summary>
internal sealed class HeldHostsLock : IDisposable
{
    private readonly RunningTool _holder;

    public HeldHostsLock(LabNode master)
    {
        _holder = master.Start("mkdir -p /run/kubeprep && exec 8>>/run/kubeprep/hosts-lock && flock 8 && echo held && cat >/dev/null");
        Wait.Until(() => _holder.Printed.Contains("held", StringComparison.Ordinal), "the lock is held");
    }

    /// <summary>Waits until a client waits for the lock.</summary>
    public static void AwaitWaiting(RunningTool client) => Wait.Until(
        () => client.Printed.Contains("waiting for another client that sends a map", StringComparison.Ordinal), "the client waits for the lock");

    public void Release() => _holder.WaitForExit(TimeSpan.FromMinutes(1)).Expect(0);

    public void Dispose() => _holder.Dispose();
}
