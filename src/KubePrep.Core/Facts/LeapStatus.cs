namespace KubePrep.Facts;

/// <summary>The leap indicator (RFC 5905, section 7.3), in chronyc's words.</summary>
internal static class LeapStatus
{
    /// <summary>That of a clock that was never synchronized, or no longer is.</summary>
    public const string NotSynchronised = "Not synchronised";

    private static readonly string[] Words = ["Normal", "Insert second", "Delete second", NotSynchronised];

    /// <summary>The words for an indicator; empty if it is not one of 0 to 3.</summary>
    public static string Of(int? indicator) => indicator is >= 0 and <= 3 and var index ? Words[index] : "";

    /// <summary>Words, if they are such; empty otherwise.</summary>
    public static string OfWords(string text) => Words.Contains(text) ? text : "";
}
