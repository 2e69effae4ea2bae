namespace KubePrep.Kubeconfig;

/// <summary>The errors that kubeconfigs cause.</summary>
internal static class KubeconfigErrors
{
    /// <summary>A file that is no kubeconfig.</summary>
    /// <param name="path">The file.</param>
    /// <param name="why">What is wrong with it and where; never a value out of it, which could be a secret.</param>
    public static KubePrepException Malformed(string path, string why) => new(
        ErrorId.MalformedKubeconfig,
        path,
        $"'{path}' cannot be read as a kubeconfig: {why}.",
        "Correct it, or restore it from a backup. One that belongs to a cluster's directory can be removed, and the next deploy makes it again.");

    public static KubePrepException InUse(string path, IEnumerable<string> lost) => new(
        ErrorId.KubeconfigInUse,
        path,
        $"'{path}' already holds {string.Join(", ", lost)}, which would be lost.",
        "Give another path, or replace the file with -Force; a backup of it is made first.");

    /// <summary>A file in which something cannot be changed without harm to what stands around it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="why">What hinders it and where; never a value out of it.</param>
    public static KubePrepException NotEditable(string path, string why) => new(
        ErrorId.KubeconfigNotEditable,
        path,
        $"'{path}' cannot be changed without harm to the rest of it: {why}.",
        "Write that part out plainly, without anchors, aliases and tags and with one key a line, or change it by hand.");

    /// <summary>A file that would become larger than any that is read.</summary>
    /// <param name="path">The file.</param>
    /// <param name="limit">How many bytes it may have.</param>
    public static KubePrepException TooLarge(string path, int limit) => new(
        ErrorId.KubeconfigNotEditable,
        path,
        $"'{path}' would become larger than {limit} bytes, which is the most that is read of a kubeconfig.",
        "Remove contexts that are no longer needed (Remove-KpKubeconfigContext, kubeprep remove-context), or give another destination.");

    /// <summary>Names that are not in the file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="what">What they name, such as context.</param>
    /// <param name="missing">Those names.</param>
    /// <param name="existing">The names there are.</param>
    public static KubePrepException EntryNotFound(string path, string what, IEnumerable<string> missing, IEnumerable<string> existing)
    {
        var names = string.Join(", ", existing.Select(name => $"'{name}'"));
        return new KubePrepException(
            ErrorId.KubeconfigEntryNotFound,
            path,
            $"'{path}' has no {what} {string.Join(", ", missing.Select(name => $"'{name}'"))}.",
            names.Length == 0 ? $"It has no {what} at all; look whether it is the file it should be." : $"Those it has are {names}.");
    }

    public static KubePrepException NotFound(string path) => new(
        ErrorId.KubeconfigNotFound,
        path,
        $"There is no kubeconfig '{path}'.",
        "Give the path of one that exists.");

    public static KubePrepException MergedIntoItself(string path) => new(
        ErrorId.KubeconfigClash,
        path,
        $"'{path}' cannot be merged into itself.",
        "Leave it out of the files to merge, or give another destination.");

    /// <summary>Names that mean one thing here and another there.</summary>
    /// <param name="path">The file that was to be changed.</param>
    /// <param name="clashes">What clashes, and where it comes from.</param>
    /// <param name="handling">What was asked for.</param>
    public static KubePrepException Clash(string path, IEnumerable<string> clashes, ClashHandling handling) => new(
        ErrorId.KubeconfigClash,
        path,
        $"Of what is to be merged into '{path}', these have the name of something else: {string.Join("; ", clashes)}.",
        handling == ClashHandling.Replace
            ? "The files that are merged do not agree with each other: give them other names (-Rename), or merge one after the other, the one that counts last."
            : "Give them other names (-Rename), or replace what has their names (-Force), of which a backup is made first.");
}
