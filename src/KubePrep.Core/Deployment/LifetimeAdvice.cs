using KubePrep.Pki;

namespace KubePrep.Deployment;

/// <summary>Warns of lifetimes that are longer than a key can be trusted, wherever one is chosen or used.</summary>
internal static class LifetimeAdvice
{
    private static readonly Lifetime LongForAuthority = Lifetime.FromYears(10);
    private static readonly Lifetime LongForLeaf = Lifetime.FromYears(1);

    public static void ForAuthority(PlanContext context, Lifetime expiry)
    {
        if (expiry.Duration > LongForAuthority.Duration)
        {
            context.Warn($"The next certificate authority lasts {expiry}, more than ten years. Its key cannot be revoked in all that time.");
        }
    }

    public static void ForLeaf(PlanContext context, SigningProfile profile) =>
        WarnOfLeaf(context, $"New certificates of profile {profile.Name} last", profile.Expiry);

    public static void ForRenewedLeaf(PlanContext context, string name, Lifetime expiry) =>
        WarnOfLeaf(context, $"The certificate {name} lasts again", expiry);

    private static void WarnOfLeaf(PlanContext context, string subject, Lifetime expiry)
    {
        if (expiry.Duration > LongForLeaf.Duration)
        {
            context.Warn($"{subject} {expiry}, more than a year. Kubernetes cannot revoke one that leaks.");
        }
    }
}
