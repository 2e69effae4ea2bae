namespace KubePrep;

/// <summary>
/// The one exception KubePrep throws for causes outside itself: bad input, files, other programs. It never carries a secret.
/// </summary>
public sealed class KubePrepException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="id">The cause.</param>
    /// <param name="target">The file, directory, name or node it is about, as the user wrote it or can find it.</param>
    /// <param name="message">What happened and why, as a sentence.</param>
    /// <param name="recommendedAction">What to do now, as a sentence.</param>
    /// <param name="innerException">The system's own error, if there is one.</param>
    public KubePrepException(ErrorId id, string target, string message, string recommendedAction, Exception? innerException = null)
        : base(PlainText.Printable(message), innerException)
    {
        Id = id;
        Target = target;
        RecommendedAction = PlainText.Printable(recommendedAction);
    }

    /// <summary>The cause.</summary>
    public ErrorId Id { get; }

    /// <summary>The file, directory, name or node the error is about.</summary>
    public string Target { get; }

    /// <summary>What to do now.</summary>
    public string RecommendedAction { get; }
}
