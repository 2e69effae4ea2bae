namespace KubePrep.Cli;

/// <summary>What is said on standard error. Names of files and of what others wrote stand in it, and must not steer a terminal.</summary>
internal static class Notice
{
    /// <summary>Says what a user should know of a run that went well.</summary>
    public static void Warn(IEnumerable<string> warnings)
    {
        foreach (var warning in warnings)
        {
            Console.Error.WriteLine($"warning: {PlainText.Printable(warning)}");
        }
    }

    /// <summary>Says what went wrong, and what to do now.</summary>
    public static void Error(KubePrepException error) =>
        Console.Error.WriteLine($"error: {PlainText.Printable(error.Message)} [{error.Id}]\n  {PlainText.Printable(error.RecommendedAction)}");
}
