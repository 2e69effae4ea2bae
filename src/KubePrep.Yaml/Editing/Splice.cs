namespace KubePrep.Yaml.Editing;

/// <summary>A part of a text and what takes its place.</summary>
/// <param name="Start">Where the part begins.</param>
/// <param name="End">Where it ends; its beginning, if text is only inserted.</param>
/// <param name="Text">What is to stand there.</param>
internal readonly record struct Splice(int Start, int End, string Text);
