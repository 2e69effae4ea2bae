using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace KubePrep.Pki;

/// <summary>A private key, RSA or ECDSA.</summary>
internal sealed class PrivateKey : IDisposable
{
    private const string RsaAlgorithmOid = "1.2.840.113549.1.1.1";
    private const string EcAlgorithmOid = "1.2.840.10045.2.1";

    /// <summary>The iterations that OWASP asks for where a passphrase is the only protection (Password Storage Cheat Sheet, 2023).</summary>
    private static readonly PbeParameters Encryption = new(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, iterationCount: 600_000);

    private readonly AsymmetricAlgorithm _key;

    private PrivateKey(AsymmetricAlgorithm key) => _key = key;

    private static ReadOnlySpan<byte> EncryptedLabel => "ENCRYPTED PRIVATE KEY"u8;

    public KeySpecification Specification => KeySpecification.Of(_key);

    public PublicKey PublicKey => new(_key);

    public static PrivateKey Generate(KeyAlgorithm algorithm)
    {
        var specification = KeySpecification.Of(algorithm);
        if (specification.Family == KeySpecification.Ecdsa)
        {
            return new PrivateKey(ECDsa.Create(specification.Size == 256 ? ECCurve.NamedCurves.nistP256 : ECCurve.NamedCurves.nistP384));
        }

        var rsa = RSA.Create(specification.Size);
        rsa.ExportRSAPublicKey(); // .NET makes the key when it is first used; here is where threads share the work
        return new PrivateKey(rsa);
    }

    /// <summary>Whether a file holds a key that is encrypted, as PKCS#8 (RFC 5958) or in the older way of OpenSSL.</summary>
    public static bool IsEncrypted(ReadOnlySpan<byte> pem) =>
        pem.IndexOf("-----BEGIN ENCRYPTED PRIVATE KEY-----"u8) >= 0 || IsEncryptedWithoutPkcs8(pem);

    /// <summary>Reads a key that may be encrypted, and, as far as it is known, belongs to a certificate.</summary>
    /// <param name="pem">The file's bytes.</param>
    /// <param name="path">The file, for messages.</param>
    /// <param name="passphrase">Opens an encrypted key; any other is read without it.</param>
    /// <param name="publicKey">The certificate's key, which tells the likely kind of an encrypted one.</param>
    /// <exception cref="KubePrepException">As for <see cref="ReadPem(ReadOnlySpan{byte}, string)"/>, or the passphrase does not open it
    /// (<see cref="ErrorId.PassphraseWrong"/>).</exception>
    public static PrivateKey ReadPem(ReadOnlySpan<byte> pem, string path, Secret? passphrase, PublicKey publicKey) =>
        passphrase is not null && Pem.Decode(pem, EncryptedLabel) is [var der] ? Decrypt(der, path, passphrase, publicKey) : ReadPem(pem, path);

    /// <summary>Reads a key from PEM: PKCS#1, SEC1 or PKCS#8, whatever else the file holds.</summary>
    /// <param name="pem">The file's bytes.</param>
    /// <param name="path">The file, for messages.</param>
    /// <exception cref="KubePrepException">
    /// The key is encrypted (<see cref="ErrorId.EncryptedKey"/>), of another kind (<see cref="ErrorId.UnsupportedKey"/>) or not there
    /// or damaged (<see cref="ErrorId.MalformedKey"/>).
    /// </exception>
    public static PrivateKey ReadPem(ReadOnlySpan<byte> pem, string path)
    {
        if (IsEncrypted(pem))
        {
            throw IsEncryptedWithoutPkcs8(pem) ? PkiErrors.KeyEncryptedWithoutPkcs8(path) : PkiErrors.EncryptedKey(path);
        }

        var rest = pem;
        while (PemEncoding.TryFindUtf8(rest, out var fields))
        {
            var body = rest[fields.Base64Data];
            var label = rest[fields.Label];
            if (label.SequenceEqual("RSA PRIVATE KEY"u8) || label.SequenceEqual("EC PRIVATE KEY"u8) || label.SequenceEqual("PRIVATE KEY"u8))
            {
                return Decode(label, body, fields.DecodedDataLength, path);
            }

            rest = rest[fields.Location.End..];
        }

        throw PkiErrors.MalformedKey(path);
    }

    /// <summary>
    /// The key as cfssl writes it: PKCS#1 for RSA, SEC1 for ECDSA, 64 columns, with a final newline. The caller clears it.
    /// </summary>
    public byte[] ToPem()
    {
        var der = _key is RSA rsa ? rsa.ExportRSAPrivateKey() : ((ECDsa)_key).ExportECPrivateKey();
        try
        {
            return Pem.Encode(_key is RSA ? "RSA PRIVATE KEY"u8 : "EC PRIVATE KEY"u8, der);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(der);
        }
    }

    /// <summary>The key as encrypted PKCS#8 (PBES2: PBKDF2 with HMAC-SHA-256, then AES-256-CBC), which openssl opens too.</summary>
    /// <param name="passphrase">What opens it.</param>
    public byte[] ToEncryptedPem(Secret passphrase) => WithCharacters(
        passphrase,
        characters => Pem.Encode(EncryptedLabel, _key.ExportEncryptedPkcs8PrivateKey(characters, Encryption)));

    public bool Matches(X509Certificate2 certificate) =>
        PublicKey.ExportSubjectPublicKeyInfo().AsSpan().SequenceEqual(certificate.PublicKey.ExportSubjectPublicKeyInfo());

    public X509SignatureGenerator CreateSignatureGenerator() => _key is RSA rsa
        ? X509SignatureGenerator.CreateForRSA(rsa, RSASignaturePadding.Pkcs1)
        : X509SignatureGenerator.CreateForECDsa((ECDsa)_key);

    public void Dispose() => _key.Dispose();

    /// <summary>Whether a file holds a key that is encrypted in the older way of OpenSSL, which no passphrase helps here.</summary>
    public static bool IsEncryptedWithoutPkcs8(ReadOnlySpan<byte> pem) => pem.IndexOf("\nProc-Type: 4,ENCRYPTED"u8) >= 0;

    /// <summary>Opens a key of the certificate's kind, or else of the other, as it may be somebody else's.</summary>
    private static PrivateKey Decrypt(byte[] der, string path, Secret passphrase, PublicKey publicKey)
    {
        Func<AsymmetricAlgorithm>[] kinds = publicKey.Oid.Value == RsaAlgorithmOid ? [RSA.Create, ECDsa.Create] : [ECDsa.Create, RSA.Create];
        foreach (var create in kinds)
        {
            try
            {
                var key = WithCharacters(passphrase, characters => Import(create(), k => k.ImportEncryptedPkcs8PrivateKey(characters, der, out _)));
                return key.Specification.IsSupported ? key : throw PkiErrors.UnsupportedKey(path);
            }
            catch (Exception e) when (e is CryptographicException or AsnContentException)
            {
                // .NET does not say whether it was the passphrase or the kind
            }
        }

        throw PkiErrors.PassphraseWrong(path);
    }

    /// <summary>Lends out a passphrase as characters, which is how .NET takes it for every way of encryption, and clears them.</summary>
    private static T WithCharacters<T>(Secret passphrase, Func<char[], T> use)
    {
        var characters = GC.AllocateArray<char>(Encoding.UTF8.GetCharCount(passphrase.Text), pinned: true);
        try
        {
            Encoding.UTF8.GetChars(passphrase.Text, characters);
            return use(characters);
        }
        finally
        {
            Array.Clear(characters);
        }
    }

    private static PrivateKey Decode(ReadOnlySpan<byte> label, ReadOnlySpan<byte> base64, int length, string path)
    {
        var der = GC.AllocateArray<byte>(length, pinned: true);
        try
        {
            Pem.DecodeBase64(base64, der);
            var format = label.SequenceEqual("PRIVATE KEY"u8) ? Pkcs8Algorithm(der) : "";
            var key = format switch
            {
                RsaAlgorithmOid => Import(RSA.Create(), k => k.ImportPkcs8PrivateKey(der, out _)),
                EcAlgorithmOid => Import(ECDsa.Create(), k => k.ImportPkcs8PrivateKey(der, out _)),
                "" when label.StartsWith("RSA"u8) => Import(RSA.Create(), k => k.ImportRSAPrivateKey(der, out _)),
                "" => Import(ECDsa.Create(), k => k.ImportECPrivateKey(der, out _)),
                _ => throw PkiErrors.UnsupportedKey(path),
            };
            return key.Specification.IsSupported ? key : throw PkiErrors.UnsupportedKey(path);
        }
        catch (PlatformNotSupportedException)
        {
            throw PkiErrors.UnsupportedKey(path);
        }
        catch (Exception e) when (e is CryptographicException or AsnContentException)
        {
            // the cause is not handed on: it says nothing a user could act on, and must never quote the key
            throw PkiErrors.MalformedKey(path);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(der);
        }
    }

    private static PrivateKey Import<T>(T key, Action<T> read)
        where T : AsymmetricAlgorithm
    {
        try
        {
            read(key);
            return new PrivateKey(key);
        }
        catch
        {
            key.Dispose();
            throw;
        }
    }

    /// <summary>The algorithm of a PKCS#8 PrivateKeyInfo (RFC 5208, section 5).</summary>
    private static string Pkcs8Algorithm(byte[] der)
    {
        var info = new AsnReader(der, AsnEncodingRules.BER).ReadSequence();
        info.ReadInteger();
        return info.ReadSequence().ReadObjectIdentifier();
    }
}
