using System.Text.Json;
using KubePrep.Pki;
using KubePrep.Users;

namespace KubePrep.Core.Tests;

/// <summary>What openssl and kubectl make of a user's files.</summary>
public sealed class UserComparisonTests : IDisposable
{
    private readonly People _people = new(DateTimeOffset.UtcNow);

    [Theory]
    [InlineData(KeyAlgorithm.EcdsaP256)]
    [InlineData(KeyAlgorithm.Rsa2048)]
    public void Openssl_verifies_the_certificate_for_clients_and_not_for_servers(KeyAlgorithm algorithm)
    {
        Tool.Require("openssl");
        var user = _people.Make("jane@example.com", request => request with { KeyAlgorithm = algorithm });
        Assert.Equal(0, Verify(user, "sslclient"));
        Assert.NotEqual(0, Verify(user, "sslserver"));
        Assert.Equal($"subject=CN = {user.Name}\n", Tool.Run("openssl", "x509", "-noout", "-subject", "-in", user.CertificatePath));
        Assert.Equal($"serial={user.SerialNumber}\n", Tool.Run("openssl", "x509", "-noout", "-serial", "-in", user.CertificatePath));
        Assert.Equal(
            Tool.Run("openssl", "x509", "-noout", "-pubkey", "-in", user.CertificatePath), Tool.Run("openssl", "pkey", "-pubout", "-in", user.KeyPath));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("true")]
    public void Kubectl_reads_the_kubeconfig_with_its_user_context_and_namespace(string? scope)
    {
        Tool.Require("kubectl");
        var user = _people.Make("jane", request => request with { Namespace = scope });
        using var view = JsonDocument.Parse(Tool.Run("kubectl", "--kubeconfig", user.Path, "config", "view", "--minify", "--raw", "-o", "json"));
        var root = view.RootElement;
        Assert.Equal($"{user.Name}@demo", root.GetProperty("current-context").GetString());
        var context = root.GetProperty("contexts")[0].GetProperty("context");
        Assert.Equal(user.Name, context.GetProperty("user").GetString());
        Assert.Equal(scope, context.TryGetProperty("namespace", out var set) ? set.GetString() : null);
        Assert.Equal(Cluster.Server, root.GetProperty("clusters")[0].GetProperty("cluster").GetProperty("server").GetString());
        Assert.Equal(File.ReadAllBytes(_people.Cluster["ssl/ca.pem"]), root.GetProperty("clusters")[0].GetProperty("cluster").GetProperty("certificate-authority-data").GetBytesFromBase64());
        var credentials = root.GetProperty("users")[0].GetProperty("user");
        Assert.Equal(File.ReadAllBytes(user.CertificatePath), credentials.GetProperty("client-certificate-data").GetBytesFromBase64());
        Assert.Equal(File.ReadAllBytes(user.KeyPath), credentials.GetProperty("client-key-data").GetBytesFromBase64());
    }

    /// <summary>
    /// <c>create --dry-run=client -f</c> asks a server for its kinds of objects. <c>set subject --local</c> does not, and reads the file
    /// into the types of the API.
    /// </summary>
    [Theory]
    [InlineData(UserRole.View, null)]
    [InlineData(UserRole.Admin, null)]
    [InlineData(UserRole.Edit, "dev")]
    [InlineData(UserRole.View, "1e3")]
    public void Kubectl_takes_the_manifest_for_the_binding_it_would_make_itself(UserRole role, string? scope)
    {
        Tool.Require("kubectl");
        var user = _people.Make("true@1.5", request => request with { Role = role, Namespace = scope });
        using var read = JsonDocument.Parse(Kubectl("set", "subject", "--local", "-f", user.ManifestPath, "--user", "another", "-o", "json"));
        string[] kind = scope is null ? ["clusterrolebinding"] : ["rolebinding", "-n", scope];
        using var own = JsonDocument.Parse(Kubectl(
            ["create", .. kind, user.BindingName!, "--clusterrole", user.Role!, "--user", user.Name, "--user", "another", "--dry-run=client", "-o", "json"]));

        foreach (var property in new[] { "apiVersion", "kind", "roleRef", "subjects" })
        {
            Assert.True(JsonElement.DeepEquals(own.RootElement.GetProperty(property), read.RootElement.GetProperty(property)), $"{property}: {read.RootElement}");
        }

        var metadata = read.RootElement.GetProperty("metadata");
        Assert.Equal(user.BindingName, metadata.GetProperty("name").GetString());
        Assert.Equal(scope, metadata.TryGetProperty("namespace", out var set) ? set.GetString() : null);
        Assert.Equal("kubeprep", metadata.GetProperty("labels").GetProperty("app.kubernetes.io/managed-by").GetString());
        Assert.Equal(user.NotAfter, metadata.GetProperty("annotations").GetProperty("kubeprep/valid-until").GetDateTime());
    }

    public void Dispose() => _people.Dispose();

    private int Verify(DeployedUser user, string purpose) => Tool.Try(
        "openssl", "", "verify", "-x509_strict", "-purpose", purpose, "-CAfile", _people.Cluster["ssl/ca.pem"], user.CertificatePath).ExitCode;

    private static string Kubectl(params IEnumerable<string> arguments) => Tool.Run("kubectl", ["--kubeconfig", "/dev/null", .. arguments]);
}
