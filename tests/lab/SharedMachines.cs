namespace KubePrep.Lab.Tests;

/// <summary>The tests of machines that take their turns, as more than one at a time that boots would take the processors from all others.</summary>
[CollectionDefinition]
public sealed class SharedMachines : ICollectionFixture<SharedMachine>;
