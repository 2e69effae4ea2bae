using System.Text.Json.Nodes;

namespace KubePrep.Pki;

/// <summary>cfssl's signing policy, <c>ca-config.json</c>: profiles with their usages and expiry.</summary>
internal sealed class SigningConfiguration : CfsslDocument
{
    /// <summary>The profile of the cluster's own identities: for clients and servers.</summary>
    public const string KubernetesProfile = "kubernetes";

    /// <summary>The profile of people: for clients only.</summary>
    public const string UserProfile = "kcfg";

    /// <summary>Settings of cfssl that change what it issues, and that KubePrep does not carry out.</summary>
    private static readonly string[] Unsupported =
    [
        "ca_constraint", "not_before", "not_after", "auth_key", "auth_remote", "remote", "issuer_urls", "ocsp_url", "crl_url", "policies",
        "copy_extensions", "allowed_extensions", "name_whitelist", "ct_log_servers",
    ];

    private SigningConfiguration(JsonObject root, string path)
        : base(root, path)
    {
        var signing = Object(Root, "signing") ?? throw PkiErrors.InvalidDocument(path, "signing", "it is missing");
        Default = Object(signing, "default");
        Profiles = Object(signing, "profiles") ?? [];
        foreach (var (name, _) in Profiles)
        {
            ReadUsages(name, ReadSection(name)); // a usage that is none is an error even in a profile that nobody uses
        }
    }

    /// <summary>The names of the profiles, in the order of the file.</summary>
    public IEnumerable<string> ProfileNames => Profiles.Select(profile => profile.Key);

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
    /// <exception cref="KubePrepException">
    /// There is none of that name (<see cref="ErrorId.UnknownProfile"/>), or it asks for what KubePrep does not carry out.
    /// </exception>
    public SigningProfile Find(string name)
    {
        if (!Profiles.Any(profile => profile.Key == name)) // exactly: these keys are names
        {
            throw PkiErrors.UnknownProfile(Path, name, ProfileNames);
        }

        var profile = ReadSection(name);
        RefuseUnsupported(profile, Unsupported);
        RefuseUnsupported(Default ?? [], Unsupported);
        var expiry = LifetimeOf(profile, "expiry")
            ?? (Default is null ? null : LifetimeOf(Default, "expiry"))
            ?? throw PkiErrors.InvalidDocument(Path, $"{name}.expiry", "it is missing, and there is no default");
        return new SigningProfile(name, ReadUsages(name, profile), expiry, Backdate(profile, expiry));
    }

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

        return changed;
    }

    private static JsonObject Profile(Lifetime expiry, params string[] usages) => new()
    {
        ["usages"] = new JsonArray([.. usages.Select(u => JsonValue.Create(u))]),
        ["expiry"] = expiry.ToString(),
    };

    private JsonObject ReadSection(string name) => Object(Profiles, name) ?? throw PkiErrors.InvalidDocument(Path, name, "it is null");

    private CertificateUsages ReadUsages(string name, JsonObject profile)
    {
        var usages = CertificateUsages.Parse(Texts(profile, "usages"), name, Path);
        return usages.KeyUsage == 0 && usages.ExtendedUsageOids.Count == 0
            ? throw PkiErrors.InvalidDocument(Path, $"{name}.usages", "it is missing or empty")
            : usages;
    }
}
