namespace KubePrep.Bench.Deploy;

/// <summary>One side of a comparison.</summary>
/// <param name="Name">What the report calls it.</param>
/// <param name="Scratch">Where its directories are made.</param>
/// <param name="Run">Runs once, in a directory that is not there yet or that <see cref="Prepare"/> has filled, and says what it took.</param>
internal sealed record Contender(string Name, Scratch Scratch, Func<string, Sample> Run)
{
    /// <summary>What comes before each run and is not measured.</summary>
    public Action<string> Prepare { get; init; } = _ => { };
}
