namespace KubePrep.Preparation;

/// <summary>The errors that profiles cause.</summary>
internal static class ProfileErrors
{
    /// <summary>There is no built-in profile of the name, and it is no path; or there is no such file.</summary>
    /// <param name="nameOrPath">What was asked for.</param>
    /// <param name="builtInNames">What there is.</param>
    public static KubePrepException NotFound(string nameOrPath, IEnumerable<string> builtInNames) => new(
        ErrorId.ProfileNotFound,
        nameOrPath,
        $"There is no profile '{nameOrPath}'.",
        $"The built-in profiles are: {string.Join(", ", builtInNames)}. The path of a file has a slash in it, or ends with .yaml or .yml.");

    /// <summary>A profile that cannot be used.</summary>
    /// <param name="path">Its file, or its name if it is built in.</param>
    /// <param name="line">Where; lines count from 1.</param>
    /// <param name="why">What is wrong, as a sentence without a full stop.</param>
    /// <param name="action">What to do now, as a sentence.</param>
    public static KubePrepException Invalid(string path, long line, string why, string action) => new(
        ErrorId.InvalidProfile,
        path,
        $"{path}, line {line}: {why}.",
        action);
}
