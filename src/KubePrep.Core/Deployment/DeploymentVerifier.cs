using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using KubePrep.Files;
using KubePrep.Kubeconfig;
using KubePrep.Pki;

namespace KubePrep.Deployment;

/// <summary>
/// Judges a cluster's directory by its files alone, whoever made them: pairs, chain, dates, identities, embedded copies, modes and links.
/// </summary>
internal sealed class DeploymentVerifier(PlanContext context, IKubeconfigSerializer serializer) : IDisposable
{
    private static readonly Finding Missing = Finding.Failed("it is missing");
    private readonly FileChecks _checks = new(context.Files);
    private List<X509Certificate2> _trusted = [];
    private byte[]? _authorityPem;
    private string? _server;

    private ClusterLayout Layout => context.Layout;

    /// <summary>The certificate that signs, which is the first one of its file.</summary>
    private X509Certificate2? Authority => _trusted.FirstOrDefault();

    private bool IsChangePrepared => context.Files.Status(Layout.NextAuthorityCertificate).Kind != FileKind.Missing;

    /// <summary>The verdict on every file that belongs to a cluster's directory.</summary>
    public IReadOnlyList<DeploymentCheck> VerifyCluster()
    {
        CheckCommit();
        CheckDirectory(Layout.ClusterDirectory);
        CheckDirectory(Layout.SslDirectory);
        CheckDocument(Layout.SigningConfiguration, content => SigningConfiguration.Parse(content, Layout.SigningConfiguration).Find(SigningConfiguration.KubernetesProfile));
        CheckRequest("ca");
        VerifyAuthority(Layout.AuthorityCertificate);
        VerifyAuthorityKey();
        VerifyNextAuthority();
        foreach (var identity in ClusterIdentity.All)
        {
            CheckRequest(identity.Name);
            VerifyLeaf(Layout.Certificate(identity.Name), Layout.Key(identity.Name), certificate => Identify(certificate, identity));
        }

        foreach (var identity in ClusterIdentity.All)
        {
            VerifyKubeconfig(Layout.Kubeconfig(identity.KubeconfigName), Layout.Certificate(identity.Name), Layout.Key(identity.Name));
        }

        foreach (var user in UserFiles.List(Layout, context.Files).Where(user => !HasEnded(user)))
        {
            VerifyLeaf(user.Certificate, user.Key, _ => Finding.Good);
            VerifyKubeconfig(user.Kubeconfig, user.Certificate, user.Key);
        }

        return _checks.Found;
    }

    /// <summary>The verdict on the files a plan is about. Modes are left out: those of kept files are put right by the commit.</summary>
    public IReadOnlyList<DeploymentCheck> Verify(DeploymentPlan plan)
    {
        _checks.JudgesModes = false;
        VerifyAuthority(plan.Bundle?.Path ?? plan.Authority.CertificatePath);
        if (plan.Authority.Wanted is not null || plan.Bundle is not null)
        {
            VerifyAuthorityKey();
            VerifyNextAuthority();
        }

        foreach (var leaf in plan.Leaves)
        {
            VerifyLeaf(
                leaf.CertificatePath,
                leaf.KeyPath,
                certificate => leaf.Wanted is { } wanted && !SubjectName.Read(certificate.SubjectName).Equals(wanted.Subject)
                    ? Finding.Failed($"its subject is not {wanted.Subject}")
                    : Finding.Good);
        }

        foreach (var (target, leaf, _, _) in plan.Kubeconfigs)
        {
            VerifyKubeconfig(target.Path, leaf.CertificatePath, leaf.KeyPath);
        }

        return _checks.Found;
    }

    public void Dispose() => _trusted.ForEach(certificate => certificate.Dispose());

    private void CheckCommit()
    {
        var record = Path.Join(Layout.ClusterDirectory, CommitRecord.FileName);
        if (FileStatus.Read(record).Kind != FileKind.Missing)
        {
            _checks.Add(record, Finding.Failed("a commit was interrupted, so that old and new files may stand beside each other; the next deploy completes it"));
        }
    }

    private void CheckDirectory(string path)
    {
        var status = context.Files.Status(path);
        if (status.Kind is not (FileKind.Directory or FileKind.Missing) && path == Layout.SslDirectory)
        {
            _checks.Add(path, Finding.Failed("it is not a directory of its own (it is a file or a symbolic link)"));
        }
        else if (FileStatus.ReadThroughLinks(path) is { OtherMasters: { } masters } directory)
        {
            var reason = $"besides you, {masters} can replace the files in it (mode {directory.OctalMode})";
            _checks.Add(path, directory.IsSharedDirectory ? Finding.Failed(reason) : Finding.Warning(reason));
        }
    }

    /// <summary>Checks a document, which need not be there.</summary>
    private void CheckDocument(string path, Action<byte[]> parse) => _checks.Check(path, secret: false, whenMissing: null, content =>
    {
        parse(content);
        return Finding.Good;
    });

    private void CheckRequest(string name) =>
        CheckDocument(Layout.Request(name), content => CertificateRequestDocument.Parse(content, Layout.Request(name)));

    private void VerifyAuthority(string path) => _checks.Check(path, secret: false, Missing, content =>
    {
        // kept even if it is found wanting: an authority that has expired is still the one that leaves are compared with
        _authorityPem = content;
        _trusted = CertificateFile.ReadAll(content, path);
        return (AuthorityFault(_trusted[0]) ?? Unfinished()).About(_trusted[0]);
    });

    private Finding? AuthorityFault(X509Certificate2 authority) =>
        !CertificateFile.IsAuthority(authority) ? Finding.Failed("it is no certificate authority: it lacks CA:TRUE, or may not sign certificates")
        : authority.NotAfter.ToUniversalTime() <= context.Now ? Finding.Failed("it has expired")
        : authority.NotBefore.ToUniversalTime() > context.Now ? Finding.Failed("it is not valid yet")
        : LeafInspection.IsAging(authority, context.Now) ? Finding.Warning("it is in the last third of its life")
        : null;

    /// <summary>A bundle is what a change of the authority leaves between its phases.</summary>
    private Finding Unfinished() => _trusted.Count == 1 ? Finding.Good : Finding.Warning(
        $"the authority is being changed, so that {_trusted.Count} are trusted; Update-KpCertificateAuthority -Phase {(IsChangePrepared ? "Switch" : "Finish")} comes next");

    private void VerifyAuthorityKey() => _checks.Check(
        Layout.AuthorityKey,
        secret: true,
        Finding.Warning("it is kept elsewhere; without it no certificate can be issued"),
        content => KeyFinding(content, Layout.AuthorityKey, Authority));

    /// <summary>The authority that is prepared, if one is.</summary>
    private void VerifyNextAuthority()
    {
        if (!IsChangePrepared)
        {
            return;
        }

        X509Certificate2? next = null;
        _checks.Check(Layout.NextAuthorityCertificate, secret: false, Missing, content =>
        {
            next = CertificateFile.Read(content, Layout.NextAuthorityCertificate);
            return (_trusted.Exists(trusted => trusted.RawDataMemory.Span.SequenceEqual(next.RawDataMemory.Span))
                ? AuthorityFault(next) ?? Finding.Good
                : Finding.Failed($"it is prepared to take over, and '{Layout.AuthorityCertificate}' does not trust it")).About(next);
        });
        _checks.Check(Layout.NextAuthorityKey, secret: true, Missing, content => KeyFinding(content, Layout.NextAuthorityKey, next));
        next?.Dispose();
    }

    /// <summary>Whether an authority's key belongs to it, which an encrypted one does not tell without its passphrase.</summary>
    private Finding KeyFinding(byte[] content, string path, X509Certificate2? certificate)
    {
        if (certificate is null || (context.CaPassphrase is null && PrivateKey.IsEncrypted(content) && !PrivateKey.IsEncryptedWithoutPkcs8(content)))
        {
            return Finding.Good;
        }

        using var key = PrivateKey.ReadPem(content, path, context.CaPassphrase, certificate.PublicKey);
        return key.Matches(certificate) ? Finding.Good : Finding.Failed("it does not match the certificate");
    }

    private void VerifyLeaf(string certificatePath, string keyPath, Func<X509Certificate2, Finding> identify)
    {
        _checks.Check(certificatePath, secret: false, Missing, content =>
        {
            using var certificate = CertificateFile.Read(content, certificatePath);
            return (LeafFault(certificate, keyPath) ?? Aging(certificate, identify(certificate))).About(certificate);
        });
        _checks.Check(keyPath, secret: true, Missing, content =>
        {
            PrivateKey.ReadPem(content, keyPath).Dispose();
            return Finding.Good;
        });
    }

    /// <summary>Whether a user's time is over, as it was meant to be one day; that is worth a word, and no fault of the cluster.</summary>
    private bool HasEnded(UserFiles user)
    {
        var hasEnded = false;
        _checks.Check(user.Certificate, secret: false, whenMissing: null, content =>
        {
            using var certificate = CertificateFile.Read(content, user.Certificate);
            hasEnded = certificate.NotAfter.ToUniversalTime() <= context.Now;
            return hasEnded ? Finding.Warning("the user's time is over; Remove-KpUser takes the files away").About(certificate) : null;
        });
        return hasEnded;
    }

    private Finding? LeafFault(X509Certificate2 certificate, string keyPath)
    {
        if (Authority is null)
        {
            return Finding.Failed("there is no certificate authority to check it by");
        }

        if (context.Files.Read(keyPath) is not { } keyPem)
        {
            return Finding.Failed("its key is missing");
        }

        using var key = PrivateKey.ReadPem(keyPem, keyPath);
        CryptographicOperations.ZeroMemory(keyPem);
        var issuer = _trusted.Find(trusted => CertificateFile.IsSignedBy(certificate, trusted)) ?? Authority;
        return LeafInspection.Fault(certificate, key, issuer, context.Now) is { } fault ? Finding.Failed(fault)
            : issuer != Authority ? Finding.Warning("it is signed by an authority that is being replaced; Update-KpCertificateAuthority -Phase Switch issues it again")
            : null;
    }

    private Finding Aging(X509Certificate2 certificate, Finding otherwise) =>
        otherwise.Verdict == CheckVerdict.Good && LeafInspection.IsAging(certificate, context.Now)
            ? Finding.Warning("it is in the last third of its life; the next deploy renews it if the certificate authority lasts longer")
            : otherwise;

    /// <summary>A certificate must carry its identity; one whose document asks for something else was made so on purpose.</summary>
    private Finding Identify(X509Certificate2 certificate, ClusterIdentity identity)
    {
        if (LeafInspection.ClientFault(certificate) is { } fault)
        {
            return Finding.Failed(fault);
        }

        var subject = SubjectName.Read(certificate.SubjectName);
        if (identity.IsCarriedBy(subject))
        {
            return Finding.Good;
        }

        var deviation = $"its subject is {subject}, but Kubernetes grants the rights of {identity.Name} to {identity.Subject}";
        var path = Layout.Request(identity.Name);
        return context.Files.Read(path) is { } request && CertificateRequestDocument.Parse(request, path).Subject.Equals(subject)
            ? Finding.Warning($"{deviation}; '{path}' asks for that")
            : Finding.Failed(deviation);
    }

    private void VerifyKubeconfig(string path, string certificatePath, string keyPath)
    {
        _checks.Check(path, secret: true, Missing, content =>
        {
            var document = serializer.Read(content, path);
            var judge = new KubeconfigJudge(context.Files, _authorityPem);
            var finding = judge.Judge(document, certificatePath, keyPath) ?? OtherServer(document);
            return EmbeddedCertificate(document, path) is { } certificate ? finding.About(certificate) : finding;
        });
    }

    /// <summary>All four reach the same API server, unless somebody has changed one on purpose.</summary>
    private Finding OtherServer(KubeconfigDocument document)
    {
        var server = document.Current!.Value.Cluster.Server;
        _server ??= server;
        return server == _server ? Finding.Good : Finding.Warning($"its server is {server}, and that of another kubeconfig is {_server}");
    }

    private static X509Certificate2? EmbeddedCertificate(KubeconfigDocument document, string path) =>
        document.Current?.User.ClientCertificateData is { } pem ? CertificateFile.Read(pem, path) : null;
}
