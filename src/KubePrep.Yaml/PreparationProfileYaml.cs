using KubePrep.Files;
using KubePrep.Preparation;

namespace KubePrep.Yaml;

/// <summary>Profiles as YAML documents, of which the built-in ones are part of this assembly.</summary>
public sealed class PreparationProfileYaml : IPreparationProfileReader
{
    /// <summary>How many documents a profile may be made of; more are a mistake.</summary>
    private const int MaximumDocuments = 10;

    /// <summary>The longest path Linux takes (path_resolution(7)).</summary>
    private const int MaximumPathLength = 4095;

    private static readonly string[] Names = ["default", "kubeasz"];

    /// <summary>Whether a profile is named by its path: it has a slash, or ends with <c>.yaml</c> or <c>.yml</c>.</summary>
    /// <param name="nameOrPath">A built-in profile's name, or a path.</param>
    public static bool IsPath(string nameOrPath) =>
        nameOrPath.Contains('/', StringComparison.Ordinal)
        || nameOrPath.EndsWith(".yaml", StringComparison.Ordinal)
        || nameOrPath.EndsWith(".yml", StringComparison.Ordinal);

    /// <inheritdoc/>
    public IReadOnlyList<string> BuiltInNames => Names;

    /// <inheritdoc/>
    public PreparationProfile Read(string nameOrPath)
    {
        ArgumentNullException.ThrowIfNull(nameOrPath);
        var place = nameOrPath;
        var document = Open(place) ?? throw ProfileErrors.NotFound(nameOrPath, Names);
        var documents = new Stack<ProfileDocument>([document]);
        var places = new HashSet<string> { Identity(place) };
        while (document.Extends is { } parent)
        {
            place = IsPath(parent) && IsPath(place) ? Path.Combine(Path.GetDirectoryName(place) ?? "", parent) : parent;
            var opened = Open(place) ?? throw document.CannotExtend($"there is no profile '{place}' to extend");
            if (!places.Add(Identity(place)))
            {
                throw document.CannotExtend($"the profile extends itself, by '{place}'");
            }

            if (documents.Count == MaximumDocuments)
            {
                throw document.CannotExtend($"the profile is made of more than {MaximumDocuments} documents, each extending the next");
            }

            document = opened;
            documents.Push(document);
        }

        // a document that extends nothing asks for nothing but what it says
        var nothing = new PreparationProfile { Name = nameOrPath, Swap = SwapPolicy.Keep };
        return documents.Aggregate(nothing, (inherited, layer) => layer.ApplyTo(inherited));
    }

    /// <summary>The one way to write a place, so that a document is known again however it is reached.</summary>
    private static string Identity(string place) => IsPath(place) ? Path.GetFullPath(place) : place;

    /// <summary>A profile's document, or null if there is none.</summary>
    private static ProfileDocument? Open(string place)
    {
        var content = !IsPath(place) ? BuiltIn(place)
            : place.Length <= MaximumPathLength && PlainText.Fault(place) is null ? RegularFile.Read(place)
            : null;
        return content is null ? null : new ProfileDocument(content, place);
    }

    private static byte[]? BuiltIn(string name)
    {
        if (!Names.Contains(name))
        {
            return null;
        }

        using var stream = typeof(PreparationProfileYaml).Assembly.GetManifestResourceStream($"{name}.yaml")!;
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }
}
