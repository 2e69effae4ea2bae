namespace KubePrep.Cli;

/// <summary>An error as a JSON object.</summary>
internal sealed record ErrorRow(ErrorId Id, string Message, string RecommendedAction)
{
    /// <summary>The object for an error; null for none.</summary>
    public static ErrorRow? Of(KubePrepException? error) => error is null ? null : new ErrorRow(error.Id, error.Message, error.RecommendedAction);
}
