using System.Text.Json.Nodes;

namespace KubePrep.Pki;

/// <summary>cfssl's signing policy, <c>ca-config.json</c>: profiles with their usages and expiry.</summary>
internal sealed class SigningConfiguration : CfsslDocument
{
    /// <summary>The profile of the cluster's own identities: for clients and servers.</summary>
    public const string KubernetesProfile = "kubernetes";

    /// <summary>The profile of people: for clients only.</summary>
    public const string UserProfile = "kcfg";

    private readonly Dictionary<string, SigningProfile> _profiles = [];

    private SigningConfiguration(JsonObject root, string path)
        : base(root, path)
    {
        var signing = Object(Root, "signing") ?? throw PkiErrors.InvalidDocument(path, "signing", "it is missing");
        Default = Object(signing, "default");
        Profiles = Object(signing, "profiles") ?? [];
        foreach (var (name, _) in Profiles)
        {
            _profiles.Add(name, ReadProfile(name));
        }
    }

    private JsonObject? Default { get; }

    private JsonObject Profiles { get; }

    public static SigningConfiguration Parse(byte[] content, string path) => new(ParseRoot(content, path), path);

    /// <summary>The policy of a new cluster.</summary>
    public static SigningConfiguration Create(Lifetime expiry, string path) => new(
        new JsonObject
        {
            ["signing"] = new JsonObject
            {
                ["default"] = new JsonObject { ["expiry"] = expiry.ToString() },
                ["profiles"] = new JsonObject
                {
                    [KubernetesProfile] = Profile(expiry, "signing", "key encipherment", "server auth", "client auth"),
                    [UserProfile] = Profile(expiry, "signing", "key encipherment", "client auth"),
                },
            },
        },
        path);

    /// <summary>Finds a profile; cfssl would silently take the default one for a name it does not know.</summary>
    /// <exception cref="KubePrepException">There is none of that name (<see cref="ErrorId.UnknownProfile"/>).</exception>
    public SigningProfile Find(string name) =>
        _profiles.TryGetValue(name, out var profile) ? profile : throw PkiErrors.UnknownProfile(Path, name, _profiles.Keys);

    /// <summary>Sets the expiry of the default and of the profiles KubePrep issues with; other profiles keep theirs.</summary>
    /// <returns>Whether that changed anything.</returns>
    public bool SetExpiry(Lifetime expiry)
    {
        var changed = false;
        foreach (var section in new[] { Default, Profiles[KubernetesProfile], Profiles[UserProfile] }.OfType<JsonObject>())
        {
            if (LifetimeOf(section, "expiry") != expiry)
            {
                section["expiry"] = expiry.ToString();
                changed = true;
            }
        }

        foreach (var name in _profiles.Keys.Intersect([KubernetesProfile, UserProfile]).ToList())
        {
            _profiles[name] = ReadProfile(name);
        }

        return changed;
    }

    private static JsonObject Profile(Lifetime expiry, params string[] usages) => new()
    {
        ["usages"] = new JsonArray([.. usages.Select(u => JsonValue.Create(u))]),
        ["expiry"] = expiry.ToString(),
    };

    private SigningProfile ReadProfile(string name)
    {
        var profile = Object(Profiles, name) ?? throw PkiErrors.InvalidDocument(Path, name, "it is null");
        RefuseUnsupported(
            profile,
            "ca_constraint", "not_before", "not_after", "auth_key", "auth_remote", "remote", "issuer_urls", "ocsp_url", "crl_url",
            "policies", "copy_extensions", "allowed_extensions", "name_whitelist", "ct_log_servers");
        var usages = CertificateUsages.Parse(Texts(profile, "usages"), name, Path);
        return usages.KeyUsage == 0
            ? throw PkiErrors.InvalidDocument(Path, $"{name}.usages", "it names no key usage, such as 'signing'")
            : new SigningProfile(
                name,
                usages,
                LifetimeOf(profile, "expiry") ?? ExpiryOfDefault(name),
                Backdate(profile));
    }

    private Lifetime ExpiryOfDefault(string profile) =>
        (Default is null ? null : LifetimeOf(Default, "expiry"))
        ?? throw PkiErrors.InvalidDocument(Path, $"{profile}.expiry", "it is missing, and there is no default");
}
