using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using KubePrep.Files;
using KubePrep.Kubeconfig;
using KubePrep.Pki;

namespace KubePrep.Deployment;

/// <summary>Carries a plan out: makes keys and certificates, stages every file, verifies the staged set and commits it.</summary>
internal sealed class PlanExecutor(DeploymentPlan plan, PlanContext context, IKubeconfigSerializer serializer, RunOptions options) : IDisposable
{
    private const int KeysPercent = 80;
    private readonly Dictionary<LeafPlan, CertificatePair> _issued = [];
    private CertificateAuthority? _newAuthority;

    private CertificateAuthority Authority => _newAuthority ?? plan.Authority.Existing!;

    public DeploymentReport Execute(FileTransaction transaction)
    {
        Issue();
        options.CancellationToken.ThrowIfCancellationRequested();
        Report("Writing files", KeysPercent);
        Stage(transaction);
        Verify(transaction);
        options.CancellationToken.ThrowIfCancellationRequested();
        foreach (var (path, mode) in context.LooseFiles(plan))
        {
            RegularFile.SetMode(path, mode);
        }

        transaction.BackUpReplaced(context.Now);
        transaction.Commit();
        return new DeploymentReport(plan, whatIf: false)
        {
            AuthorityCertificate = Authority.Certificate,
            LeafCertificates = plan.Leaves.ToDictionary(leaf => leaf, leaf => Pair(leaf).Certificate),
        };
    }

    public void Dispose()
    {
        foreach (var pair in _issued.Values)
        {
            pair.Dispose();
        }

        _newAuthority?.Dispose();
    }

    /// <summary>What kubeconfigs embed.</summary>
    private byte[] AuthorityPem => plan.Bundle?.Content(Authority) ?? Authority.Pem;

    private CertificatePair Pair(LeafPlan leaf) => leaf.Kept ?? _issued[leaf];

    private void Issue()
    {
        var leaves = plan.Leaves.Where(leaf => leaf.Kept is null).ToList();
        var algorithms = leaves.Where(leaf => leaf.KeyKept is null).Select(leaf => leaf.Wanted!.Algorithm).ToList();
        if (plan.Authority.Wanted is { } wanted)
        {
            algorithms.Add(wanted.Algorithm);
        }

        var keys = GenerateKeys(algorithms);
        if (plan.Authority.Wanted is not null)
        {
            var certificate = CertificateIssuer.IssueAuthority(plan.Authority.Wanted, keys[^1], context.Now);
            _newAuthority = new CertificateAuthority([certificate], CertificateFile.Encode(certificate), keys[^1]);
        }

        var next = 0;
        foreach (var leaf in leaves)
        {
            var key = leaf.KeyKept?.Key ?? keys[next++];
            var certificate = CertificateIssuer.IssueLeaf(leaf.Wanted!, key.PublicKey, Authority, context.Now);
            _issued.Add(leaf, new CertificatePair(certificate, CertificateFile.Encode(certificate), key, leaf.KeyKept?.KeyPem ?? key.ToPem()));
        }
    }

    /// <summary>
    /// RSA keys take seconds, so that every core makes some, and one in the making does not hold up a cancellation; ECDSA keys are made
    /// before a thread would have started.
    /// </summary>
    private PrivateKey[] GenerateKeys(List<KeyAlgorithm> algorithms)
    {
        if (algorithms.TrueForAll(a => KeySpecification.Of(a).Family == KeySpecification.Ecdsa))
        {
            return [.. algorithms.Select(PrivateKey.Generate)];
        }

        Report("Making keys", 0);
        var keys = algorithms.Select(algorithm => Task.Run(() => PrivateKey.Generate(algorithm), options.CancellationToken)).ToList();
        for (var done = 0; done < keys.Count; done++)
        {
            keys[done].Wait(options.CancellationToken);
            Report("Making keys", KeysPercent * (done + 1) / keys.Count);
        }

        return [.. keys.Select(key => key.GetAwaiter().GetResult())];
    }

    /// <summary>Stages documents, then keys, then certificates, then kubeconfigs: the order in which they are renamed into place.</summary>
    private void Stage(FileTransaction transaction)
    {
        foreach (var (path, document, action) in plan.Documents)
        {
            if (action.IsNeeded)
            {
                transaction.Stage(path, document.ToBytes(), FileTransaction.PublicMode);
            }
        }

        if (_newAuthority is not null)
        {
            StageSecret(
                transaction,
                plan.Authority.KeyPath,
                options.CaPassphrase is { } passphrase ? _newAuthority.Key!.ToEncryptedPem(passphrase) : _newAuthority.Key!.ToPem());
        }

        foreach (var (leaf, pair) in _issued.Where(issued => issued.Key.KeyAction.IsNeeded))
        {
            transaction.Stage(leaf.KeyPath, pair.KeyPem, FileTransaction.SecretMode);
        }

        foreach (var file in plan.Files.Where(file => file.Action.IsNeeded))
        {
            transaction.Stage(file.Path, file.Content, file.IsSecret ? FileTransaction.SecretMode : FileTransaction.PublicMode);
        }

        if (_newAuthority is not null)
        {
            transaction.Stage(plan.Authority.CertificatePath, _newAuthority.Pem, FileTransaction.PublicMode);
        }

        if (plan.Bundle is { Action.IsNeeded: true } bundle)
        {
            transaction.Stage(bundle.Path, AuthorityPem, FileTransaction.PublicMode);
        }

        foreach (var (leaf, pair) in _issued)
        {
            transaction.Stage(leaf.CertificatePath, pair.CertificatePem, FileTransaction.PublicMode);
        }

        StageKubeconfigs(transaction);
        plan.Removals.ForEach(transaction.Remove);
        WriteLedger(transaction);
    }

    private void StageKubeconfigs(FileTransaction transaction)
    {
        foreach (var kubeconfig in plan.Kubeconfigs.Where(k => k.Action.IsNeeded))
        {
            var pair = Pair(kubeconfig.Leaf);
            var document = kubeconfig.Target.Fill(AuthorityPem, pair.CertificatePem, pair.KeyPem, kubeconfig.Namespace);
            StageSecret(transaction, kubeconfig.Target.Path, serializer.Write(document));
        }

        foreach (var update in plan.Updates.Where(u => u.Action.IsNeeded))
        {
            var edits = update.Edits(AuthorityPem, leaf => (Pair(leaf).CertificatePem, Pair(leaf).KeyPem));
            StageSecret(transaction, update.Path, serializer.Edit(update.Content, edits, update.Path));
        }
    }

    private void WriteLedger(FileTransaction transaction)
    {
        var lines = _issued.Select(issued => Line(issued.Value.Certificate, issued.Key.CertificatePath, issued.Key.Action));
        if (_newAuthority is not null)
        {
            lines = lines.Prepend(Line(_newAuthority.Certificate, plan.Authority.CertificatePath, plan.Authority.Action));
        }

        if (string.Concat(lines) is { Length: > 0 } text)
        {
            transaction.Append(context.Layout.Ledger, text);
        }
    }

    private string Line(X509Certificate2 certificate, string path, FileAction action) => CertificateLedger.Line(
        certificate, Authority.Certificate, Path.GetRelativePath(context.Layout.SslDirectory, path), action.Reason!, context.Now);

    private static void StageSecret(FileTransaction transaction, string path, byte[] content)
    {
        transaction.Stage(path, content, FileTransaction.SecretMode);
        CryptographicOperations.ZeroMemory(content);
    }

    private void Verify(FileTransaction transaction)
    {
        using var verifier = new DeploymentVerifier(context with { Files = transaction.View }, serializer);
        if (verifier.Verify(plan).FirstOrDefault(check => check.Verdict == CheckVerdict.Failed) is { } failed)
        {
            throw DeploymentErrors.VerificationFailed(failed.Path, failed.Reason!);
        }
    }

    private void Report(string step, int percent) => options.Progress?.Report(new DeploymentProgress(step, percent));
}
