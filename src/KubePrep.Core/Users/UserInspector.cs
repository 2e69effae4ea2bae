using System.Security.Cryptography.X509Certificates;
using KubePrep.Deployment;
using KubePrep.Files;
using KubePrep.Kubeconfig;
using KubePrep.Pki;

namespace KubePrep.Users;

/// <summary>Looks at users' files, and changes none.</summary>
internal sealed class UserInspector : IDisposable
{
    private readonly ClusterLayout _layout;
    private readonly FileView _files;
    private readonly IKubeconfigSerializer _kubeconfigs;
    private readonly IRoleBindingSerializer _bindings;
    private readonly DateTimeOffset _now;
    private readonly byte[]? _authorityPem;
    private readonly List<X509Certificate2> _trusted;
    private readonly string? _authorityFault;

    public UserInspector(
        ClusterLayout layout, FileView files, IKubeconfigSerializer kubeconfigs, IRoleBindingSerializer bindings, DateTimeOffset now)
    {
        (_layout, _files, _kubeconfigs, _bindings, _now) = (layout, files, kubeconfigs, bindings, now);
        byte[]? pem = null;
        // users can be listed, and removed, whatever has become of the authority
        (var trusted, _authorityFault) = Read(layout.AuthorityCertificate, content => CertificateFile.ReadAll(pem = content, layout.AuthorityCertificate));
        (_authorityPem, _trusted) = (pem, trusted ?? []);
    }

    /// <summary>What the four files of a user say; null if they are all gone.</summary>
    public ClusterUser? Inspect(UserFiles user)
    {
        if (UserDirectory.PathsOf(user).All(path => _files.Status(path).Kind == FileKind.Missing))
        {
            return null; // somebody has removed them since they were listed
        }

        var (certificate, certificateFault) = Read(user.Certificate, content => CertificateFile.Read(content, user.Certificate));
        var (key, keyFault) = Read(user.Key, content => PrivateKey.ReadPem(content, user.Key));
        var (kubeconfig, kubeconfigFault) = Read(user.Kubeconfig, content => _kubeconfigs.Read(content, user.Kubeconfig));
        var (binding, bindingFault) = Read(user.Manifest, content => _bindings.Read(content, user.Manifest));
        using (certificate)
        using (key)
        {
            var notAfter = certificate?.NotAfter.ToUniversalTime();
            var hasEnded = notAfter <= _now;
            var fault = certificateFault ?? keyFault ?? kubeconfigFault
                ?? (hasEnded ? null : CertificateFault(user, certificate!, key!) ?? KubeconfigFault(user, kubeconfig!))
                ?? bindingFault ?? BindingFault(user, binding!);
            return new ClusterUser
            {
                Name = user.Name,
                Role = binding?.Role,
                Namespace = binding?.Namespace,
                Status = hasEnded ? UserStatus.Expired : fault is null ? UserStatus.Active : UserStatus.Damaged,
                Reason = fault is null ? null : PlainText.Printable(fault),
                SerialNumber = certificate?.SerialNumber,
                NotBefore = certificate?.NotBefore.ToUniversalTime(),
                NotAfter = notAfter,
                DaysLeft = notAfter is { } end ? (int)Math.Floor((end - _now.UtcDateTime).TotalDays) : null,
                BindingName = binding?.Name,
                Path = user.Kubeconfig,
                CertificatePath = user.Certificate,
                KeyPath = user.Key,
                ManifestPath = user.Manifest,
                ClusterDirectory = _layout.ClusterDirectory,
            };
        }
    }

    /// <summary>What the user's manifest says; null if it is missing or cannot be read.</summary>
    public RoleBinding? BindingOf(UserFiles user) => Read(user.Manifest, content => _bindings.Read(content, user.Manifest)).Value;

    public void Dispose() => _trusted.ForEach(certificate => certificate.Dispose());

    private (T? Value, string? Fault) Read<T>(string path, Func<byte[], T> parse)
        where T : class
    {
        try
        {
            return _files.Read(path) is { } content ? (parse(content), null) : (null, $"'{path}' is missing");
        }
        catch (KubePrepException e)
        {
            return (null, e.Message.TrimEnd('.'));
        }
    }

    private string? CertificateFault(UserFiles user, X509Certificate2 certificate, PrivateKey key) =>
        _authorityFault is not null ? $"it cannot be checked by its certificate authority: {_authorityFault}"
        : SubjectName.Read(certificate.SubjectName).CommonName != user.Name ? $"'{user.Certificate}' is for another user"
        : LeafInspection.Fault(certificate, key, _trusted.Find(trusted => CertificateFile.IsSignedBy(certificate, trusted)) ?? _trusted[0], _now) is { } fault
            ? $"of '{user.Certificate}': {fault}"
        : null;

    private string? KubeconfigFault(UserFiles user, KubeconfigDocument kubeconfig) =>
        new KubeconfigJudge(_files, _authorityPem).Judge(kubeconfig, user.Certificate, user.Key) is { Verdict: CheckVerdict.Failed } finding
            ? $"of '{user.Kubeconfig}': {finding.Reason}"
            : null;

    private static string? BindingFault(UserFiles user, RoleBinding binding) =>
        binding.UserNames.Contains(user.Name) ? null : $"'{user.Manifest}' gives its role to others, and not to this user";
}
