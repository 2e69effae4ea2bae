namespace KubePrep.Parameters;

/// <summary>Offers the built-in preparation profiles.</summary>
public sealed class PreparationProfileCompleter() : WordCompleter("default", "kubeasz");
