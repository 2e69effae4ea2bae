using KubePrep.Pki;
using KubePrep.Renewal;

namespace KubePrep.Core.Tests;

/// <summary>The phases of changing a cluster's certificate authority, by whom OpenSSL's servers and clients accept.</summary>
public sealed class AuthorityChangeTlsTests : IDisposable
{
    private static readonly AuthorityPhase[] Phases = Enum.GetValues<AuthorityPhase>();
    private readonly Cluster _cluster = new(DateTimeOffset.UtcNow);

    [Theory]
    [InlineData(KeyAlgorithm.EcdsaP256, KeyAlgorithm.EcdsaP256)]
    [InlineData(KeyAlgorithm.Rsa2048, KeyAlgorithm.EcdsaP384)]
    [InlineData(KeyAlgorithm.EcdsaP256, KeyAlgorithm.Rsa2048)]
    public void What_was_made_in_one_phase_works_with_the_ones_before_and_after(KeyAlgorithm old, KeyAlgorithm @new)
    {
        Tool.Require("openssl");
        _cluster.Deploy(request => request with { KeyAlgorithm = old });
        AssertEachWorksWithTheNext(request => request with { KeyAlgorithm = @new });
    }

    [Fact]
    public void An_authority_without_a_key_identifier_can_be_changed_too()
    {
        Tool.Require("openssl");
        Directory.CreateDirectory(_cluster["ssl"]);
        Tool.Run(
            "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "3000", "-subj", "/O=ours/CN=our ca",
            "-addext", "subjectKeyIdentifier=none", "-addext", "authorityKeyIdentifier=none",
            "-keyout", _cluster["ssl/ca-key.pem"], "-out", _cluster["ssl/ca.pem"]);
        _cluster.Clock.Now = DateTimeOffset.UtcNow; // it is valid from now on
        _cluster.Deploy();
        AssertEachWorksWithTheNext();
    }

    public void Dispose() => _cluster.Dispose();

    /// <summary>Takes all phases, and expects what was made before, in and after each to work with what was made in the ones beside it.</summary>
    private void AssertEachWorksWithTheNext(Func<AuthorityChangeRequest, AuthorityChangeRequest>? prepare = null)
    {
        var stages = new List<string> { Keep("before") };
        foreach (var phase in Phases)
        {
            _cluster.Change(phase, phase == AuthorityPhase.Prepare ? prepare : null);
            stages.Add(Keep(phase.ToString()));
        }

        foreach (var version in new[] { "-tls1_2", "-tls1_3" })
        {
            for (var client = 0; client < stages.Count; client++)
            {
                for (var server = 0; server < stages.Count; server++)
                {
                    var isExpected = Math.Abs(client - server) <= 1;
                    if (isExpected || Math.Abs(client - server) == stages.Count - 1)
                    {
                        Assert.True(
                            TlsConnection.IsAccepted(stages[client], stages[server], version) == isExpected,
                            $"{version}: client of {stages[client]} at server of {stages[server]}");
                    }
                }
            }
        }
    }

    /// <summary>A copy of the cluster as it is.</summary>
    private string Keep(string name)
    {
        var copy = Path.Join(_cluster.Surroundings.Path, name);
        Tool.Run("cp", "-a", _cluster.Directory, copy);
        return copy;
    }
}
