namespace KubePrep.Lab.Tests;

/// <summary>Four nodes that the tests of a class share; each test finds their hosts files as they were at first.</summary>
public sealed class HostsFleet : IDisposable
{
    private HostsSite? _site;

    /// <summary>The nodes; they are started for the first test, where a test can be skipped.</summary>
    internal HostsSite In(Lab lab)
    {
        _site ??= new HostsSite(lab, 4);
        _site.Restore();
        return _site;
    }

    /// <inheritdoc/>
    public void Dispose() => _site?.Dispose();
}
