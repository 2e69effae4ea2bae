namespace KubePrep.Parameters;

/// <summary>Offers the names of files in the cluster's directory: that of the line, or else the current one.</summary>
public abstract class ClusterFileCompleter : ValueCompleter
{
    private protected override IEnumerable<Suggestion> Suggest(GivenArguments given, string text)
    {
        var directory = GivenArguments.FullPath(given.Value("ClusterDirectory") ?? ".");
        return PromptReading.Collect(Names(directory)).Select(name => new Suggestion(name, $"{name}, of {directory}"));
    }

    /// <summary>The names; they are read only as they are taken.</summary>
    private protected abstract IEnumerable<string> Names(string clusterDirectory);
}
