namespace KubePrep.Lab.Tests;

/// <summary>
/// Three machines that the tests of clocks share, as each takes half a minute to boot; a test makes of them first what it starts from.
/// </summary>
public sealed class ClockMachines : IDisposable
{
    private ClockSite? _site;

    /// <summary>The machines; they are started for the first test, where a test can be skipped.</summary>
    internal ClockSite In(Lab lab) => _site ??= new ClockSite(lab, 3);

    /// <inheritdoc/>
    public void Dispose() => _site?.Dispose();
}
