namespace KubePrep.Formatting;

/// <summary>
/// Decides the colour of every word that says how something is. Words that ask for no attention have none. The sequences are those of
/// <c>$PSStyle.Foreground</c>, which nobody can change.
/// </summary>
internal static class StatusColor
{
    /// <summary>All is well.</summary>
    public const string Green = "\e[32m";

    /// <summary>Something was changed, would be, or should be looked at.</summary>
    public const string Yellow = "\e[33m";

    /// <summary>Something does not work.</summary>
    public const string Red = "\e[31m";

    /// <summary>The escape sequence of a word's colour; null if it has none.</summary>
    public static string? Of(string word) => word switch
    {
        "Active" or "Added" or "Answered" or "Compliant" or "Created" or "Good" or "Kept" or "Synchronized" => Green,
        "Changed" or "Drifted" or "Expiring" or "Impossible" or "Removed" or "Replaced" or "Unknown" or "Warning"
            or "WouldAdd" or "WouldCreate" or "WouldRemove" or "WouldReplace" => Yellow,
        "Conflict" or "Damaged" or "Expired" or "Failed" or "Mismatch" or "NameUnknown" or "NotYetValid" or "Silent" or "Unreachable"
            or "Unsynchronized" or "Unusable" => Red,
        _ => null,
    };
}
