using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using KubePrep.Files;

namespace KubePrep.Pki;

/// <summary>The errors that keys, certificates and cfssl's documents cause.</summary>
internal static class PkiErrors
{
    private const string ReplaceAuthority =
        "Or replace it and every certificate it signed with Invoke-KpDeployment -Force (kubeprep deploy --force), which makes a backup first.";

    private const string GiveHorizon = "Write a number and a unit, h, m, s, d, w or y, such as 30d; 0d finds what has ended.";

    public static KubePrepException LifetimeUnreadable(string text) => new(
        ErrorId.InvalidLifetime,
        text,
        $"'{text}' is no lifetime such as 8760h, 90d or 1y.",
        "Write a number and a unit: h, m, s, d, w or y.");

    public static KubePrepException LifetimeOutOfRange(string text) => new(
        ErrorId.InvalidLifetime,
        text,
        $"The lifetime '{text}' is out of range: certificates last from 10 minutes to 100 years.",
        "Give a lifetime such as 90d, 1y or 10y.");

    public static KubePrepException HorizonUnreadable(string text) => new(
        ErrorId.InvalidLifetime,
        text,
        $"'{text}' is no time such as 30d or 720h.",
        GiveHorizon);

    public static KubePrepException HorizonOutOfRange(string text) => new(
        ErrorId.InvalidLifetime,
        text,
        $"The time '{text}' is out of range: from 0 to 100 years can be looked ahead.",
        GiveHorizon);

    public static KubePrepException InvalidSubject(string commonName, string attribute, string why) => new(
        ErrorId.InvalidName,
        commonName,
        $"The subject's {attribute} cannot be used: {why}.",
        "Give another one.");

    public static KubePrepException InvalidHost(string path, string host) => new(
        ErrorId.InvalidDocument,
        path,
        $"'{path}': hosts holds '{host}', which is no DNS name, IP address, e-mail address or URI.",
        "Correct the entry, or remove it.");

    public static KubePrepException MalformedJson(string path, StrictJson.Fault fault) => new(
        ErrorId.MalformedJson,
        path,
        $"'{path}' cannot be read, at line {fault.Line}, column {fault.Column}: {fault.Why}.",
        "Correct it there, or remove the file to have the default one made.");

    public static KubePrepException InvalidDocument(string path, string setting, string why) => new(
        ErrorId.InvalidDocument,
        path,
        setting.Length == 0 ? $"'{path}': {why}." : $"'{path}': the value of '{setting}' cannot be used: {why}.",
        "Correct it, or remove the file to have the default one made.");

    public static KubePrepException UnsupportedKeyRequest(string path, string family, int size) => new(
        ErrorId.InvalidDocument,
        path,
        $"'{path}' asks for a key of algo '{family}' and size {size}, which KubePrep does not make.",
        "Use ecdsa with 256 or 384, or rsa with 2048, 3072 or 4096.");

    public static KubePrepException UnknownProfile(string path, string name, IEnumerable<string> known) => new(
        ErrorId.UnknownProfile,
        path,
        $"'{path}' has no profile '{name}'.",
        $"Add it, or use one of: {string.Join(", ", known)}.");

    public static KubePrepException UnknownUsage(string path, string profile, string usage, IEnumerable<string> known) => new(
        ErrorId.UnknownUsage,
        path,
        $"'{path}': profile '{profile}' names the usage '{usage}', which is none.",
        $"Use some of: {string.Join(", ", known)}.");

    public static KubePrepException MalformedCertificate(string path, string why) => new(
        ErrorId.MalformedCertificate,
        path,
        $"'{path}' cannot be read as a certificate: {why}.",
        "Restore the file from a backup, or move it away to have it made again.");

    public static KubePrepException MalformedKey(string path) => new(
        ErrorId.MalformedKey,
        path,
        $"'{path}' cannot be read as a private key: it holds no PEM block RSA PRIVATE KEY, EC PRIVATE KEY or PRIVATE KEY, or a damaged one.",
        "Restore the file from a backup, or move it away together with its certificate to have both made again.");

    public static KubePrepException EncryptedKey(string path) => new(
        ErrorId.EncryptedKey,
        path,
        $"The private key '{path}' is encrypted.",
        "If it is a certificate authority's, give its passphrase (-CaPassphrase; --ask-ca-passphrase or --ca-passphrase-fd). Any other has to be decrypted into a private file first (umask 077; openssl pkey -in KEY -out KEY.new).");

    public static KubePrepException KeyEncryptedWithoutPkcs8(string path) => new(
        ErrorId.EncryptedKey,
        path,
        $"The private key '{path}' is encrypted in OpenSSL's older way, whose protection is weak.",
        "Put a private file in its place (umask 077): if it is a certificate authority's, one that is encrypted as PKCS#8 (openssl pkcs8 -topk8 -v2 aes-256-cbc -in KEY -out KEY.new); else one that is not (openssl pkey -in KEY -out KEY.new).");

    public static KubePrepException PassphraseWrong(string path) => new(
        ErrorId.PassphraseWrong,
        path,
        $"The passphrase does not open the private key '{path}', or the key is damaged or encrypted in another way than PBES2 with PBKDF2.",
        "Give the right passphrase; whether it is, this tells: openssl pkey -in KEY -noout.");

    public static KubePrepException UnsupportedKey(string path) => new(
        ErrorId.UnsupportedKey,
        path,
        $"The key of '{path}' is neither RSA nor ECDSA on P-256, P-384 or P-521.",
        "Use such a key.");

    public static KubePrepException CertificateAuthorityNotFound(string path) => new(
        ErrorId.CertificateAuthorityNotFound,
        path,
        $"There is no certificate authority: '{path}' does not exist.",
        "Make one first, with New-KpCertificateAuthority or Invoke-KpDeployment (kubeprep deploy), or name the right directory.");

    public static KubePrepException CertificateAuthorityKeyNotFound(string keyPath, string name, string reason) => new(
        ErrorId.CertificateAuthorityKeyNotFound,
        keyPath,
        $"The certificate '{name}' has to be issued ({reason}), and the certificate authority's key '{keyPath}' does not exist.",
        $"Bring the key back for this run. {ReplaceAuthority}");

    public static KubePrepException CertificateAuthorityCertificateNotFound(string path, string keyPath) => new(
        ErrorId.CertificateAuthorityCertificateNotFound,
        path,
        $"There is a certificate authority's key, '{keyPath}', but not its certificate '{path}'.",
        $"Restore the certificate from a backup, or from a kubeconfig's certificate-authority-data; or move the key away. {ReplaceAuthority}");

    public static KubePrepException CertificateAuthorityKeyMismatch(string path, string keyPath) => new(
        ErrorId.CertificateAuthorityKeyMismatch,
        path,
        $"The certificate authority '{path}' and the key '{keyPath}' do not belong together.",
        $"Put the right file in its place. {ReplaceAuthority}");

    public static KubePrepException CertificateAuthorityExpired(string path, X509Certificate2 certificate) => new(
        ErrorId.CertificateAuthorityExpired,
        path,
        $"The certificate authority '{path}' expired at {Utc(certificate.NotAfter)}.",
        $"Look whether this machine's clock is right. {ReplaceAuthority}");

    public static KubePrepException CertificateAuthorityNotYetValid(string path, X509Certificate2 certificate) => new(
        ErrorId.CertificateAuthorityNotYetValid,
        path,
        $"The certificate authority '{path}' is valid only from {Utc(certificate.NotBefore)} on.",
        "Look whether this machine's clock is right, and run the command again.");

    public static KubePrepException NotCertificateAuthority(string path, X509Certificate2 certificate) => new(
        ErrorId.NotCertificateAuthority,
        path,
        $"The certificate '{path}' ({certificate.Subject}) is not that of a certificate authority: it lacks CA:TRUE, or may not sign certificates.",
        $"Put the certificate authority's certificate in its place. {ReplaceAuthority}");

    private static string Utc(DateTime time) =>
        string.Create(CultureInfo.InvariantCulture, $"{time.ToUniversalTime():yyyy-MM-dd HH:mm:ss} UTC");
}
