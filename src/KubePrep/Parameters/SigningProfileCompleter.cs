using KubePrep.Deployment;
using KubePrep.Files;
using KubePrep.Pki;

namespace KubePrep.Parameters;

/// <summary>Offers the signing profiles of the authority's <c>ca-config.json</c>, and those of every new cluster where that cannot be read.</summary>
public sealed class SigningProfileCompleter : ValueCompleter
{
    private protected override IEnumerable<Suggestion> Suggest(GivenArguments given, string text) =>
        Names(given.Value("CertificateAuthority")).Select(name => new Suggestion(name, name));

    private static IEnumerable<string> Names(object? authority)
    {
        var path = authority is DeployedAuthority deployed ? deployed.Path : authority is null ? null : GivenArguments.FullPath(authority);
        return path is not null && PromptReading.Collect(Configurations(path)) is [var configuration]
            ? configuration.ProfileNames
            : [SigningConfiguration.UserProfile, SigningConfiguration.KubernetesProfile];
    }

    private static IEnumerable<SigningConfiguration> Configurations(string authority)
    {
        var certificate = AuthorityTransformationAttribute.CertificatePath(authority);
        var path = ClusterLayout.Around(Path.GetDirectoryName(certificate)!).SigningConfiguration;
        if (RegularFile.Read(path) is { } content)
        {
            yield return SigningConfiguration.Parse(content, path);
        }
    }
}
