namespace KubePrep.Files;

/// <summary>Which paths can be used at all.</summary>
internal static class PathRules
{
    /// <summary>Refuses a path that is empty, as an unset variable is, or holds control characters.</summary>
    /// <param name="path">The path.</param>
    /// <param name="what">What it names, for the message.</param>
    /// <exception cref="KubePrepException">It cannot be used (<see cref="ErrorId.InvalidName"/>).</exception>
    public static void Require(string path, string what)
    {
        var why = path.Trim().Length == 0 ? "it is empty" : PlainText.Fault(path);
        if (why is not null)
        {
            throw FileErrors.InvalidPath(path, what, why);
        }
    }
}
