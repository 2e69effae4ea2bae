using System.CommandLine;
using System.Globalization;
using KubePrep.Certificates;
using KubePrep.Pki;
using KubePrep.Yaml;

namespace KubePrep.Cli;

/// <summary><c>kubeprep certs</c>.</summary>
internal static class CertsCommand
{
    public static Command Create()
    {
        var paths = new Argument<string[]>("PATH")
        {
            Description = "A PEM file, a kubeconfig, or a directory with such, or a cluster's.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var directory = CommonOptions.ClusterDirectory();
        directory.Required = false;
        var horizon = IssuingOptions.ExpiringWithin("Only those that end within this time, such as 30d or 720h, or have ended; 0d: only those that have ended.");
        var json = CommonOptions.Json();
        var command = new Command(
            "certs",
            "List the certificates of a cluster's directory, of kubeconfigs and of any path, with when they end and how they are. "
            + "With --expiring-within exits with 1 if one ends by then, and prints nothing if none does.")
        {
            paths, directory, horizon, json,
        };
        command.Validators.Add(result =>
        {
            var given = result.GetValue(paths) ?? [];
            // not the current directory: a cron job that was to watch a cluster would watch its user's home
            if (result.GetResult(directory) is null && given.Length == 0)
            {
                result.AddError("Give a cluster's directory with --cluster-directory, or paths.");
            }

            // a mistyped option would be taken for a path
            if (Array.Find(given, path => path.StartsWith('-')) is { } option)
            {
                result.AddError($"There is no option '{option}'; a path that begins so is written with './' before it.");
            }
        });
        command.SetAction(parsed => CommandRunner.Run(_ => List(
            parsed.GetValue(directory) is { } cluster ? [cluster] : [],
            parsed.GetValue(paths) ?? [],
            parsed.GetValue(horizon),
            parsed.GetValue(json))));
        return command;
    }

    private static int List(IReadOnlyList<string> clusterDirectories, string[] paths, Horizon? horizon, bool json)
    {
        var report = new CertificateInventory(new KubeconfigYaml(), TimeProvider.System).Find(clusterDirectories, paths, horizon);
        if (json)
        {
            JsonLines.Write(report.Certificates, JsonLines.Default.ClusterCertificate);
        }
        else if (report.Certificates.Count > 0) // not even a header, as cron sends what is printed
        {
            Print(report.Certificates);
        }

        foreach (var error in report.Errors)
        {
            Notice.Error(error);
        }

        var found = horizon is not null && report.Certificates.Count > 0 ? ExitCode.Failed : ExitCode.Good;
        return report.Errors.Select(error => ExitCode.Of(error.Id)).Aggregate(found, ExitCode.Worst);
    }

    private static void Print(IReadOnlyList<ClusterCertificate> certificates)
    {
        var current = Directory.GetCurrentDirectory();
        Table.Write(
            ["FILE", "SUBJECT", "USAGES", "EXPIRES", "DAYS", "STATUS", "USED BY", "REASON"],
            certificates.Select(certificate => new[]
            {
                Short(certificate.Path) + Owner(certificate),
                certificate.Subject,
                Usages(certificate),
                Table.Date(certificate.NotAfter),
                certificate.DaysLeft.ToString(CultureInfo.InvariantCulture),
                certificate.Status.ToString(),
                string.Join(", ", certificate.UsedBy.Select(Path.GetFileName)),
                certificate.Reason,
            }));

        // as it would be written here, but never by way of the directory above
        string Short(string path) =>
            Path.GetRelativePath(current, path) is var relative && !relative.StartsWith("..", StringComparison.Ordinal) ? relative : path;
    }

    /// <summary>Whose certificate it is among those that a kubeconfig embeds, as its name has it.</summary>
    private static string Owner(ClusterCertificate certificate) =>
        certificate.UsedBy.Contains(certificate.Path) ? certificate.Name[Path.GetFileName(certificate.Path).Length..] : "";

    /// <summary>What tells certificates apart at a glance: an authority, or the names of the extended usages.</summary>
    private static string Usages(ClusterCertificate certificate) => certificate.IsAuthority
        ? "authority"
        : string.Join(", ", certificate.Usages.Where(usage => usage.EndsWith(" auth", StringComparison.Ordinal)).Select(usage => usage[..^" auth".Length]));
}
