using System.Buffers.Text;
using System.Security.Cryptography;

namespace KubePrep.Pki;

/// <summary>PEM (RFC 7468) as bytes: no string ever holds a key, and the final newline that Go's tools write is there.</summary>
internal static class Pem
{
    public static byte[] Encode(ReadOnlySpan<byte> label, ReadOnlySpan<byte> der)
    {
        var size = PemEncoding.GetEncodedSize(label.Length, der.Length);
        var pem = GC.AllocateArray<byte>(size + 1, pinned: true);
        if (!PemEncoding.TryWriteUtf8(label, der, pem, out _))
        {
            throw new InvalidOperationException($"PEM of {size} bytes did not fit");
        }

        pem[^1] = (byte)'\n';
        return pem;
    }

    /// <summary>Decodes a PEM body into a buffer of exactly its length.</summary>
    /// <exception cref="CryptographicException">It is not base64.</exception>
    public static void DecodeBase64(ReadOnlySpan<byte> base64, Span<byte> destination)
    {
        if (Base64.DecodeFromUtf8(base64, destination, out _, out var written) != System.Buffers.OperationStatus.Done
            || written != destination.Length)
        {
            throw new CryptographicException("The PEM body is not base64.");
        }
    }

    /// <summary>The bodies of every block with the given label, in the order of the file.</summary>
    public static List<byte[]> Decode(ReadOnlySpan<byte> pem, ReadOnlySpan<byte> label)
    {
        var blocks = new List<byte[]>();
        while (PemEncoding.TryFindUtf8(pem, out var fields))
        {
            if (pem[fields.Label].SequenceEqual(label))
            {
                var der = new byte[fields.DecodedDataLength];
                DecodeBase64(pem[fields.Base64Data], der);
                blocks.Add(der);
            }

            pem = pem[fields.Location.End..];
        }

        return blocks;
    }
}
