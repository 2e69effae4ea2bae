namespace KubePrep.Files;

/// <summary>What stands at a path, symbolic links not followed.</summary>
internal enum FileKind
{
    Missing,
    Regular,
    Directory,
    SymbolicLink,
    Special,
}
