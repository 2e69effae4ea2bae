namespace KubePrep.Inventory;

/// <summary>The parts of a host name between its dots (RFC 1123); which characters they may hold is left to whoever asks.</summary>
internal static class HostNameLabels
{
    private const int MaximumLength = 63;

    /// <summary>Why the name's parts cannot be those of a host's, or null if they can.</summary>
    public static string? Fault(string name) => name.Split('.').Select(FaultOf).FirstOrDefault(why => why is not null);

    private static string? FaultOf(string label) =>
        label.Length == 0 ? "a dot is at its beginning or end, or beside another"
        : label.Length > MaximumLength ? $"a part of it is longer than {MaximumLength} characters"
        : label[0] == '-' || label[^1] == '-' ? "a part of it begins or ends with a hyphen"
        : null;
}
