namespace KubePrep.Lab.Tests;

/// <summary>A machine for tests that mind nothing of what others leave on it, as it takes half a minute to boot.</summary>
public sealed class SharedMachine : IDisposable
{
    private LabNodes<Machine>? _machines;

    /// <summary>The machine; it is started for the first test, where a test can be skipped.</summary>
    internal Machine In(Lab lab) => (_machines ??= lab.StartMachines(1))[0];

    /// <inheritdoc/>
    public void Dispose() => _machines?.Dispose();
}
