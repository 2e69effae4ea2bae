using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace KubePrep.ModuleTests;

/// <summary>Finds what an assembly uses of the console.</summary>
internal static class ConsoleUse
{
    /// <summary>Every member of <see cref="Console"/> that it refers to, such as <c>KubePrep: Console.WriteLine</c>.</summary>
    public static IEnumerable<string> Of(Assembly assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly.Location));
        var metadata = file.GetMetadataReader();
        return
        [
            .. from handle in metadata.MemberReferences
               let member = metadata.GetMemberReference(handle)
               where member.Parent.Kind == HandleKind.TypeReference
                     && metadata.StringComparer.Equals(metadata.GetTypeReference((TypeReferenceHandle)member.Parent).Name, nameof(Console))
               select $"{assembly.GetName().Name}: Console.{metadata.GetString(member.Name)}",
        ];
    }
}
