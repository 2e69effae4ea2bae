using System.Security.Cryptography.X509Certificates;
using KubePrep.Pki;

namespace KubePrep.Core.Tests;

public sealed class LifetimeWarningTests : IDisposable
{
    private readonly Cluster _cluster = new();

    [Theory]
    [InlineData("10y", "1y", 0)]
    [InlineData("87601h", "1y", 1)]
    [InlineData("10y", "8761h", 1)]
    [InlineData("100y", "50y", 2)]
    public void Long_lifetimes_are_warned_of_once_each(string authorityLifetime, string lifetime, int warnings)
    {
        var result = _cluster.Deploy(request => request with
        {
            AuthorityLifetime = Lifetime.Parse(authorityLifetime),
            Lifetime = Lifetime.Parse(lifetime),
        });
        Assert.Equal(warnings, result.Warnings.Count);
        _cluster.AssertSound();
        Assert.Empty(_cluster.Changed(_cluster.Deploy()));
    }

    [Fact]
    public void A_leaf_that_would_outlive_its_authority_ends_with_it_and_a_warning()
    {
        var result = _cluster.Deploy(
            request => request with { AuthorityLifetime = Lifetime.Parse("100d"), Lifetime = Lifetime.Parse("200d") });
        Assert.Contains("2030-09-23", Assert.Single(result.Warnings), StringComparison.Ordinal);
        using var authority = X509Certificate2.CreateFromPem(_cluster.Read("ssl/ca.pem"));
        using var leaf = X509Certificate2.CreateFromPem(_cluster.Read("ssl/admin.pem"));
        Assert.Equal(authority.NotAfter, leaf.NotAfter);
        _cluster.AssertSound();
        Assert.Empty(_cluster.Changed(_cluster.Deploy()));
    }

    [Fact]
    public void Lifetimes_of_documents_are_warned_of_when_they_are_used()
    {
        _cluster.Write("ssl/ca-csr.json", """{"CN": "kubernetes-ca", "ca": {"expiry": "876000h"}}""");
        Assert.Contains("876000h", Assert.Single(_cluster.Deploy().Warnings), StringComparison.Ordinal);
        Assert.Empty(_cluster.Deploy().Warnings);
    }

    public void Dispose() => _cluster.Dispose();
}
