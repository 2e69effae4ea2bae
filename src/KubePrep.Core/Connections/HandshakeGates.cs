using System.Collections.Concurrent;

namespace KubePrep.Connections;

/// <summary>Bounds how many connections are made at once through one jump host: an ssh server drops what exceeds its MaxStartups (10).</summary>
internal sealed class HandshakeGates
{
    private const int PerJumpHost = 8;
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _gates = new(StringComparer.Ordinal);

    /// <summary>Waits for a place; disposing of what is returned gives it back.</summary>
    /// <param name="proxy">The jump host or proxy command; empty if there is none.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public IDisposable? Enter(string proxy, CancellationToken cancellation)
    {
        if (proxy.Length == 0)
        {
            return null;
        }

        var gate = _gates.GetOrAdd(proxy, _ => new SemaphoreSlim(PerJumpHost));
        gate.Wait(cancellation);
        return new Place(gate);
    }

    private sealed class Place(SemaphoreSlim gate) : IDisposable
    {
        public void Dispose() => gate.Release();
    }
}
