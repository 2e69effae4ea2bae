namespace KubePrep.Cli;

/// <summary>An error as a JSON object.</summary>
internal sealed record ErrorRow(ErrorId Id, string Message, string RecommendedAction);
