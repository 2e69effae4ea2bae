namespace KubePrep.Connections;

/// <summary>What a node's shell replied to a request.</summary>
/// <param name="Status">The script's exit status.</param>
/// <param name="Lines">What it printed; every byte is one character.</param>
internal sealed record Reply(int Status, IReadOnlyList<string> Lines);
