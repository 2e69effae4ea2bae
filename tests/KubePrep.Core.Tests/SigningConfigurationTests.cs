using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using KubePrep.Pki;

namespace KubePrep.Core.Tests;

public sealed class SigningConfigurationTests
{
    private const string Typical = """
        {
          "signing": {
            "default": { "expiry": "438000h" },
            "profiles": {
              "kubernetes": { "usages": ["signing", "key encipherment", "server auth", "client auth"], "expiry": "438000h" },
              "kcfg": { "usages": ["signing", "key encipherment", "client auth"], "expiry": "4800h" }
            }
          }
        }
        """;

    [Fact]
    public void Is_made_with_the_two_profiles_of_cfssls_form()
    {
        var made = JsonNode.Parse(SigningConfiguration.Create(Lifetime.Parse("1y"), "ca-config.json").ToBytes());
        Assert.True(JsonNode.DeepEquals(
            JsonNode.Parse("""
                {
                  "signing": {
                    "default": { "expiry": "8760h" },
                    "profiles": {
                      "kubernetes": { "usages": ["signing", "key encipherment", "server auth", "client auth"], "expiry": "8760h" },
                      "kcfg": { "usages": ["signing", "key encipherment", "client auth"], "expiry": "8760h" }
                    }
                  }
                }
                """),
            made));
    }

    [Fact]
    public void Is_written_as_indented_lines_with_a_final_newline()
    {
        var text = Encoding.UTF8.GetString(SigningConfiguration.Create(Lifetime.Parse("1y"), "ca-config.json").ToBytes());
        Assert.StartsWith("{\n  \"signing\": {\n", text, StringComparison.Ordinal);
        Assert.EndsWith("\n}\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Reads_profiles()
    {
        var configuration = Parse(Typical);
        var kubernetes = configuration.Find("kubernetes");
        Assert.Equal("kubernetes", kubernetes.Name);
        Assert.Equal(X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyEncipherment, kubernetes.Usages.KeyUsage);
        Assert.Equal(["1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2"], kubernetes.Usages.ExtendedUsageOids);
        Assert.Equal(Lifetime.Parse("438000h"), kubernetes.Expiry);
        Assert.Equal(TimeSpan.FromMinutes(5), kubernetes.Backdate);
        Assert.Equal(Lifetime.Parse("4800h"), configuration.Find("kcfg").Expiry);
        Assert.Equal(["1.3.6.1.5.5.7.3.2"], configuration.Find("kcfg").Usages.ExtendedUsageOids);
    }

    [Fact]
    public void Finds_keys_in_any_case_as_Go_does()
    {
        var configuration = Parse("""{"Signing": {"DEFAULT": {"Expiry": "2h"}, "Profiles": {"kcfg": {"USAGES": ["signing"], "BackDate": "10m"}}}}""");
        Assert.Equal(Lifetime.Parse("2h"), configuration.Find("kcfg").Expiry);
        Assert.Equal(TimeSpan.FromMinutes(10), configuration.Find("kcfg").Backdate);
    }

    [Fact]
    public void Tells_profiles_apart_by_case_as_Go_does() => Expect.Error(
        ErrorId.UnknownProfile,
        () => Parse("""{"signing": {"profiles": {"KCFG": {"usages": ["signing"], "expiry": "2h"}}}}""").Find("kcfg"));

    [Fact]
    public void Takes_the_expiry_of_the_default_where_a_profile_has_none() => Assert.Equal(
        Lifetime.Parse("3h"),
        Parse("""{"signing": {"default": {"expiry": "3h"}, "profiles": {"kcfg": {"usages": ["signing"], "expiry": ""}}}}""").Find("kcfg").Expiry);

    [Fact]
    public void Refuses_an_unknown_profile_and_names_those_there_are()
    {
        var error = Expect.Error(ErrorId.UnknownProfile, () => Parse(Typical).Find("kubernets"));
        Assert.Contains("'kubernets'", error.Message, StringComparison.Ordinal);
        Assert.Contains("kubernetes, kcfg", error.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_an_unknown_usage() => Assert.Contains(
        "'client  auth'",
        Expect.Error(ErrorId.UnknownUsage, () => Parse(Profile("\"usages\": [\"signing\", \"client  auth\"]"))).Message,
        StringComparison.Ordinal);

    [Theory]
    [InlineData("""[]""", "object")]
    [InlineData("""null""", "object")]
    [InlineData("""{}""", "signing")]
    [InlineData("""{"signing": null}""", "signing")]
    [InlineData("""{"signing": []}""", "signing")]
    [InlineData("""{"signing": {"profiles": []}}""", "profiles")]
    [InlineData("""{"signing": {"profiles": {"kcfg": null}}}""", "kcfg")]
    [InlineData("""{"signing": {"profiles": {"kcfg": {"usages": ["signing"]}}}}""", "expiry")]
    [InlineData("""{"signing": {"default": {"expiry": "1d1"}, "profiles": {"kcfg": {"usages": ["signing"]}}}}""", "expiry")]
    public void Refuses_a_document_without_what_is_needed(string content, string setting) => Assert.Contains(
        setting, Expect.Error(ErrorId.InvalidDocument, () => Parse(content).Find("kcfg")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("\"usages\": []", "usages")]
    [InlineData("\"usages\": [\"signing\"], \"backdate\": \"1h\"", "backdate")]
    [InlineData("\"usages\": \"signing\"", "usages")]
    [InlineData("\"usages\": [1]", "usages")]
    [InlineData("\"usages\": [null]", "usages")]
    [InlineData("\"usages\": [\"signing\"], \"expiry\": 5", "expiry")]
    [InlineData("\"usages\": [\"signing\"], \"expiry\": \"-5h\"", "expiry")]
    [InlineData("\"usages\": [\"signing\"], \"expiry\": \"5m\"", "expiry")]
    [InlineData("\"usages\": [\"signing\"], \"expiry\": \"101y\"", "expiry")]
    [InlineData("\"usages\": [\"signing\"], \"backdate\": \"soon\"", "backdate")]
    [InlineData("\"usages\": [\"signing\"], \"backdate\": \"-5m\"", "backdate")]
    [InlineData("\"usages\": [\"signing\"], \"ca_constraint\": {\"is_ca\": true}", "ca_constraint")]
    [InlineData("\"usages\": [\"signing\"], \"not_before\": \"2020-01-01T00:00:00Z\"", "not_before")]
    [InlineData("\"usages\": [\"signing\"], \"not_after\": \"2020-01-01T00:00:00Z\"", "not_after")]
    [InlineData("\"usages\": [\"signing\"], \"auth_key\": \"x\"", "auth_key")]
    [InlineData("\"usages\": [\"signing\"], \"issuer_urls\": [\"http://x\"]", "issuer_urls")]
    [InlineData("\"usages\": [\"signing\"], \"ocsp_url\": \"http://x\"", "ocsp_url")]
    [InlineData("\"usages\": [\"signing\"], \"crl_url\": \"http://x\"", "crl_url")]
    [InlineData("\"usages\": [\"signing\"], \"name_whitelist\": \".*\"", "name_whitelist")]
    [InlineData("\"usages\": [\"signing\"], \"CRL_URL\": \"http://x\"", "crl_url")]
    public void Refuses_a_profile_that_cannot_be_carried_out(string settings, string named)
    {
        var error = Expect.Error(ErrorId.InvalidDocument, () => Parse(Profile(settings)).Find("kcfg"));
        Assert.Equal("ca-config.json", error.Target);
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"issuer_urls\": []")]
    [InlineData("\"ocsp_url\": \"\"")]
    [InlineData("\"ca_constraint\": {\"is_ca\": false, \"max_path_len\": 0}")]
    [InlineData("\"not_before\": null")]
    public void Takes_what_is_zero_in_Go_for_not_set(string setting) =>
        Assert.Equal(Lifetime.Parse("1h"), Parse(Profile($"\"usages\": [\"signing\"], {setting}")).Find("kcfg").Expiry);

    [Fact]
    public void Takes_a_profile_of_extended_usages_alone_as_cfssl_does()
    {
        var usages = Parse(Profile("\"usages\": [\"client auth\"]")).Find("kcfg").Usages;
        Assert.Equal(X509KeyUsageFlags.None, usages.KeyUsage);
        Assert.Equal(["1.3.6.1.5.5.7.3.2"], usages.ExtendedUsageOids);
    }

    [Fact]
    public void Minds_what_it_cannot_carry_out_only_in_the_profile_that_is_used()
    {
        var configuration = Parse("""
            {"signing": {"default": {"expiry": "1h"}, "profiles": {
              "intermediate": {"usages": ["cert sign"], "ca_constraint": {"is_ca": true}},
              "kcfg": {"usages": ["signing"]}}}}
            """);
        Assert.Equal(Lifetime.Parse("1h"), configuration.Find("kcfg").Expiry);
        Expect.Error(ErrorId.InvalidDocument, () => configuration.Find("intermediate"));
    }

    [Fact]
    public void Sets_the_expiry_of_the_default_and_of_its_own_profiles_and_keeps_everything_else()
    {
        var configuration = Parse("""
            {
              "comment": "kept",
              "auth_keys": { "k": { "type": "standard", "key": "00" } },
              "signing": {
                "default": { "expiry": "5h", "x": 1 },
                "profiles": {
                  "www": { "usages": ["signing"], "expiry": "7h" },
                  "kubernetes": { "usages": ["signing"], "expiry": "5h", "y": [true, null, 1.50] },
                  "kcfg": { "usages": ["signing"] }
                }
              }
            }
            """);
        Assert.True(configuration.SetExpiry(Lifetime.Parse("2y")));
        Assert.True(JsonNode.DeepEquals(
            JsonNode.Parse("""
                {
                  "comment": "kept",
                  "auth_keys": { "k": { "type": "standard", "key": "00" } },
                  "signing": {
                    "default": { "expiry": "17520h", "x": 1 },
                    "profiles": {
                      "www": { "usages": ["signing"], "expiry": "7h" },
                      "kubernetes": { "usages": ["signing"], "expiry": "17520h", "y": [true, null, 1.50] },
                      "kcfg": { "usages": ["signing"], "expiry": "17520h" }
                    }
                  }
                }
                """),
            JsonNode.Parse(configuration.ToBytes())));
        Assert.Equal(Lifetime.Parse("2y"), configuration.Find("kubernetes").Expiry);
        Assert.Equal(Lifetime.Parse("2y"), configuration.Find("kcfg").Expiry);
        Assert.Equal(Lifetime.Parse("7h"), configuration.Find("www").Expiry);
        Assert.False(configuration.SetExpiry(Lifetime.Parse("730d")));
    }

    [Fact]
    public void Sets_the_expiry_where_the_document_writes_its_keys_in_another_case()
    {
        var configuration = Parse("""{"Signing": {"Default": {"Expiry": "5h"}, "Profiles": {"kcfg": {"Usages": ["signing"], "EXPIRY": "5h"}}}}""");
        Assert.True(configuration.SetExpiry(Lifetime.Parse("1y")));
        var written = Encoding.UTF8.GetString(configuration.ToBytes());
        Assert.DoesNotContain("\"5h\"", written, StringComparison.Ordinal);
        Assert.Equal(Lifetime.Parse("1y"), Parse(written).Find("kcfg").Expiry);
    }

    [Theory]
    [InlineData("{", 1)]
    [InlineData("", 1)]
    [InlineData("{\n  \"signing\": {\n    \"default\": {},\n  }\n}", 4)]
    [InlineData("{\n\n\n  'signing': 1\n}", 4)]
    [InlineData("{\n  // a comment\n  \"signing\": {}\n}", 2)]
    [InlineData("{\n  \"signing\": {}\n}\nx", 4)]
    [InlineData("{\n  \"signing\": {\n    \"profiles\": {}\n", 4)]
    public void Names_the_line_of_malformed_JSON(string content, int line) => Assert.Contains(
        $"line {line},", Expect.Error(ErrorId.MalformedJson, () => Parse(content)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("{\n  \"signing\": {},\n  \"signing\": {}\n}")]
    [InlineData("{\n  \"signing\": {},\n  \"Signing\": {}\n}")]
    [InlineData("{\n  \"signing\": {\"default\": {\"expiry\": \"1h\", \"Expiry\": \"2h\"},\n  \"profiles\": {}}\n}")]
    public void Refuses_keys_that_are_there_twice(string content)
    {
        var error = Assert.Throws<KubePrepException>(() => Parse(content));
        Assert.Contains(error.Id, new[] { ErrorId.MalformedJson, ErrorId.InvalidDocument });
        Assert.DoesNotContain("line ,", error.Message, StringComparison.Ordinal);
    }

    private static string Profile(string settings) =>
        $$$$$"""{"signing": {"default": {"expiry": "1h"}, "profiles": {"kcfg": { {{{{{settings}}}}} }}}}""";

    private static SigningConfiguration Parse(string content) => SigningConfiguration.Parse(TestPki.Utf8(content), "ca-config.json");
}
