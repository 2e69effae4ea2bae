namespace KubePrep.Parameters;

/// <summary>Offers the lifetimes people use.</summary>
public sealed class LifetimeCompleter() : WordCompleter("8h", "30d", "90d", "1y", "5y", "10y");
