using KubePrep.Pki;

namespace KubePrep.Deployment;

/// <summary>A cfssl document, as it is or will be.</summary>
internal sealed record DocumentPlan(string Path, CfsslDocument Document, FileAction Action);
