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
        "Restore it from a backup, or remove it to have it made again.");

    public static KubePrepException InUse(string path, IEnumerable<string> lost) => new(
        ErrorId.KubeconfigInUse,
        path,
        $"'{path}' already holds {string.Join(", ", lost)}, which would be lost.",
        "Give another path, or replace the file with -Force; a backup of it is made first.");
}
