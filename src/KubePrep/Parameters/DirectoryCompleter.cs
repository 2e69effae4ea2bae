namespace KubePrep.Parameters;

/// <summary>Offers directories.</summary>
public sealed class DirectoryCompleter() : FileCompleter(_ => false);
