namespace KubePrep.Parameters;

/// <summary>Offers the times ahead in which people renew certificates.</summary>
public sealed class HorizonCompleter() : WordCompleter("0d", "7d", "30d", "90d", "1y");
