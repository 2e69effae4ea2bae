using System.Text;
using System.Text.RegularExpressions;
using KubePrep.Kubeconfig;
using KubePrep.Yaml;

namespace KubePrep.Core.Tests;

/// <summary>Edits of kubeconfigs, whose other bytes stay as they are.</summary>
public sealed partial class KubeconfigEditTests
{
    private const string Sample =
        """
        # my clusters
        apiVersion: v1
        kind: Config
        clusters:
          # the first
          - name: one          # prod
            cluster:
                server: "https://127.0.0.1:6443"   # behind the proxy
                certificate-authority-data: "T0xE"   # until 2027
                proxy-url: http://proxy
          # the second
          - cluster: {server: 'https://two', certificate-authority: ca.pem, x-unknown: [1, 2]}
            name: two
        contexts: []
        users:
        - name: u
          user:
            # set by hand
            client-certificate: /home/ada/u.pem
            client-key: /home/ada/u-key.pem
            x-hint: |
              two
              lines
        current-context: ''
        """;

    private readonly KubeconfigYaml _yaml = new();

    [Fact]
    public void Puts_an_authority_in_the_place_of_the_old_one_and_keeps_its_quotes() => Assert.Equal(
        Sample.Replace("T0xE", "TkVX", StringComparison.Ordinal), Edit(Sample, new CertificateAuthorityEdit("one", "NEW"u8.ToArray())));

    [Fact]
    public void Puts_an_authority_in_the_place_of_its_path_in_braces() => Assert.Equal(
        Sample.Replace("certificate-authority: ca.pem", "certificate-authority-data: TkVX", StringComparison.Ordinal),
        Edit(Sample, new CertificateAuthorityEdit("two", "NEW"u8.ToArray())));

    [Fact]
    public void Puts_a_certificate_and_a_key_in_the_places_of_their_paths() => Assert.Equal(
        Sample
            .Replace("client-certificate: /home/ada/u.pem", "client-certificate-data: Q0VSVA==", StringComparison.Ordinal)
            .Replace("client-key: /home/ada/u-key.pem", "client-key-data: S0VZ", StringComparison.Ordinal),
        Edit(Sample, new ClientCertificateEdit("u", "CERT"u8.ToArray(), "KEY"u8.ToArray())));

    [Fact]
    public void Adds_data_where_there_is_none_after_the_last_field() => Assert.Equal(
        "users:\n- user: # mine\n    token: t # comment\n    # end\n    client-certificate-data: QQ==\n    client-key-data: Qg==\n  name: u\n"
            .Replace("    # end\n    client-certificate-data: QQ==\n    client-key-data: Qg==\n", "    client-certificate-data: QQ==\n    client-key-data: Qg==\n    # end\n", StringComparison.Ordinal),
        Edit("users:\n- user: # mine\n    token: t # comment\n    # end\n  name: u\n", new ClientCertificateEdit("u", "A"u8.ToArray(), "B"u8.ToArray())));

    [Theory]
    [InlineData("users:\n- name: u", "users:\n- name: u\n  user:\n    client-certificate-data: QQ==\n    client-key-data: Qg==")]
    [InlineData("users:\r\n- name: u\r\n", "users:\r\n- name: u\r\n  user:\r\n    client-certificate-data: QQ==\r\n    client-key-data: Qg==\r\n")]
    [InlineData("users:\n- name: u\n  user: ~ # none\n", "users:\n- name: u\n  user: # none\n    client-certificate-data: QQ==\n    client-key-data: Qg==\n")]
    [InlineData("users:\n- user:\n  name: u\n", "users:\n- user:\n    client-certificate-data: QQ==\n    client-key-data: Qg==\n  name: u\n")]
    [InlineData("users:\n- user: {}\n  name: u\n", "users:\n- user:\n    client-certificate-data: QQ==\n    client-key-data: Qg==\n  name: u\n")]
    [InlineData("users: [{name: u}]", "users: [{name: u, \"user\": {\"client-certificate-data\": \"QQ==\", \"client-key-data\": \"Qg==\"}}]")]
    [InlineData("users: [{name: u, user: }]", "users: [{name: u, user:  {\"client-certificate-data\": \"QQ==\", \"client-key-data\": \"Qg==\"}}]")]
    [InlineData(
        "users:\n- {name: u, user: {client-key: x, token: t, client-key-data: \"AAAA\", client-certificate: 'y',}}",
        "users:\n- {name: u, user: {token: t, client-key-data: \"Qg==\", client-certificate-data: 'QQ==',}}")]
    [InlineData(
        "{\"users\":[{\"name\":\"u\",\"user\":{\n\t\"token\":\"😀\"\n}}]}",
        "{\"users\":[{\"name\":\"u\",\"user\":{\n\t\"token\":\"😀\",\n\t\"client-certificate-data\": \"QQ==\",\n\t\"client-key-data\": \"Qg==\"\n}}]}")]
    [InlineData(
        "users:\n- name: u\n  user:\n    x: |+\n      text\n\n\n# end",
        "users:\n- name: u\n  user:\n    client-certificate-data: QQ==\n    client-key-data: Qg==\n    x: |+\n      text\n\n\n# end")]
    [InlineData(
        "users:\n- name: u\n  user:\n    client-key: old\n    # of the key\n    client-key-data: |\n      QUFB\n      # not base64, but a part of it\n    token: t",
        "")]
    [InlineData(
        "users:\n- name: u\n  user:\n    client-key: old # path\n    # of the key\n    client-key-data: >-\n      QUFB\n\n    client-certificate-data:\n      QUFB\n    token: t",
        "users:\n- name: u\n  user:\n    # of the key\n    client-key-data: Qg==\n\n    client-certificate-data:\n      QQ==\n    token: t")]
    public void Sets_a_certificate_in_whatever_is_written(string before, string after)
    {
        if (after.Length == 0)
        {
            Expect.Error(ErrorId.MalformedKubeconfig, () => Edit(before, new ClientCertificateEdit("u", "A"u8.ToArray(), "B"u8.ToArray())));
        }
        else
        {
            Assert.Equal(after, Edit(before, new ClientCertificateEdit("u", "A"u8.ToArray(), "B"u8.ToArray())));
        }
    }

    [Theory]
    [InlineData("x: &x\n  token: t\nusers:\n- name: u\n  user: *x\n", "line 5")]
    [InlineData("users:\n- name: u\n  user: &x\n    token: t\n", "line 3")]
    [InlineData("users:\n- &x\n  name: u\n  user:\n    token: t\n", "line 2")]
    [InlineData("users: &x\n- name: u\n  user:\n    token: t\n", "line 1")]
    [InlineData("users:\n- name: u\n  user:\n    client-key-data: &k AAAA\n", "line 4")]
    [InlineData("users:\n- name: u\n  user:\n    client-key: &k AAAA\n", "line 4")]
    [InlineData("x: &x {token: t}\nusers:\n- name: u\n  user:\n    <<: *x\n", "line 5")]
    [InlineData("users:\n- name: u\n  user: !!map\n    token: t\n", "line 3")]
    [InlineData("users:\n- name: u\n  user:\n    ? token\n    : t\n", "line 4")]
    public void Refuses_to_edit_what_stands_for_something_else_too(string before, string place)
    {
        var error = Expect.Error(ErrorId.KubeconfigNotEditable, () => Edit(before, new ClientCertificateEdit("u", [1], [2])));
        Assert.Contains(place, error.Message, StringComparison.Ordinal);
        Assert.Equal("x.kubeconfig", error.Target);
    }

    [Fact]
    public void Leaves_anchors_elsewhere_alone() => Assert.Equal(
        "clusters:\n- name: one\n  cluster: &c {server: x}\n- name: two\n  cluster: *c\nusers:\n- name: u\n  user:\n    client-certificate-data: QQ==\n    client-key-data: Qg==\n",
        Edit(
            "clusters:\n- name: one\n  cluster: &c {server: x}\n- name: two\n  cluster: *c\nusers:\n- name: u\n  user:\n",
            new ClientCertificateEdit("u", "A"u8.ToArray(), "B"u8.ToArray())));

    [Fact]
    public void Names_what_there_is_when_it_cannot_find_a_user()
    {
        var error = Expect.Error(ErrorId.KubeconfigEntryNotFound, () => Edit(Sample, new ClientCertificateEdit("nobody", [1], [2])));
        Assert.Contains("'nobody'", error.Message, StringComparison.Ordinal);
        Assert.Contains("'u'", error.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_a_name_that_is_given_twice() =>
        Expect.Error(
            ErrorId.MalformedKubeconfig,
            () => Edit("users:\n- {name: u, user: {token: a}}\n- {name: u, user: {token: b}}", new ClientCertificateEdit("u", [1], [2])));

    [Fact]
    public void Replaces_embedded_files_and_no_other_byte() => Property.Holds(
        KubeconfigSample.Samples,
        sample =>
        {
            KubeconfigEdit[] edits =
            [
                .. sample.Clusters.Select(name => new CertificateAuthorityEdit(name, "NEW"u8.ToArray())),
                .. sample.Users.Select(name => new ClientCertificateEdit(name, "CERT"u8.ToArray(), "KEY"u8.ToArray())),
            ];
            var result = _yaml.Edit(sample.Content, edits, "x.kubeconfig");
            var read = _yaml.Read(result, "x.kubeconfig");
            Assert.Equal(sample.Clusters, read.Clusters.Select(c => c.Name));
            Assert.All(read.Clusters, cluster => Assert.Equal("NEW"u8.ToArray(), cluster.CertificateAuthorityData!));
            Assert.All(read.Users, user => Assert.Equal("CERT"u8.ToArray(), user.ClientCertificateData!));
            Assert.All(read.Users, user => Assert.Equal("KEY"u8.ToArray(), user.ClientKeyData!));
            Assert.All(read.Clusters, cluster => Assert.DoesNotContain("certificate-authority", cluster.OtherSettings));
            Assert.All(read.Users, user => Assert.DoesNotContain("client-key", user.OtherSettings));
            Assert.Equal(OtherLines(sample.Text), OtherLines(Encoding.UTF8.GetString(result)));
            Assert.Equal(result, _yaml.Edit(result, edits, "x.kubeconfig"));
        },
        cases: 1500);

    /// <summary>What a text holds besides embedded files and paths of files, and the empty braces a stanza without fields may have.</summary>
    private static string OtherLines(string text) => Spaces.Replace(
        EmbeddedFile.Replace(text, ""), "");

    [GeneratedRegex("""(, *)?["']?(certificate-authority|client-certificate|client-key)(-data)?["']? ?: *(>-\s+)?["']?[\w+/=.]+["']?( # comment [^\n\r]*| )?(, *)?""")]
    private static partial Regex EmbeddedFile { get; }

    [GeneratedRegex(@"\s+|, *|\{\}|[{}]")]
    private static partial Regex Spaces { get; }

    private string Edit(string content, params KubeconfigEdit[] edits) =>
        Encoding.UTF8.GetString(_yaml.Edit(Encoding.UTF8.GetBytes(content), edits, "x.kubeconfig"));
}
