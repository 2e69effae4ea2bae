namespace KubePrep.Core.Tests;

/// <summary>Expectations that many tests share.</summary>
internal static class Expect
{
    /// <summary>Expects KubePrep's own error, complete with message and way out.</summary>
    public static KubePrepException Error(ErrorId id, Action action)
    {
        var error = Assert.Throws<KubePrepException>(action);
        Assert.True(error.Id == id, $"expected {id}, but was {error.Id}: {error.Message}");
        Assert.EndsWith(".", error.Message, StringComparison.Ordinal);
        Assert.EndsWith(".", error.RecommendedAction, StringComparison.Ordinal);
        return error;
    }

    /// <summary>Expects an error, and that nothing in a directory was touched.</summary>
    public static KubePrepException ErrorWithoutTrace(ErrorId id, string directory, Action action)
    {
        var before = DirectoryListing.Of(directory);
        var error = Error(id, action);
        Assert.Equal(before, DirectoryListing.Of(directory));
        return error;
    }
}
