namespace KubePrep.HostsFile;

/// <summary>How many rows of a hosts map another one has changed, by their addresses.</summary>
/// <param name="Added">Addresses that only the second has.</param>
/// <param name="Changed">Addresses that both have, with other names, or with the same in another order.</param>
/// <param name="Removed">Addresses that only the first has.</param>
public sealed record HostsDifference(int Added, int Changed, int Removed);
