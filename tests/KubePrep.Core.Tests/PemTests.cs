using System.Text;
using FsCheck.Fluent;
using KubePrep.Pki;

namespace KubePrep.Core.Tests;

public sealed class PemTests
{
    [Fact]
    public void Is_read_back_as_it_was_written() => Property.Holds(ArbMap.Default.GeneratorFor<byte[]>(), der =>
        Assert.Equal(der, Assert.Single(Pem.Decode(Pem.Encode("CERTIFICATE"u8, der), "CERTIFICATE"u8))));

    [Fact]
    public void Has_lines_of_64_columns_and_a_final_newline()
    {
        var text = Encoding.ASCII.GetString(Pem.Encode("EC PRIVATE KEY"u8, new byte[100]));
        Assert.Equal(
            $"-----BEGIN EC PRIVATE KEY-----\n{new string('A', 64)}\n{new string('A', 64)}\n{new string('A', 6)}==\n-----END EC PRIVATE KEY-----\n",
            text);
    }

    [Fact]
    public void Is_found_among_other_text_and_other_blocks_with_any_line_ends()
    {
        var file = """
            Certificate:
                Data: not PEM
            -----BEGIN X-----
            AAAA
            -----END X-----
            -----BEGIN CERTIFICATE-----
            AQ==
            -----END CERTIFICATE-----
            between
            -----BEGIN CERTIFICATE-----
            AgID
            BAUG
            -----END CERTIFICATE-----
            """;
        foreach (var text in new[] { file, file.Replace("\n", "\r\n", StringComparison.Ordinal) })
        {
            var blocks = Pem.Decode(Encoding.ASCII.GetBytes(text), "CERTIFICATE"u8);
            Assert.Equal<byte[]>([[1], [2, 2, 3, 4, 5, 6]], blocks);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("-----BEGIN CERTIFICATE-----")]
    [InlineData("-----BEGIN CERTIFICATE-----\nAQ==\n-----END X-----")]
    [InlineData("-----BEGIN CERTIFICATE-----\nA!==\n-----END CERTIFICATE-----")]
    [InlineData("AQ==")]
    public void Is_not_found_where_there_is_none(string text) => Assert.Empty(Pem.Decode(Encoding.ASCII.GetBytes(text), "CERTIFICATE"u8));
}
