namespace KubePrep.Lab.Tests;

/// <summary>The tests that take their turns on the same machines.</summary>
[CollectionDefinition]
public sealed class SharedClocks : ICollectionFixture<ClockMachines>;
