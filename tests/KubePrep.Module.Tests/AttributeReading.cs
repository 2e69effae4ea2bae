using System.Reflection;

namespace KubePrep.ModuleTests;

/// <summary>Reads attributes as they stand in the assembly: the reference assembly's own cannot be made.</summary>
internal static class AttributeReading
{
    /// <summary>The attributes of a type, as they stand in the assembly.</summary>
    public static IEnumerable<CustomAttributeData> Attributes<T>(this MemberInfo member)
        where T : Attribute => member.GetCustomAttributesData().Where(attribute => attribute.AttributeType == typeof(T));

    /// <summary>Whether there is an attribute of a type.</summary>
    public static bool Has<T>(this MemberInfo member)
        where T : Attribute => member.Attributes<T>().Any();

    /// <summary>A named argument, or what it is where it is not given.</summary>
    public static T Named<T>(this CustomAttributeData attribute, string name, T otherwise) =>
        attribute.NamedArguments
            .Where(argument => argument.MemberName == name)
            .Select(argument => (T)argument.TypedValue.Value!)
            .FirstOrDefault(otherwise);

    /// <summary>The items of an attribute that is made of a list.</summary>
    public static IEnumerable<T> Items<T>(this CustomAttributeData attribute) =>
        attribute.ConstructorArguments
            .SelectMany(argument => argument.Value as IEnumerable<CustomAttributeTypedArgument> ?? [argument])
            .Select(argument => (T)argument.Value!);
}
