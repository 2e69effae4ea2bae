namespace KubePrep.Lab.Tests;

/// <summary>A node that the tests of a class share, as none of them leaves anything on it that another would mind.</summary>
public sealed class SharedNode : IDisposable
{
    private LabNodes<FleetNode>? _nodes;

    /// <summary>The node; it is started for the first test, where a test can be skipped.</summary>
    internal FleetNode In(Lab lab) => (_nodes ??= lab.StartNode())[0];

    /// <inheritdoc/>
    public void Dispose() => _nodes?.Dispose();
}
