namespace KubePrep.Users;

/// <summary>The errors that requests for users, and users' files, cause.</summary>
internal static class UserErrors
{
    private const int NamesShown = 8;

    /// <summary>A manifest that is no role binding.</summary>
    /// <param name="path">The file.</param>
    /// <param name="why">What is wrong with it and where.</param>
    public static KubePrepException MalformedRoleBinding(string path, string why) => new(
        ErrorId.MalformedRoleBinding,
        path,
        $"'{path}' cannot be read as a role binding: {why}.",
        "Correct it, or restore it from a backup.");

    public static KubePrepException ClusterUnknown(string path, string why) => new(
        ErrorId.ClusterUnknown,
        path,
        $"The cluster's name and API server cannot be told, for '{path}' {why}.",
        "Make it with Invoke-KpDeployment (kubeprep deploy), or choose a context in it: kubectl config use-context NAME --kubeconfig FILE.");

    public static KubePrepException NotFound(string name, string directory, IReadOnlyList<string> known)
    {
        var more = known.Count > NamesShown ? $" and {known.Count - NamesShown} more" : "";
        var names = known.Count == 0 ? "there is none" : string.Join(", ", known.Take(NamesShown)) + more;
        return new KubePrepException(
            ErrorId.UserNotFound,
            name,
            $"There is no user '{name}' in '{directory}'.",
            $"Give a user's whole name, or a pattern such as NAME-*. Users here: {names}.");
    }
}
