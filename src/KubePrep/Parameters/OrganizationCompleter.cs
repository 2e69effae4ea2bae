namespace KubePrep.Parameters;

/// <summary>Offers the groups that Kubernetes grants rights to by itself and that a certificate can give.</summary>
public sealed class OrganizationCompleter() : WordCompleter("system:masters", "system:monitoring", "system:nodes");
