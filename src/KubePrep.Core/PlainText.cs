namespace KubePrep;

/// <summary>Text that people and files can hold: what is wrong with one that is not, and a form that is safe to show.</summary>
internal static class PlainText
{
    /// <summary>Why the text cannot be a name, or null if it can.</summary>
    public static string? Fault(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsControl(text[i]))
            {
                return "it holds a control character";
            }

            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(text[i]))
            {
                return "it holds half a character (an unpaired surrogate)";
            }
        }

        return null;
    }

    /// <summary>The same without control characters, which could forge lines or steer a terminal.</summary>
    public static string Printable(string text) => string.Concat(text.Select(c => char.IsControl(c) ? '?' : c));

    /// <summary>A URL without the user and password it may hold.</summary>
    public static string WithoutUser(string url)
    {
        var at = url.LastIndexOf('@');
        return at < 0 ? url : $"***{url[at..]}";
    }
}
