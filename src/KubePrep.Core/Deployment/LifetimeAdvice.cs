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

    public static void ForLeaf(PlanContext context, SigningProfile profile)
    {
        if (profile.Expiry.Duration > LongForLeaf.Duration)
        {
            context.Warn($"New certificates of profile {profile.Name} last {profile.Expiry}, more than a year. Kubernetes cannot revoke one that leaks.");
        }
    }
}
