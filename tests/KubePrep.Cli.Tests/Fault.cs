namespace KubePrep.Cli.Tests;

/// <summary>Something wrong with a cluster's directory that stops a deploy.</summary>
/// <param name="File">The file at fault, relative to the directory.</param>
/// <param name="Inflict">Does the damage, given the directory.</param>
/// <param name="ErrorId">The error's id.</param>
/// <param name="Told">What else the message must tell.</param>
internal sealed record Fault(string File, Action<string> Inflict, string ErrorId, string Told = "");
