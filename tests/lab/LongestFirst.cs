using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(KubePrep.Lab.Tests.LongestFirst))]

namespace KubePrep.Lab.Tests;

/// <summary>
/// Begins with the collections that have a definition: those that take their turns on emulated machines, and take as long as all others
/// together. The others fill the time in which those wait.
/// </summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    /// <inheritdoc/>
    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderBy(collection => collection.TestCollectionClassName is null)
            .ThenBy(collection => collection.TestCollectionDisplayName, StringComparer.Ordinal)];
}
