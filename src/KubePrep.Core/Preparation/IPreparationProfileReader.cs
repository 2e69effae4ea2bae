namespace KubePrep.Preparation;

/// <summary>Reads profiles, which are YAML documents: the built-in ones by name, others by path.</summary>
public interface IPreparationProfileReader
{
    /// <summary>The names of the built-in profiles.</summary>
    IReadOnlyList<string> BuiltInNames { get; }

    /// <summary>Reads a profile and those it extends.</summary>
    /// <param name="nameOrPath">A built-in profile's name, or the path of a file, which has a slash or ends with <c>.yaml</c> or <c>.yml</c>.</param>
    /// <exception cref="KubePrepException">There is no such profile, or it is wrong: <see cref="ErrorId.ProfileNotFound"/>,
    /// <see cref="ErrorId.InvalidProfile"/>, or an error of reading the file.</exception>
    PreparationProfile Read(string nameOrPath);
}
