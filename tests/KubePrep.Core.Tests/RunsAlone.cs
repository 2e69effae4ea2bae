namespace KubePrep.Core.Tests;

/// <summary>Tests that change the process's umask, and so run alone.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class RunsAlone
{
    public const string Name = "umask";
}
