using KubePrep.Deployment;
using KubePrep.Pki;
using KubePrep.Renewal;
using KubePrep.Yaml;

namespace KubePrep.Core.Tests;

public sealed class AuthorityChangeTests : IDisposable
{
    private static readonly AuthorityPhase[] Phases = [AuthorityPhase.Prepare, AuthorityPhase.Switch, AuthorityPhase.Finish];
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
        _cluster.Deploy();
        AssertEachWorksWithTheNext();
    }

    /// <summary>Takes all phases, and expects what was made before, in and after each to work with what was made in the ones beside it.</summary>
    private void AssertEachWorksWithTheNext(Func<AuthorityChangeRequest, AuthorityChangeRequest>? prepare = null)
    {
        var stages = new List<string> { Keep("before") };
        foreach (var phase in Phases)
        {
            Change(phase, phase == AuthorityPhase.Prepare ? prepare : null);
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

    [Fact]
    public void Each_phase_can_be_taken_again_and_be_checked()
    {
        _cluster.Deploy();
        foreach (var phase in Phases)
        {
            Assert.NotEmpty(_cluster.Changed(Change(phase)));
            Assert.DoesNotContain(_cluster.Engine.Verify(_cluster.Directory), check => check.Verdict == CheckVerdict.Failed);
            var before = DirectoryListing.Of(_cluster.Directory);
            var again = Change(phase);
            Assert.Empty(_cluster.Changed(again));
            Assert.Empty(again.Warnings);
            Assert.Empty(_cluster.Changed(_cluster.Deploy())); // between the phases a deploy finds nothing to do
            Assert.Equal(before, DirectoryListing.Of(_cluster.Directory));
        }

        _cluster.AssertSound();
        Assert.False(File.Exists(_cluster["ssl/ca-next.pem"]) || File.Exists(_cluster["ssl/ca-next-key.pem"]));
    }

    [Fact]
    public void The_first_certificate_of_the_bundle_is_the_one_that_signs()
    {
        Tool.Require("openssl");
        _cluster.Deploy();
        var old = _cluster.Read("ssl/ca.pem");
        Change(AuthorityPhase.Prepare);
        var next = _cluster.Read("ssl/ca-next.pem");
        Assert.Equal(old + next, _cluster.Read("ssl/ca.pem"));
        Change(AuthorityPhase.Switch);
        Assert.Equal(next + old, _cluster.Read("ssl/ca.pem"));
        Assert.Equal(
            Tool.Run("openssl", "x509", "-in", _cluster["ssl/ca.pem"], "-noout", "-pubkey"),
            Tool.Run("openssl", "pkey", "-in", _cluster["ssl/ca-key.pem"], "-pubout"));
        Change(AuthorityPhase.Finish);
        Assert.Equal(next, _cluster.Read("ssl/ca.pem"));
        Tool.Run("openssl", "verify", "-CAfile", _cluster["ssl/ca.pem"], _cluster["ssl/admin.pem"]);
    }

    [Fact]
    public void A_phase_out_of_turn_is_refused_and_writes_nothing()
    {
        _cluster.Deploy();
        AssertRefused(ErrorId.AuthorityChangeNotPrepared, AuthorityPhase.Switch);
        Assert.Empty(_cluster.Changed(Change(AuthorityPhase.Finish)));
        Change(AuthorityPhase.Prepare);
        AssertRefused(ErrorId.AuthorityChangeNotSwitched, AuthorityPhase.Finish);
        Expect.Error(ErrorId.AuthorityChangeInProgress, () => _cluster.Deploy(request => request with { Force = true }));
        Change(AuthorityPhase.Switch);
        AssertRefused(ErrorId.AuthorityChangeInProgress, AuthorityPhase.Prepare);
    }

    [Fact]
    public void A_preview_says_the_same_and_writes_nothing()
    {
        _cluster.Deploy();
        foreach (var phase in Phases)
        {
            var before = DirectoryListing.Of(_cluster.Directory);
            var preview = Change(phase, options: new RunOptions { WhatIf = true });
            Assert.Equal(before, DirectoryListing.Of(_cluster.Directory));
            Assert.Equal(_cluster.Changed(preview), _cluster.Changed(Change(phase)));
        }
    }

    [Fact]
    public void Kubeconfigs_keep_all_else_and_those_of_other_clusters_are_left()
    {
        _cluster.Deploy();
        _cluster.Write("kubectl.kubeconfig", "# mine\n" + _cluster.Read("kubectl.kubeconfig").Replace("    server:", "    proxy-url: http://proxy # near\n    server:", StringComparison.Ordinal));
        using var other = new Cluster();
        other.Deploy();
        _cluster.Write("other.kubeconfig", other.Read("kubectl.kubeconfig"));
        Array.ForEach(Phases, phase => Change(phase));
        var kubeconfig = _cluster.Read("kubectl.kubeconfig");
        Assert.StartsWith("# mine\n", kubeconfig, StringComparison.Ordinal);
        Assert.Contains("    proxy-url: http://proxy # near\n", kubeconfig, StringComparison.Ordinal);
        Assert.Equal(other.Read("kubectl.kubeconfig"), _cluster.Read("other.kubeconfig"));
    }

    [Fact]
    public void A_certificate_whose_key_is_elsewhere_holds_up_the_last_phase()
    {
        _cluster.Deploy();
        File.Delete(_cluster["ssl/admin-key.pem"]);
        Change(AuthorityPhase.Prepare);
        Change(AuthorityPhase.Switch);
        Assert.Contains("admin.pem", AssertRefused(ErrorId.AuthorityChangeNotSwitched, AuthorityPhase.Finish).Message, StringComparison.Ordinal);
        _cluster.Deploy();
        Change(AuthorityPhase.Finish);
        _cluster.AssertSound();
    }

    [Fact]
    public void The_ledger_names_everything_that_was_issued_and_the_backup_holds_what_was_replaced()
    {
        _cluster.Deploy();
        var key = _cluster.Read("ssl/ca-key.pem");
        Array.ForEach(Phases, phase => Change(phase));
        Assert.Equal(5 + 1 + 4, File.ReadAllLines(_cluster["ssl/issued.jsonl"]).Length);
        Assert.Contains(Directory.GetFiles(_cluster["backup"], "ca-key.pem", SearchOption.AllDirectories), path => File.ReadAllText(path) == key);
    }

    [Fact]
    public void What_has_to_be_restarted_is_said()
    {
        _cluster.Deploy();
        Assert.All(Phases, phase => Assert.Contains(Change(phase).Warnings, warning => warning.Contains("restart kube-apiserver", StringComparison.Ordinal)));
    }

    public void Dispose() => _cluster.Dispose();

    private DeploymentResult Change(
        AuthorityPhase phase, Func<AuthorityChangeRequest, AuthorityChangeRequest>? change = null, RunOptions? options = null)
    {
        var request = new AuthorityChangeRequest(_cluster.Directory, phase);
        return new RenewalEngine(new KubeconfigYaml(), _cluster.Clock).ChangeAuthority(change?.Invoke(request) ?? request, options ?? new RunOptions());
    }

    private KubePrepException AssertRefused(ErrorId id, AuthorityPhase phase) =>
        Expect.ErrorWithoutTrace(id, _cluster.Directory, () => Change(phase));

    /// <summary>A copy of the cluster as it is.</summary>
    private string Keep(string name)
    {
        var copy = Path.Join(_cluster.Surroundings.Path, name);
        Tool.Run("cp", "-a", _cluster.Directory, copy);
        return copy;
    }
}
