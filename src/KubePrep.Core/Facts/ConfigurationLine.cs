namespace KubePrep.Facts;

/// <summary>A line of a configuration file.</summary>
/// <param name="Number">Its number, from 1.</param>
/// <param name="Text">What it says, without its end.</param>
internal readonly record struct ConfigurationLine(int Number, string Text);
