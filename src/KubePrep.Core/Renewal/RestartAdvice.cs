using KubePrep.Deployment;

namespace KubePrep.Renewal;

/// <summary>Says which programs go on with old files until they are restarted, as none of them looks at its files again.</summary>
internal static class RestartAdvice
{
    /// <summary>The four components are called as their files are; the administrator's certificate is used by no program that keeps running.</summary>
    private static readonly string Administrator = ClusterIdentity.Administrator.Name;

    /// <summary>What has to be done about the certificates a plan issues again.</summary>
    public static void Give(PlanContext context, DeploymentPlan plan)
    {
        var names = plan.Leaves.Where(leaf => leaf.Action.IsNeeded && leaf.Name != Administrator && !IsUser(context, leaf)).Select(leaf => leaf.Name).ToList();
        if (names.Count > 0)
        {
            context.Warn(
                $"Copy the new certificates, keys and kubeconfigs of {string.Join(", ", names)} to the machines that use them, and restart what was started with them: a running program keeps the certificate it has read.");
        }

        var users = plan.Leaves.Where(leaf => leaf.Action.IsNeeded && IsUser(context, leaf)).Select(leaf => leaf.Name).ToList();
        if (users.Count > 0)
        {
            context.Warn($"Hand the new kubeconfigs to {string.Join(", ", users)}. The old certificates stay valid until they end.");
        }
    }

    /// <summary>What has to be done about a new phase of the authority's change.</summary>
    public static void Give(PlanContext context, AuthorityPhase phase)
    {
        const string Everything =
            "kube-apiserver, kube-controller-manager, kube-scheduler, kubelet, kube-proxy, etcd if it has this authority, and every other program that was started with ca.pem or one of these kubeconfigs";
        context.Warn(phase switch
        {
            AuthorityPhase.Prepare =>
                $"Copy ca.pem and the kubeconfigs to every machine that has them, and restart {Everything}. Only when all of them trust both authorities comes -Phase Switch (--phase switch).",
            AuthorityPhase.Switch =>
                $"Copy ca.pem, the new certificates, keys and kubeconfigs to every machine that has them (ca-key.pem where kube-controller-manager signs with it), and restart {Everything}. Only when all of them use the new ones comes -Phase Finish (--phase finish).",
            _ => $"Copy ca.pem and the kubeconfigs to every machine that has them, and restart {Everything}. What was signed by the old authority is refused from then on.",
        });
        if (phase == AuthorityPhase.Switch)
        {
            context.Warn(
                "Where ca-key.pem also signs service-account tokens (--service-account-signing-key-file), start kube-apiserver with the old public key as one more --service-account-key-file until the pods have new tokens; the old key is in the backup.");
        }
    }

    private static bool IsUser(PlanContext context, LeafPlan leaf) => Path.GetDirectoryName(leaf.CertificatePath) == context.Layout.UsersDirectory;
}
