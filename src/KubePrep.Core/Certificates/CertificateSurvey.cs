using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using KubePrep.Deployment;
using KubePrep.Files;
using KubePrep.Kubeconfig;
using KubePrep.Pki;

namespace KubePrep.Certificates;

/// <summary>
/// Collects certificates, and says of each whether it is what belongs in its places. What cannot be read is noted, and keeps nothing else
/// from being read.
/// </summary>
internal sealed class CertificateSurvey(IKubeconfigSerializer serializer) : IDisposable
{
    private const string Pem = ".pem";
    private const string Kubeconfig = ".kubeconfig";
    private const string KeySuffix = "-key.pem";

    /// <summary>Below a directory with certificates, where kubeadm puts others: <c>/etc/kubernetes/pki</c> and <c>pki/etcd</c>.</summary>
    private static readonly string[] Subdirectories = ["pki", "etcd"];

    private readonly List<FoundCertificate> _found = [];
    private readonly Dictionary<string, FoundCertificate> _foundByHash = [];
    private readonly List<KubePrepException> _errors = [];

    /// <summary>The certificates, in the order in which they were found.</summary>
    public IReadOnlyList<FoundCertificate> Found => _found;

    /// <summary>What could not be read.</summary>
    public IReadOnlyList<KubePrepException> Errors => _errors;

    /// <summary>Collects the certificates of a cluster's directory.</summary>
    public void AddCluster(string directory) => Add(directory, "cluster directory", path => AddCluster(
        Directory.Exists(path) ? ClusterLayout.Of(path)
        : File.Exists(path) ? throw CertificateErrors.IsFile(path)
        : throw DeploymentErrors.ClusterDirectoryNotFound(path)));

    /// <summary>Collects the certificates of a PEM file or kubeconfig, or of a directory, which may be a cluster's.</summary>
    public void AddPath(string path) => Add(path, "path", full =>
    {
        if (!Directory.Exists(full))
        {
            AddAlone(full);
        }
        else if (ClusterLayout.Of(full) is var layout && File.Exists(layout.AuthorityCertificate))
        {
            AddCluster(layout);
        }
        else
        {
            AddDirectory(full);
        }
    });

    public void Dispose() => _found.ForEach(found => found.Dispose());

    /// <summary>Adds one of the places that were given. That nothing is in it is an error, so that nobody watches the wrong place.</summary>
    private void Add(string path, string what, Action<string> add) => Try(() =>
    {
        PathRules.Require(path, what);
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        var (places, errors) = (_found.Sum(found => found.Places), _errors.Count);
        add(full);
        if (_found.Sum(found => found.Places) == places && _errors.Count == errors)
        {
            throw CertificateErrors.NoCertificate(full);
        }
    });

    private void AddCluster(ClusterLayout layout)
    {
        var files = new[] { layout.SslDirectory, layout.UsersDirectory }
            .SelectMany(directory => List(directory, Pem))
            .OrderByDescending(path => path == layout.AuthorityCertificate) // the authority first, the others as they are
            .ToDictionary(path => path, path => ReadPem(path));
        var judge = new ClusterJudge(layout, files);
        foreach (var (path, certificates) in files)
        {
            judge.JudgeFile(path, certificates);
            Belong(certificates);
        }

        foreach (var path in new[] { layout.ClusterDirectory, layout.SslDirectory, layout.UsersDirectory }.SelectMany(directory => List(directory, Kubeconfig)))
        {
            if (ReadKubeconfig(path) is { } kubeconfig)
            {
                judge.JudgeKubeconfig(kubeconfig);
                Belong(kubeconfig.All);
            }
        }

        void Belong(IEnumerable<FoundCertificate> certificates)
        {
            foreach (var certificate in certificates)
            {
                certificate.BelongTo(layout);
            }
        }
    }

    /// <summary>Adds what a directory holds that is not laid out as a cluster's; keys, and settings of other programs, are passed over.</summary>
    private void AddDirectory(string directory)
    {
        var found = new List<FoundCertificate>();
        string[] level = [directory];
        while (level.Length > 0)
        {
            foreach (var path in level.SelectMany(d => List(d, Pem, ".crt")))
            {
                found.AddRange(ReadPem(path, passesKeys: true));
            }

            foreach (var kubeconfig in level.SelectMany(d => List(d, Kubeconfig, ".conf")).Select(path => ReadKubeconfig(path, passesOthers: true)))
            {
                kubeconfig?.JudgeContexts();
                found.AddRange(kubeconfig?.All ?? []);
            }

            level = [.. level.SelectMany(d => Subdirectories.Select(name => Path.Join(d, name))).Where(Directory.Exists)];
        }

        FoundCertificate.JudgeByName(found, $"in '{directory}'");
    }

    private void AddAlone(string path)
    {
        if (FileContent.LooksLikeKubeconfig(LinkedFile.Read(path) ?? throw CertificateErrors.PathNotFound(path), path))
        {
            ReadKubeconfig(path)?.JudgeContexts();
        }
        else
        {
            FoundCertificate.JudgeByName(ReadPem(path), $"in '{path}'");
        }
    }

    /// <summary>The certificates of a PEM file; none if it cannot be read, or holds only keys and that is as it should be.</summary>
    private List<FoundCertificate> ReadPem(string path, bool passesKeys = false) => Try(path, content =>
    {
        if (passesKeys && FileContent.HoldsOtherPem(content))
        {
            return [];
        }

        List<FoundCertificate> found =
        [
            .. CertificateFile.ReadAll(content, path).Select(certificate => Note(certificate, Path.GetFileNameWithoutExtension(path), path, isEmbedded: false)),
        ];
        if (KeyBeside.Fault(found[0].Certificate, path, content) is { } fault)
        {
            found[0].Blame(fault);
        }

        return found;
    }) ?? [];

    /// <summary>What a kubeconfig embeds; null if it cannot be read, or is none and that is as it should be.</summary>
    private FoundKubeconfig? ReadKubeconfig(string path, bool passesOthers = false) => Try(path, content =>
    {
        if (passesOthers && !FileContent.LooksLikeKubeconfig(content, path))
        {
            return null;
        }

        var document = serializer.Read(content, path);
        var authorities = document.Clusters.ToLookup(cluster => cluster.Name, cluster => ReadEmbedded(cluster.CertificateAuthorityData, path, cluster.Name));
        var clients = document.Users.ToLookup(user => user.Name, user => ReadClient(user, path));
        return new FoundKubeconfig(
            path,
            [.. authorities.Concat(clients).SelectMany(named => named.SelectMany(certificates => certificates))],
            [.. document.Contexts.Select(context => Of(context.Cluster, context.User))],
            document.Current is var (cluster, user) ? Of(cluster.Name, user.Name) : null);

        EmbeddedPair Of(string cluster, string user) => new(authorities[cluster].FirstOrDefault([]), clients[user].FirstOrDefault([]));
    });

    private IReadOnlyList<FoundCertificate> ReadClient(KubeconfigUser user, string path)
    {
        var found = ReadEmbedded(user.ClientCertificateData, path, user.Name);
        if (user.ClientKeyData is { } key)
        {
            if (found is [var first, ..] && KeyBeside.IsOfAnother(first.Certificate, key, path))
            {
                first.Blame($"the key that '{path}' embeds beside it does not match it");
            }

            CryptographicOperations.ZeroMemory(key);
        }

        return found;
    }

    private IReadOnlyList<FoundCertificate> ReadEmbedded(byte[]? pem, string path, string owner)
    {
        if (pem is null)
        {
            return [];
        }

        try
        {
            return [.. CertificateFile.ReadAll(pem, path).Select(certificate => Note(certificate, $"{Path.GetFileName(path)} ({owner})", path, isEmbedded: true))];
        }
        catch (KubePrepException e)
        {
            _errors.Add(CertificateErrors.Embedded(path, owner, e));
            return [];
        }
    }

    /// <summary>Notes a certificate and a place it is in.</summary>
    private FoundCertificate Note(X509Certificate2 certificate, string name, string path, bool isEmbedded)
    {
        var hash = certificate.GetCertHashString(HashAlgorithmName.SHA256);
        if (_foundByHash.TryGetValue(hash, out var known))
        {
            certificate.Dispose();
            known.FoundAgain(name, path, isEmbedded);
            return known;
        }

        var found = new FoundCertificate(certificate, name, path, isEmbedded);
        _foundByHash.Add(hash, found);
        _found.Add(found);
        return found;
    }

    /// <summary>The files of a directory with one of these extensions, but for those of keys; none if it cannot be read.</summary>
    private List<string> List(string directory, params IReadOnlyList<string> extensions)
    {
        var paths = new List<string>();
        Try(() => paths.AddRange(LinkedFile.List(directory, extensions).Where(path => !path.EndsWith(KeySuffix, StringComparison.Ordinal))));
        return paths;
    }

    /// <summary>Looks at a file's content, which may hold a key and is cleared; null if it cannot be read.</summary>
    private T? Try<T>(string path, Func<byte[], T?> look)
        where T : class
    {
        T? result = null;
        Try(() =>
        {
            var content = LinkedFile.Read(path) ?? throw CertificateErrors.PathNotFound(path);
            try
            {
                result = look(content);
            }
            finally
            {
                CryptographicOperations.ZeroMemory(content);
            }
        });
        return result;
    }

    private void Try(Action work)
    {
        try
        {
            work();
        }
        catch (KubePrepException e)
        {
            _errors.Add(e);
        }
    }
}
