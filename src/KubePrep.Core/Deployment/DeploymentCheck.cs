namespace KubePrep.Deployment;

/// <summary>What was found about one file of a cluster's directory.</summary>
/// <param name="Path">The file's full path.</param>
/// <param name="Verdict">Whether it is good.</param>
/// <param name="Reason">What is wrong; null if nothing is.</param>
/// <param name="Subject">The subject of its certificate, or of the one it embeds; null if there is none.</param>
/// <param name="NotAfter">When that certificate ends, in UTC.</param>
public sealed record DeploymentCheck(string Path, CheckVerdict Verdict, string? Reason, string? Subject, DateTime? NotAfter);
