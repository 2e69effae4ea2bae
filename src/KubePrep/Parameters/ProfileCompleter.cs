namespace KubePrep.Parameters;

/// <summary>Offers the signing profiles of every new cluster.</summary>
public sealed class ProfileCompleter() : WordCompleter("kcfg", "kubernetes");
