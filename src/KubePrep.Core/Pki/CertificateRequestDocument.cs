using System.Text.Json.Nodes;

namespace KubePrep.Pki;

/// <summary>cfssl's certificate request, <c>ca-csr.json</c> or <c>NAME-csr.json</c>: subject, key and hosts of a certificate.</summary>
internal sealed class CertificateRequestDocument : CfsslDocument
{
    private readonly TimeSpan _backdate;
    private readonly int? _pathLength;
    private Lifetime? _expiry;

    private CertificateRequestDocument(JsonObject root, string path)
        : base(root, path)
    {
        RefuseUnsupported(Root, "serialnumber", "delegation_enabled", "extensions", "crl_url");
        Subject = ReadSubject();
        Algorithm = ReadAlgorithm();
        AlternativeNames = SubjectAlternativeNames.Of(Texts(Root, "hosts"), Path);
        var authority = Object(Root, "ca") ?? [];
        _expiry = LifetimeOf(authority, "expiry");
        _backdate = Backdate(authority, _expiry);
        _pathLength = ReadPathLength(authority);
    }

    public SubjectName Subject { get; private set; }

    public KeyAlgorithm Algorithm { get; private set; }

    public SubjectAlternativeNames AlternativeNames { get; }

    public static CertificateRequestDocument Parse(byte[] content, string path) => new(ParseRoot(content, path), path);

    /// <summary>The request of a client certificate.</summary>
    public static CertificateRequestDocument Create(SubjectName subject, KeyAlgorithm algorithm, IReadOnlyList<string> hosts, string path) =>
        new(RootOf(subject, algorithm, new JsonArray([.. hosts.Select(host => JsonValue.Create(host))])), path);

    /// <summary>The request of a certificate authority.</summary>
    public static CertificateRequestDocument CreateAuthority(SubjectName subject, KeyAlgorithm algorithm, Lifetime expiry, string path)
    {
        var root = RootOf(subject, algorithm, hosts: null);
        root["ca"] = new JsonObject { ["expiry"] = expiry.ToString() };
        return new CertificateRequestDocument(root, path);
    }

    /// <summary>The authority the document asks for.</summary>
    public AuthoritySpecification ToAuthority(Lifetime defaultExpiry) =>
        new(Subject, Algorithm, AlternativeNames, _expiry ?? defaultExpiry, _backdate, _pathLength);

    /// <summary>The leaf the document asks for.</summary>
    public LeafSpecification ToLeaf(SigningProfile profile) => new(Subject, Algorithm, AlternativeNames, profile);

    /// <summary>Adds an organizational unit to the subject.</summary>
    public void AddOrganizationalUnit(string unit)
    {
        var names = Array(Root, "names");
        if (names is null)
        {
            Root["names"] = names = [];
        }

        names.Add((JsonNode)new JsonObject { [SubjectAttributeType.OrganizationalUnit.Name] = unit });
        Subject = ReadSubject();
    }

    /// <returns>Whether that changed anything.</returns>
    public bool SetAlgorithm(KeyAlgorithm algorithm)
    {
        if (Algorithm == algorithm)
        {
            return false;
        }

        var (family, size) = KeySpecification.Of(algorithm);
        var key = Section("key");
        key["algo"] = family;
        key["size"] = size;
        Algorithm = algorithm;
        return true;
    }

    /// <returns>Whether that changed anything.</returns>
    public bool SetAuthorityExpiry(Lifetime expiry)
    {
        if (_expiry == expiry)
        {
            return false;
        }

        Section("ca")["expiry"] = expiry.ToString();
        _expiry = expiry;
        return true;
    }

    /// <summary>An object of the document, made if it is not there.</summary>
    private JsonObject Section(string name)
    {
        if (Object(Root, name) is { } section)
        {
            return section;
        }

        JsonObject made = [];
        Root[name] = made;
        return made;
    }

    private static JsonObject RootOf(SubjectName subject, KeyAlgorithm algorithm, JsonArray? hosts)
    {
        var root = new JsonObject { ["CN"] = subject.CommonName };
        if (hosts is not null)
        {
            root["hosts"] = hosts;
        }

        root["key"] = KeyOf(algorithm);
        root["names"] = NamesOf(subject);
        return root;
    }

    private static JsonObject KeyOf(KeyAlgorithm algorithm)
    {
        var key = KeySpecification.Of(algorithm);
        return new JsonObject { ["algo"] = key.Family, ["size"] = key.Size };
    }

    /// <summary>One entry for the first value of each type, and one more for every further value.</summary>
    private static JsonArray NamesOf(SubjectName subject)
    {
        var names = new JsonArray();
        foreach (var type in SubjectAttributeType.All.Where(t => t != SubjectAttributeType.CommonName))
        {
            var index = 0;
            foreach (var value in subject.Values(type))
            {
                if (index == names.Count)
                {
                    names.Add((JsonNode)new JsonObject());
                }

                names[index++]![type.Name] = value;
            }
        }

        return names;
    }

    private SubjectName ReadSubject()
    {
        var attributes = new List<SubjectName.Attribute>();
        foreach (var entry in Array(Root, "names") ?? [])
        {
            var name = entry as JsonObject ?? throw PkiErrors.InvalidDocument(Path, "names", "it holds something other than objects");
            RefuseUnsupported(name, "SerialNumber", "E", "OID");
            attributes.AddRange(SubjectAttributeType.All
                .Where(t => t != SubjectAttributeType.CommonName)
                .Select(t => new SubjectName.Attribute(t.Oid, Text(name, t.Name) ?? "")));
        }

        attributes.Add(new SubjectName.Attribute(SubjectAttributeType.CommonName.Oid, Text(Root, "CN") ?? ""));
        var subject = new SubjectName(attributes);
        return subject.Fault is var (attribute, why) ? throw PkiErrors.InvalidDocument(Path, attribute, why) : subject;
    }

    /// <summary>The key's algorithm; P-256 where the document does not say, as in cfssl.</summary>
    private KeyAlgorithm ReadAlgorithm()
    {
        if (Object(Root, "key") is not { } key)
        {
            return KeyAlgorithm.EcdsaP256;
        }

        var family = Text(key, "algo") ?? "";
        var size = Number(key, "size") ?? 0;
        return new KeySpecification(family, size).Algorithm ?? throw PkiErrors.UnsupportedKeyRequest(Path, family, size);
    }

    private int? ReadPathLength(JsonObject authority)
    {
        var length = Number(authority, "pathlen") ?? 0;
        return length < 0 ? throw PkiErrors.InvalidDocument(Path, "pathlen", "it is negative")
            : length > 0 || Flag(authority, "pathlenzero") ? length
            : null;
    }
}
