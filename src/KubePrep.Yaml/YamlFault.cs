namespace KubePrep.Yaml;

/// <summary>Where a document cannot be used, and why; line and column count from 1.</summary>
/// <param name="Line">The line.</param>
/// <param name="Column">The column; 0 where only the line is known.</param>
/// <param name="Why">What is wrong, after "it" or a place; never a value out of the document, which could be a secret.</param>
/// <param name="Detail">The parser's own words, which may quote the document; empty if it has none.</param>
internal sealed record YamlFault(long Line, long Column, string Why, string Detail = "");
