using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using KubePrep.Files;
using KubePrep.Pki;

namespace KubePrep.Deployment;

/// <summary>Plans the certificate authority and its two documents.</summary>
internal sealed class AuthorityPlanner(PlanContext context)
{
    private const string CommonName = "kubernetes-ca";
    private const string Organization = "k8s";
    private const string OrganizationalUnit = "System";
    private static readonly Lifetime DefaultAuthorityLifetime = Lifetime.FromYears(10);
    private static readonly Lifetime DefaultLeafLifetime = Lifetime.FromYears(1);

    private ClusterLayout Layout => context.Layout;

    /// <summary>The signing policy, with the lifetime given explicitly, if one is.</summary>
    public DocumentPlan PlanSigning(Lifetime? lifetime)
    {
        var path = Layout.SigningConfiguration;
        if (context.Files.Read(path) is not { } content)
        {
            return new DocumentPlan(path, SigningConfiguration.Create(lifetime ?? DefaultLeafLifetime, path), FileAction.Create);
        }

        var configuration = SigningConfiguration.Parse(content, path);
        var changed = lifetime is not null && configuration.SetExpiry(lifetime);
        return new DocumentPlan(path, configuration, FileAction.For(exists: true, changed ? $"the lifetime is now {lifetime}" : null));
    }

    /// <summary>The authority that exists, or a new one as its document says.</summary>
    public (AuthorityPlan Authority, DocumentPlan Document) Plan(AuthorityRequest request)
    {
        var existing = ReadExisting(request.Force, context.Now);
        var document = PlanRequest(request, existing);
        var wanted = ((CertificateRequestDocument)document.Document).ToAuthority(DefaultAuthorityLifetime);
        if (document.Action.IsNeeded || existing is null || request.Force)
        {
            LifetimeAdvice.ForAuthority(context, wanted.Expiry);
        }

        if (existing is not null && !request.Force)
        {
            if (!context.Exists(Layout.NextAuthorityCertificate)) // else the document is that of the next one
            {
                WarnOfDeviation(request, wanted, existing.Certificate);
            }

            return (Keep(Layout.AuthorityCertificate, existing), document);
        }

        RequireReplaceable(existing);
        existing?.Dispose();
        var plan = new AuthorityPlan(
            Layout.AuthorityCertificate,
            Layout.AuthorityKey,
            FileAction.For(context.Exists(Layout.AuthorityCertificate), PlanContext.Forced),
            FileAction.For(context.Exists(Layout.AuthorityKey), PlanContext.Forced)) { Wanted = wanted };
        return (plan, document);
    }

    /// <summary>An authority that is to take over from the one that exists, with the request it is made by.</summary>
    /// <param name="request">What it is to be, where that differs from the documents.</param>
    /// <param name="existing">The one it takes over from.</param>
    /// <exception cref="KubePrepException">The key of the existing one is encrypted, and no passphrase was given for that of the new one
    /// (<see cref="ErrorId.EncryptedKey"/>).</exception>
    public (AuthorityPlan Authority, DocumentPlan Document) PlanNext(AuthorityRequest request, CertificateAuthority existing)
    {
        if (existing.IsKeyLocked)
        {
            throw PkiErrors.EncryptedKey(Layout.AuthorityKey);
        }

        var planned = PlanRequest(request, existing);
        WarnOfLost(existing.Certificate, planned);
        var document = TellApart(planned, existing);
        var wanted = ((CertificateRequestDocument)document.Document).ToAuthority(DefaultAuthorityLifetime);
        LifetimeAdvice.ForAuthority(context, wanted.Expiry);
        var action = new FileAction(Exists: false, "it is to take over");
        return (new AuthorityPlan(Layout.NextAuthorityCertificate, Layout.NextAuthorityKey, action, action) { Wanted = wanted }, document);
    }

    /// <summary>The authority that exists, without its documents; its key is needed only where something has to be signed.</summary>
    /// <param name="mayHaveEnded">Whether it is only taken over from, so that its dates do not matter.</param>
    /// <exception cref="KubePrepException">There is none (<see cref="ErrorId.CertificateAuthorityNotFound"/>), or it cannot be used.</exception>
    public AuthorityPlan PlanExisting(bool mayHaveEnded = false) => Keep(
        Layout.AuthorityCertificate,
        ReadExisting(tolerant: false, mayHaveEnded ? null : context.Now) ?? throw PkiErrors.CertificateAuthorityNotFound(Layout.AuthorityCertificate));

    /// <summary>An authority's certificate alone, wherever it is.</summary>
    /// <exception cref="KubePrepException">There is none (<see cref="ErrorId.CertificateAuthorityNotFound"/>), or it cannot be used.</exception>
    public AuthorityPlan PlanCertificate(string path)
    {
        var pem = context.Files.Read(path) ?? throw PkiErrors.CertificateAuthorityNotFound(path);
        return Keep(path, CertificateAuthority.Read(pem, keyPem: null, path, Layout.AuthorityKey, context.Now));
    }

    /// <summary>Names what the next authority cannot have of one that was made elsewhere.</summary>
    private void WarnOfLost(X509Certificate2 existing, DocumentPlan planned)
    {
        if (CertificateIssuer.LostExtensions(existing) is { Count: > 0 } lost)
        {
            context.Warn($"The new authority lacks what KubePrep does not issue, and may so be freer to sign than the old one: {string.Join(", ", lost)}.");
        }

        var (old, @new) = (SubjectName.Read(existing.SubjectName), ((CertificateRequestDocument)planned.Document).Subject);
        if (!planned.Action.Exists && !@new.Equals(old))
        {
            context.Warn($"The new authority's subject is {@new}, as a document cannot say that of the old one, {old}.");
        }
    }

    /// <summary>
    /// OpenSSL looks for an issuer by its subject and key identifier, and gives up if the first one that fits has not signed; so an authority
    /// without the identifier gets a successor of another subject.
    /// </summary>
    private DocumentPlan TellApart(DocumentPlan plan, CertificateAuthority existing)
    {
        var document = (CertificateRequestDocument)plan.Document;
        if (existing.HasKeyIdentifier || !document.Subject.Equals(SubjectName.Read(existing.Certificate.SubjectName)))
        {
            return plan;
        }

        var unit = context.Now.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        document.AddOrganizationalUnit(unit);
        var reason = $"its subject gets OU={unit}, as the old authority has no subject key identifier to tell the two apart";
        return plan with { Action = FileAction.For(plan.Action.Exists, plan.Action.IsNeeded ? $"{plan.Action.Reason}, {reason}" : reason) };
    }

    /// <summary>Refuses to replace an authority halfway through a change, or an encrypted key by one that is not.</summary>
    private void RequireReplaceable(CertificateAuthority? existing)
    {
        if (existing is { Trusted.Count: > 1 } || context.Exists(Layout.NextAuthorityCertificate))
        {
            throw DeploymentErrors.AuthorityChangeInProgress(Layout.AuthorityCertificate);
        }

        if (existing is { IsKeyLocked: true })
        {
            throw PkiErrors.EncryptedKey(Layout.AuthorityKey);
        }
    }

    private AuthorityPlan Keep(string path, CertificateAuthority existing) =>
        new(path, Layout.AuthorityKey, FileAction.Keep, FileAction.Keep) { Existing = existing };

    private CertificateAuthority? ReadExisting(bool tolerant, DateTimeOffset? now)
    {
        FileTransaction.RequireOwnDirectory(Layout.SslDirectory);
        var certificate = context.Files.Read(Layout.AuthorityCertificate);
        var key = context.Files.Read(Layout.AuthorityKey);
        if (context.CaPassphrase is not null && !tolerant && key is not null && !PrivateKey.IsEncrypted(key))
        {
            context.Warn($"The passphrase is not needed: '{Layout.AuthorityKey}' is not encrypted (openssl pkcs8 -topk8 encrypts it).");
        }

        try
        {
            return (certificate, key) switch
            {
                (null, null) => null,
                (null, _) => throw PkiErrors.CertificateAuthorityCertificateNotFound(Layout.AuthorityCertificate, Layout.AuthorityKey),
                _ => CertificateAuthority.Read(
                    certificate, key, Layout.AuthorityCertificate, Layout.AuthorityKey, now, context.CaPassphrase),
            };
        }
        catch (KubePrepException) when (tolerant)
        {
            return null; // it is going to be replaced, whatever is wrong with it
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    private DocumentPlan PlanRequest(AuthorityRequest request, CertificateAuthority? existing)
    {
        var path = Layout.AuthorityRequest;
        if (context.Files.Read(path) is not { } content)
        {
            var made = CertificateRequestDocument.CreateAuthority(
                SubjectOf(existing),
                (existing is null || request.Force ? request.KeyAlgorithm : null) ?? AlgorithmOf(existing) ?? KeyAlgorithm.EcdsaP256,
                request.Lifetime ?? DefaultAuthorityLifetime,
                path);
            return new DocumentPlan(path, made, FileAction.Create);
        }

        var document = CertificateRequestDocument.Parse(content, path);
        var changes = new List<string>();
        if (request.Lifetime is { } lifetime && document.SetAuthorityExpiry(lifetime))
        {
            changes.Add($"the lifetime is now {lifetime}");
        }

        if (request.KeyAlgorithm is { } algorithm && (existing is null || request.Force) && document.SetAlgorithm(algorithm))
        {
            changes.Add($"the key is now {KeySpecification.Of(algorithm)}");
        }

        return new DocumentPlan(path, document, FileAction.For(exists: true, changes.Count == 0 ? null : string.Join(", ", changes)));
    }

    /// <summary>The subject of an authority that was taken over, as far as a document can hold it, so that its successor bears the same.</summary>
    private static SubjectName SubjectOf(CertificateAuthority? existing)
    {
        var subject = existing is null ? null : SubjectName.Read(existing.Certificate.SubjectName);
        return subject is { Fault: null } ? subject : new SubjectName(
        [
            new(SubjectAttributeType.Organization.Oid, Organization),
            new(SubjectAttributeType.OrganizationalUnit.Oid, OrganizationalUnit),
            new(SubjectAttributeType.CommonName.Oid, CommonName),
        ]);
    }

    private static KeyAlgorithm? AlgorithmOf(CertificateAuthority? existing) =>
        existing is null ? null : KeySpecification.Of(existing.Certificate.PublicKey)?.Algorithm;

    /// <summary>An authority is replaced only when that is asked for, even if it is not what its document, or a parameter, says.</summary>
    private void WarnOfDeviation(AuthorityRequest request, AuthoritySpecification wanted, X509Certificate2 existing)
    {
        var key = KeySpecification.Of(existing.PublicKey);
        var wantedKey = KeySpecification.Of(request.KeyAlgorithm ?? wanted.Algorithm);
        if (key != wantedKey && (request.KeyAlgorithm is not null || key?.Algorithm is not null))
        {
            WarnOfKept($"its {key} key", wantedKey.ToString());
        }

        var subject = SubjectName.Read(existing.SubjectName);
        if (subject.Fault is null && !subject.Equals(wanted.Subject))
        {
            WarnOfKept($"its subject {subject}", wanted.Subject.ToString());
        }
    }

    private void WarnOfKept(string kept, string wanted) =>
        context.Warn($"The certificate authority keeps {kept}, though {wanted} is asked for; -Force (--force) replaces it, and then what it signed has to be issued again.");
}
