using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using KubePrep.Files;
using KubePrep.Kubeconfig;
using KubePrep.Pki;

namespace KubePrep.Deployment;

/// <summary>
/// Judges a cluster's directory by its files alone, whoever made them: pairs, chain, dates, identities, embedded copies, modes and links.
/// </summary>
internal sealed class DeploymentVerifier(ClusterLayout layout, FileView files, IKubeconfigSerializer serializer, DateTimeOffset now) : IDisposable
{
    private static readonly Finding Missing = Finding.Failed("it is missing");
    private readonly List<DeploymentCheck> _checks = [];
    private X509Certificate2? _authority;
    private byte[]? _authorityPem;
    private string? _server;
    private bool _judgesModes = true;

    /// <summary>The verdict on every file that belongs to a cluster's directory.</summary>
    public IReadOnlyList<DeploymentCheck> VerifyCluster()
    {
        CheckCommit();
        CheckDirectory(layout.ClusterDirectory);
        CheckDirectory(layout.SslDirectory);
        CheckDocument(layout.SigningConfiguration, content => SigningConfiguration.Parse(content, layout.SigningConfiguration).Find(SigningConfiguration.KubernetesProfile));
        CheckRequest("ca");
        VerifyAuthority(layout.AuthorityCertificate);
        VerifyAuthorityKey();
        foreach (var identity in ClusterIdentity.All)
        {
            CheckRequest(identity.Name);
            VerifyLeaf(layout.Certificate(identity.Name), layout.Key(identity.Name), certificate => Identify(certificate, identity));
        }

        foreach (var identity in ClusterIdentity.All)
        {
            VerifyKubeconfig(layout.Kubeconfig(identity.KubeconfigName), layout.Certificate(identity.Name), layout.Key(identity.Name));
        }

        return _checks;
    }

    /// <summary>The verdict on the files a plan is about. Modes are left out: those of kept files are put right by the commit.</summary>
    public IReadOnlyList<DeploymentCheck> Verify(DeploymentPlan plan)
    {
        _judgesModes = false;
        VerifyAuthority(plan.Authority.CertificatePath);
        if (plan.Authority.Wanted is not null)
        {
            VerifyAuthorityKey();
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

        return _checks;
    }

    public void Dispose() => _authority?.Dispose();

    private void CheckCommit()
    {
        var record = Path.Join(layout.ClusterDirectory, CommitRecord.FileName);
        if (FileStatus.Read(record).Kind != FileKind.Missing)
        {
            Add(record, Finding.Failed("a commit was interrupted, so that old and new files may stand beside each other; the next deploy completes it"));
        }
    }

    private void CheckDirectory(string path)
    {
        var status = files.Status(path);
        if (status.Kind is not (FileKind.Directory or FileKind.Missing) && path == layout.SslDirectory)
        {
            Add(path, Finding.Failed("it is not a directory of its own (it is a file or a symbolic link)"));
        }
        else if (FileStatus.ReadThroughLinks(path) is { OtherMasters: { } masters } directory)
        {
            var reason = $"besides you, {masters} can replace the files in it (mode {directory.OctalMode})";
            Add(path, directory.IsSharedDirectory ? Finding.Failed(reason) : Finding.Warning(reason));
        }
    }

    /// <summary>Checks a document, which need not be there.</summary>
    private void CheckDocument(string path, Action<byte[]> parse) => Check(path, secret: false, whenMissing: null, content =>
    {
        parse(content);
        return Finding.Good;
    });

    private void CheckRequest(string name) =>
        CheckDocument(layout.Request(name), content => CertificateRequestDocument.Parse(content, layout.Request(name)));

    private void VerifyAuthority(string path) => Check(path, secret: false, Missing, content =>
    {
        // kept even if it is found wanting: an authority that has expired is still the one that leaves are compared with
        _authorityPem = content;
        _authority = CertificateFile.Read(content, path);
        var finding = !CertificateFile.IsAuthority(_authority) ? Finding.Failed("it is no certificate authority: it lacks CA:TRUE, or may not sign certificates")
            : _authority.NotAfter.ToUniversalTime() <= now ? Finding.Failed("it has expired")
            : _authority.NotBefore.ToUniversalTime() > now ? Finding.Failed("it is not valid yet")
            : LeafInspection.IsAging(_authority, now) ? Finding.Warning("it is in the last third of its life")
            : Finding.Good;
        return finding.About(_authority);
    });

    private void VerifyAuthorityKey() => Check(
        layout.AuthorityKey,
        secret: true,
        Finding.Warning("it is kept elsewhere; without it no certificate can be issued"),
        content =>
        {
            using var key = PrivateKey.ReadPem(content, layout.AuthorityKey);
            return _authority is not null && !key.Matches(_authority) ? Finding.Failed("it does not match the certificate") : Finding.Good;
        });

    private void VerifyLeaf(string certificatePath, string keyPath, Func<X509Certificate2, Finding> identify)
    {
        Check(certificatePath, secret: false, Missing, content =>
        {
            using var certificate = CertificateFile.Read(content, certificatePath);
            return (LeafFault(certificate, keyPath) ?? Aging(certificate, identify(certificate))).About(certificate);
        });
        Check(keyPath, secret: true, Missing, content =>
        {
            PrivateKey.ReadPem(content, keyPath).Dispose();
            return Finding.Good;
        });
    }

    private Finding? LeafFault(X509Certificate2 certificate, string keyPath)
    {
        if (_authority is null)
        {
            return Finding.Failed("there is no certificate authority to check it by");
        }

        if (files.Read(keyPath) is not { } keyPem)
        {
            return Finding.Failed("its key is missing");
        }

        using var key = PrivateKey.ReadPem(keyPem, keyPath);
        CryptographicOperations.ZeroMemory(keyPem);
        return LeafInspection.Fault(certificate, key, _authority, now) is { } fault ? Finding.Failed(fault) : null;
    }

    private Finding Aging(X509Certificate2 certificate, Finding otherwise) =>
        otherwise.Verdict == CheckVerdict.Good && LeafInspection.IsAging(certificate, now)
            ? Finding.Warning("it is in the last third of its life; the next deploy renews it if the certificate authority lasts longer")
            : otherwise;

    /// <summary>A certificate must carry its identity; one whose document asks for something else was made so on purpose.</summary>
    private Finding Identify(X509Certificate2 certificate, ClusterIdentity identity)
    {
        if (!LeafInspection.IsForClients(certificate))
        {
            return Finding.Failed("it is no certificate for clients: its usages lack client auth, or it is that of an authority");
        }

        var subject = SubjectName.Read(certificate.SubjectName);
        if (identity.IsCarriedBy(subject))
        {
            return Finding.Good;
        }

        var deviation = $"its subject is {subject}, but Kubernetes grants the rights of {identity.Name} to {identity.Subject}";
        var path = layout.Request(identity.Name);
        return files.Read(path) is { } request && CertificateRequestDocument.Parse(request, path).Subject.Equals(subject)
            ? Finding.Warning($"{deviation}; '{path}' asks for that")
            : Finding.Failed(deviation);
    }

    private void VerifyKubeconfig(string path, string certificatePath, string keyPath)
    {
        Check(path, secret: true, Missing, content =>
        {
            var document = serializer.Read(content, path);
            var judge = new KubeconfigJudge(files, _authorityPem);
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

    /// <summary>Looks at one file and notes what is found; a missing one is noted only if <paramref name="whenMissing"/> says what.</summary>
    private void Check(string path, bool secret, Finding? whenMissing, Func<byte[], Finding> look)
    {
        try
        {
            var finding = files.Read(path) is { } content ? WithMode(look(content), files.Status(path), secret) : whenMissing;
            if (finding is not null)
            {
                Add(path, finding);
            }
        }
        catch (KubePrepException e)
        {
            Add(path, Finding.Failed(e.Message.TrimEnd('.')));
        }
    }

    private Finding WithMode(Finding finding, FileStatus status, bool secret) =>
        finding.Verdict == CheckVerdict.Failed || !_judgesModes ? finding : ModeFault(status, secret)?.With(finding) ?? finding;

    private static Finding? ModeFault(FileStatus status, bool secret) =>
        secret && status.IsOpenToOthers ? Finding.Failed($"its mode is {status.OctalMode}, so that others can use it; 0600 is right")
            : status.Mode.HasFlag(UnixFileMode.OtherWrite) ? Finding.Failed($"its mode is {status.OctalMode}, so that anyone can change it")
            : null;

    private void Add(string path, Finding finding) =>
        _checks.Add(new DeploymentCheck(path, finding.Verdict, finding.Reason is null ? null : PlainText.Printable(finding.Reason), finding.Subject, finding.NotAfter));
}
