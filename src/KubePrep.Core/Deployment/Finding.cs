using System.Security.Cryptography.X509Certificates;

namespace KubePrep.Deployment;

/// <summary>What was found about a file, before it becomes a <see cref="DeploymentCheck"/>.</summary>
internal sealed record Finding(CheckVerdict Verdict, string? Reason, string? Subject = null, DateTime? NotAfter = null)
{
    public static Finding Good { get; } = new(CheckVerdict.Good, null);

    public static Finding Warning(string reason) => new(CheckVerdict.Warning, reason);

    public static Finding Failed(string reason) => new(CheckVerdict.Failed, reason);

    public Finding About(X509Certificate2 certificate) =>
        this with { Subject = certificate.Subject, NotAfter = certificate.NotAfter.ToUniversalTime() };

    public Finding With(Finding other) => this with { Subject = other.Subject, NotAfter = other.NotAfter };
}
