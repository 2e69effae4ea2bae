namespace KubePrep.Parameters;

/// <summary>A node as it was imported.</summary>
/// <param name="Name">Its name, or else where to connect.</param>
/// <param name="User">The user to log in as.</param>
/// <param name="Host">Where to connect.</param>
/// <param name="Port">The port of its ssh server.</param>
/// <param name="Inventory">The file that it is in.</param>
internal sealed record ImportedNode(string Name, string? User, string Host, int? Port, string Inventory);
