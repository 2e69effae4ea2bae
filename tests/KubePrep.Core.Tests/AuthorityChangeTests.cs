using System.Text;
using System.Text.Json;
using KubePrep.Deployment;
using KubePrep.Pki;
using KubePrep.Renewal;

namespace KubePrep.Core.Tests;

/// <summary>The phases of changing a cluster's certificate authority, by what they leave on the disk.</summary>
public sealed class AuthorityChangeTests : IDisposable
{
    private static readonly string[] LeafCertificates = [.. Cluster.Identities.Select(name => $"ssl/{name}.pem")];
    private static readonly AuthorityPhase[] Phases = Enum.GetValues<AuthorityPhase>();

    private readonly Cluster _cluster = new();

    public AuthorityChangeTests() => _cluster.Deploy();

    [Fact]
    public void Prepare_makes_an_authority_and_has_both_trusted_while_the_old_one_signs()
    {
        var old = _cluster.Contents();

        var result = _cluster.Change(AuthorityPhase.Prepare);

        Assert.Equal(["ssl/ca-next.pem", "ssl/ca-next-key.pem", "ssl/ca.pem", .. Cluster.Kubeconfigs.Order(StringComparer.Ordinal)], _cluster.Changed(result));
        Assert.Equal(old["ssl/ca.pem"] + _cluster.Read("ssl/ca-next.pem"), _cluster.Read("ssl/ca.pem"));
        Assert.Equal(old["ssl/ca-key.pem"], _cluster.Read("ssl/ca-key.pem"));
        Assert.All(LeafCertificates, path => Assert.Equal(old[path], _cluster.Read(path)));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_cluster["ssl/ca-next-key.pem"]));
        AssertEveryKubeconfigTrusts("ssl/ca.pem");
        using var next = _cluster.Certificate("ssl/ca-next.pem");
        using var current = _cluster.Certificate("ssl/ca.pem");
        Assert.Equal(current.SubjectName.RawData, next.SubjectName.RawData);
        Assert.NotEqual(current.GetPublicKey(), next.GetPublicKey());
        AssertVerdicts("-Phase Switch comes next");
        AssertRestarts(result);
        Tool.Require("openssl");
        _cluster.AssertVerifiedByOpenSsl("ssl/ca.pem", LeafCertificates);
        _cluster.AssertRefusedByOpenSsl("ssl/ca-next.pem", "ssl/admin.pem");
    }

    [Fact]
    public void Switch_has_the_next_authority_sign_everything_while_both_are_trusted()
    {
        _cluster.Change(AuthorityPhase.Prepare);
        var prepared = _cluster.Contents();
        _cluster.Surroundings.Write("old.pem", _cluster.Read("ssl/ca.pem").Replace(_cluster.Read("ssl/ca-next.pem"), "", StringComparison.Ordinal));

        var result = _cluster.Change(AuthorityPhase.Switch);

        Assert.Equal(
            ["ssl/ca.pem", "ssl/ca-key.pem", .. Cluster.LeafFiles, "ssl/ca-next.pem", "ssl/ca-next-key.pem"],
            _cluster.Changed(result).OrderBy(path => path.StartsWith("ssl/ca-next", StringComparison.Ordinal) ? int.MaxValue : Cluster.Files.ToList().IndexOf(path)));
        Assert.Equal(DeploymentStatus.Removed, _cluster.FileOf(result, "ssl/ca-next-key.pem").Status);
        Assert.False(File.Exists(_cluster["ssl/ca-next.pem"]));
        Assert.False(File.Exists(_cluster["ssl/ca-next-key.pem"]));
        Assert.Equal(prepared["ssl/ca-next.pem"] + File.ReadAllText(_cluster.Surroundings["old.pem"]), _cluster.Read("ssl/ca.pem"));
        Assert.Equal(prepared["ssl/ca-next-key.pem"], _cluster.Read("ssl/ca-key.pem"));
        AssertEveryKubeconfigTrusts("ssl/ca.pem");
        AssertVerdicts("-Phase Finish comes next");
        AssertRestarts(result);
        foreach (var path in LeafCertificates)
        {
            Assert.Equal(IdentityOf(prepared[path]), IdentityOf(_cluster.Read(path)));
            Assert.NotEqual(prepared[path.Replace(".pem", "-key.pem", StringComparison.Ordinal)], _cluster.Read(path.Replace(".pem", "-key.pem", StringComparison.Ordinal)));
        }

        Tool.Require("openssl");
        _cluster.AssertVerifiedByOpenSsl("ssl/ca.pem", LeafCertificates);
        Assert.NotEqual(0, Tool.Try("openssl", "", "verify", "-attime", "1907749217", "-CAfile", _cluster.Surroundings["old.pem"], _cluster["ssl/admin.pem"]).ExitCode);
    }

    [Fact]
    public void Finish_leaves_a_sound_cluster_that_trusts_the_new_authority_alone()
    {
        var old = _cluster.Contents();
        _cluster.Change(AuthorityPhase.Prepare);
        var next = _cluster.Read("ssl/ca-next.pem");
        _cluster.Change(AuthorityPhase.Switch);

        var result = _cluster.Change(AuthorityPhase.Finish);

        Assert.Equal(["ssl/ca.pem", .. Cluster.Kubeconfigs.Order(StringComparer.Ordinal)], _cluster.Changed(result));
        Assert.Equal(next, _cluster.Read("ssl/ca.pem"));
        AssertEveryKubeconfigTrusts("ssl/ca.pem");
        AssertRestarts(result);
        _cluster.AssertSound();
        Assert.Empty(_cluster.Changed(_cluster.Deploy()));
        Tool.Require("openssl");
        _cluster.Write("old-admin.pem", old["ssl/admin.pem"]);
        _cluster.AssertVerifiedByOpenSsl("ssl/ca.pem", LeafCertificates);
        _cluster.AssertRefusedByOpenSsl("ssl/ca.pem", "old-admin.pem");
    }

    [Fact]
    public void Each_phase_taken_again_finds_nothing_to_do_and_touches_nothing()
    {
        foreach (var phase in Phases)
        {
            _cluster.Change(phase);
            _cluster.Clock.Now += TimeSpan.FromDays(1);
            var before = DirectoryListing.Of(_cluster.Directory);
            var result = _cluster.Change(phase);
            Assert.Empty(_cluster.Changed(result));
            Assert.Empty(result.Warnings);
            Assert.Equal(before, DirectoryListing.Of(_cluster.Directory));
        }
    }

    [Theory]
    [InlineData(AuthorityPhase.Prepare)]
    [InlineData(AuthorityPhase.Switch)]
    public void A_phase_taken_again_brings_a_restored_kubeconfig_up_to_date(AuthorityPhase last)
    {
        var old = _cluster.Read("kube-proxy.kubeconfig");
        foreach (var phase in Phases.Where(phase => phase <= last))
        {
            _cluster.Change(phase);
        }

        _cluster.Write("kube-proxy.kubeconfig", old);
        Assert.Equal(["kube-proxy.kubeconfig"], _cluster.Changed(_cluster.Change(last)));
        Assert.Equal(File.ReadAllBytes(_cluster["ssl/ca.pem"]), Assert.Single(_cluster.Kubeconfig("kube-proxy.kubeconfig").Clusters).CertificateAuthorityData!);
    }

    [Fact]
    public void Phases_out_of_their_order_are_refused_and_nothing_is_touched()
    {
        AssertRefused(ErrorId.AuthorityChangeNotPrepared, AuthorityPhase.Switch);
        Assert.Empty(_cluster.Changed(_cluster.Change(AuthorityPhase.Finish))); // there is no old one to drop
        _cluster.Change(AuthorityPhase.Prepare);
        AssertRefused(ErrorId.AuthorityChangeNotSwitched, AuthorityPhase.Finish);
        _cluster.Change(AuthorityPhase.Switch);
        AssertRefused(ErrorId.AuthorityChangeInProgress, AuthorityPhase.Prepare);
        _cluster.Change(AuthorityPhase.Finish);
        AssertRefused(ErrorId.AuthorityChangeNotPrepared, AuthorityPhase.Switch);
        _cluster.Change(AuthorityPhase.Prepare);
    }

    [Fact]
    public void A_change_follows_another_and_everything_stays_sound()
    {
        for (var round = 0; round < 3; round++)
        {
            Array.ForEach(Phases, phase => _cluster.Change(phase));
            _cluster.AssertSound();
            _cluster.Clock.Now += TimeSpan.FromDays(1);
        }

        Assert.Single(_cluster.Ledger().Select(line => JsonDocument.Parse(line).RootElement).GroupBy(line => line.GetProperty("serialNumber").GetString()).Select(group => group.Count()).Distinct());
    }

    [Fact]
    public void What_if_says_the_same_rows_and_changes_nothing()
    {
        _cluster.WriteUser("jane", "90d");
        foreach (var phase in Phases)
        {
            var before = DirectoryListing.Of(_cluster.Directory);
            var preview = _cluster.Change(phase, options: new RunOptions { WhatIf = true });
            Assert.Equal(before, DirectoryListing.Of(_cluster.Directory));
            var result = _cluster.Change(phase);
            Assert.Equal(
                result.Files.Select(file => (file.Path, file.GetType(), Planned(file.Status), file.Reason)),
                preview.Files.Select(file => (file.Path, file.GetType(), file.Status, file.Reason)));
            Assert.Equal(result.Warnings, preview.Warnings);
            Assert.DoesNotContain(preview.Files, file => file.Status is DeploymentStatus.Created or DeploymentStatus.Replaced or DeploymentStatus.Removed);
        }
    }

    [Fact]
    public void Each_phase_backs_up_what_it_replaces_and_removes()
    {
        foreach (var phase in Phases)
        {
            var before = _cluster.Contents();
            _cluster.Clock.Now += TimeSpan.FromMinutes(1);
            var result = _cluster.Change(phase);
            var backup = _cluster[$"backup/{_cluster.Clock.Now.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}"];
            var lost = result.Files.Where(file => file.Status is DeploymentStatus.Replaced or DeploymentStatus.Removed)
                .Select(file => Path.GetRelativePath(_cluster.Directory, file.Path)).ToList();
            Assert.NotEmpty(lost);
            Assert.Equal(
                lost.Order(StringComparer.Ordinal),
                Directory.GetFiles(backup, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(backup, path)).Order(StringComparer.Ordinal));
            Assert.All(lost, path => Assert.Equal(before[path], File.ReadAllText(Path.Join(backup, path))));
        }
    }

    [Fact]
    public void The_ledger_tells_every_certificate_of_a_change_once_and_keeps_its_older_lines()
    {
        var deployed = _cluster.Ledger();
        Assert.Equal(5, deployed.Count);
        _cluster.Change(AuthorityPhase.Prepare);
        using (var next = _cluster.Certificate("ssl/ca-next.pem"))
        {
            var line = JsonDocument.Parse(_cluster.Ledger()[^1]).RootElement;
            Assert.Equal(
                (next.SerialNumber, next.SerialNumber, "ca-next.pem"),
                (line.GetProperty("serialNumber").GetString(), line.GetProperty("issuerSerialNumber").GetString(), line.GetProperty("file").GetString()));
        }

        _cluster.Change(AuthorityPhase.Switch);
        _cluster.Change(AuthorityPhase.Finish);
        var lines = _cluster.Ledger();
        Assert.Equal(10, lines.Count);
        Assert.Equal(deployed, lines.Take(5));
        using var authority = _cluster.Certificate("ssl/ca.pem");
        Assert.All(lines.Skip(6), line => Assert.Equal(authority.SerialNumber, JsonDocument.Parse(line).RootElement.GetProperty("issuerSerialNumber").GetString()));
    }

    [Fact]
    public void A_kubeconfig_is_edited_only_where_it_embeds_this_cluster()
    {
        using var other = new Cluster();
        other.Deploy();
        var foreign = Convert.ToBase64String(File.ReadAllBytes(other["ssl/ca.pem"]));
        _cluster.Write("ssl/kubectl.kubeconfig", $"""
            # two clusters of mine
            apiVersion: v1
            kind: Config
            clusters:
            - cluster: {"{"}server: "https://127.0.0.1:6443", certificate-authority-data: {Embedded("ssl/ca.pem")}{"}"} # ours
              name: ours
            - name: theirs # not ours
              cluster:
                server: https://198.51.100.1:6443
                certificate-authority-data: {foreign}
            contexts:
            - context:
                cluster: ours
                user: me
              name: a
            current-context: a
            users:
            - name: me
              user:
                client-certificate-data: {Embedded("ssl/admin.pem")}
                client-key-data: {Embedded("ssl/admin-key.pem")}
            - name: token
              user:
                token: abc
            """);
        foreach (var phase in Phases)
        {
            var before = _cluster.Read("ssl/kubectl.kubeconfig");
            var (authority, certificate, key) = (Embedded("ssl/ca.pem"), Embedded("ssl/admin.pem"), Embedded("ssl/admin-key.pem"));
            _cluster.Change(phase);
            Assert.Equal(
                before.Replace(authority, Embedded("ssl/ca.pem"), StringComparison.Ordinal)
                    .Replace(certificate, Embedded("ssl/admin.pem"), StringComparison.Ordinal)
                    .Replace(key, Embedded("ssl/admin-key.pem"), StringComparison.Ordinal),
                _cluster.Read("ssl/kubectl.kubeconfig"));
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Authorities_of_others_stay_trusted_beside_this_ones(bool theyComeFirst)
    {
        using var other = new Cluster();
        other.Deploy();
        var theirs = other.Read("ssl/ca.pem");
        var both = theyComeFirst ? theirs + _cluster.Read("ssl/ca.pem") : _cluster.Read("ssl/ca.pem") + theirs;
        _cluster.WriteSecret("lb.kubeconfig", TestPki.Utf8(_cluster.Read("kubectl.kubeconfig").Replace(
            Embedded("ssl/ca.pem"), Convert.ToBase64String(TestPki.Utf8(both)), StringComparison.Ordinal)));
        Assert.Empty(_cluster.Changed(_cluster.Change(AuthorityPhase.Finish))); // nothing has begun
        foreach (var phase in Phases)
        {
            Assert.Contains("lb.kubeconfig", _cluster.Changed(_cluster.Change(phase)));
            var trusted = Assert.Single(_cluster.Kubeconfig("lb.kubeconfig").Clusters).CertificateAuthorityData!;
            Assert.Equal(_cluster.Read("ssl/ca.pem") + theirs, Encoding.UTF8.GetString(trusted));
            Assert.Empty(_cluster.Changed(_cluster.Change(phase)));
        }
    }

    [Fact]
    public void A_user_whose_certificate_lasts_for_centuries_is_no_hindrance()
    {
        Tool.Require("openssl");
        _cluster.WriteUser("jane", "90d");
        var request = _cluster.Surroundings["jane.csr"];
        Tool.Run("openssl", "req", "-new", "-key", _cluster["ssl/users/jane-key.pem"], "-subj", "/O=developers/CN=jane", "-out", request);
        Tool.Run(
            "openssl", "x509", "-req", "-in", request, "-CA", _cluster["ssl/ca.pem"], "-CAkey", _cluster["ssl/ca-key.pem"],
            "-days", "100000", "-out", _cluster["ssl/users/jane.pem"]);
        _cluster.WriteKubeconfig("ssl/users/jane.kubeconfig", "ssl/users/jane", "demo", "jane");
        Array.ForEach(Phases, phase => _cluster.Change(phase));
        using var authority = _cluster.Certificate("ssl/ca.pem");
        using var jane = _cluster.Certificate("ssl/users/jane.pem");
        Assert.Equal(authority.NotAfter, jane.NotAfter);
    }

    [Fact]
    public void A_kubeconfig_that_trusts_another_authority_or_is_none_is_left_untouched()
    {
        using var other = new Cluster();
        other.Deploy();
        File.Copy(other["kubectl.kubeconfig"], _cluster["other.kubeconfig"]);
        _cluster.Write("files.kubeconfig", "apiVersion: v1\nkind: Config\nclusters:\n- cluster:\n    certificate-authority: ssl/ca.pem\n    server: https://x\n  name: a\n");
        _cluster.Write("broken.kubeconfig", "clusters: [");
        string[] untouched = ["other.kubeconfig", "files.kubeconfig", "broken.kubeconfig"];
        var before = untouched.Select(_cluster.Read).ToList();
        foreach (var phase in Phases)
        {
            var result = _cluster.Change(phase);
            Assert.Contains(result.Warnings, warning => warning.Contains("broken.kubeconfig", StringComparison.Ordinal));
            Assert.DoesNotContain(result.Files, file => untouched.Any(name => file.Path == _cluster[name]));
        }

        Assert.Equal(before, untouched.Select(_cluster.Read));
    }

    [Fact]
    public void A_user_keeps_the_end_of_the_access_that_was_given_and_one_that_has_ended_is_left()
    {
        _cluster.WriteUser("gone", "2h");
        _cluster.WriteUser("jane", "90d");
        _cluster.Clock.Now += TimeSpan.FromDays(10);
        var (jane, gone) = (_cluster.Read("ssl/users/jane.pem"), _cluster.Read("ssl/users/gone.pem"));
        _cluster.Change(AuthorityPhase.Prepare);
        _cluster.Clock.Now += TimeSpan.FromDays(1.01);
        var result = _cluster.Change(AuthorityPhase.Switch);

        Assert.Equal(gone, _cluster.Read("ssl/users/gone.pem"));
        Assert.Equal(DeploymentStatus.Replaced, _cluster.FileOf(result, "ssl/users/jane.kubeconfig").Status);
        using var old = System.Security.Cryptography.X509Certificates.X509Certificate2.CreateFromPem(jane);
        using var @new = _cluster.Certificate("ssl/users/jane.pem");
        Assert.InRange(old.NotAfter - @new.NotAfter, TimeSpan.Zero, TimeSpan.FromMinutes(1));
        Assert.NotEqual(old.SerialNumber, @new.SerialNumber);
        Assert.Equal(File.ReadAllBytes(_cluster["ssl/users/jane.pem"]), _cluster.Kubeconfig("ssl/users/jane.kubeconfig").Users[0].ClientCertificateData!);
        _cluster.Change(AuthorityPhase.Finish);
        Assert.Equal(
            [_cluster["ssl/users/gone.pem"]],
            _cluster.Engine.Verify(_cluster.Directory).Where(check => check.Verdict != CheckVerdict.Good).Select(check => check.Path));
    }

    [Fact]
    public void A_user_with_minutes_left_gets_at_most_minutes()
    {
        _cluster.WriteUser("jane", "90d");
        using var old = _cluster.Certificate("ssl/users/jane.pem");
        _cluster.Change(AuthorityPhase.Prepare);
        _cluster.Clock.Now = new DateTimeOffset(old.NotAfter.ToUniversalTime()) - TimeSpan.FromSeconds(30);
        _cluster.Change(AuthorityPhase.Switch);
        using var @new = _cluster.Certificate("ssl/users/jane.pem");
        Assert.InRange(@new.NotAfter - old.NotAfter, -TimeSpan.FromMinutes(1), Lifetime.Minimum);
    }

    [Fact]
    public void A_certificate_whose_key_is_elsewhere_is_named_at_the_switch_and_holds_up_the_finish()
    {
        _cluster.WriteLeaf("ssl/etcd", TestPki.Leaf(SubjectName.Of("etcd")));
        _cluster.Delete("ssl/etcd-key.pem");
        var etcd = _cluster.Read("ssl/etcd.pem");
        _cluster.Change(AuthorityPhase.Prepare);
        Assert.Contains(_cluster.Change(AuthorityPhase.Switch).Warnings, warning => warning.Contains("etcd.pem", StringComparison.Ordinal));
        Assert.Equal(etcd, _cluster.Read("ssl/etcd.pem"));
        Assert.Contains("etcd.pem", AssertRefused(ErrorId.AuthorityChangeNotSwitched, AuthorityPhase.Finish).Message, StringComparison.Ordinal);
        File.Move(_cluster["ssl/etcd.pem"], _cluster.Surroundings["etcd.pem"]);
        _cluster.Change(AuthorityPhase.Finish);
    }

    [Fact]
    public void A_file_with_its_chain_is_named_at_the_switch_and_holds_up_the_finish()
    {
        _cluster.WriteLeaf("ssl/etcd", TestPki.Leaf(SubjectName.Of("etcd")));
        _cluster.Write("ssl/etcd.pem", _cluster.Read("ssl/etcd.pem") + _cluster.Read("ssl/ca.pem"));
        _cluster.Change(AuthorityPhase.Prepare);
        Assert.Contains(_cluster.Change(AuthorityPhase.Switch).Warnings, warning => warning.Contains("etcd.pem", StringComparison.Ordinal));
        AssertRefused(ErrorId.AuthorityChangeNotSwitched, AuthorityPhase.Finish);
    }

    [Fact]
    public void A_client_certificate_that_only_a_kubeconfig_holds_holds_up_the_finish()
    {
        _cluster.WriteLeaf("ssl/robot", TestPki.Leaf(SubjectName.Of("robot")));
        _cluster.WriteKubeconfig("robot.kubeconfig", "ssl/robot", "demo", "robot");
        _cluster.Delete("ssl/robot.pem", "ssl/robot-key.pem");
        _cluster.Change(AuthorityPhase.Prepare);
        _cluster.Change(AuthorityPhase.Switch);
        Assert.Contains("robot.kubeconfig", AssertRefused(ErrorId.AuthorityChangeNotSwitched, AuthorityPhase.Finish).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-sha224")]
    [InlineData("-sha1")]
    [InlineData("-sha256", "bom")]
    [InlineData("-sha256", "subca")]
    public void What_the_old_authority_signed_in_a_way_that_is_not_judged_is_named_and_holds_up_the_finish(string hash, string kind = "")
    {
        Tool.Require("openssl");
        _cluster.SignByOpenSsl("ssl/etcd", hash, kind == "subca" ? "basicConstraints=critical,CA:TRUE" : "basicConstraints=CA:FALSE");
        _cluster.Write("ssl/etcd.pem", (kind == "bom" ? "\uFEFF" : "") + _cluster.Read("ssl/etcd.pem"));
        _cluster.Change(AuthorityPhase.Prepare);
        Assert.Contains(
            _cluster.Change(AuthorityPhase.Switch).Warnings,
            warning => warning.StartsWith($"The old authority signed '{_cluster["ssl/etcd.pem"]}'", StringComparison.Ordinal));
        Assert.Contains("etcd.pem", AssertRefused(ErrorId.AuthorityChangeNotSwitched, AuthorityPhase.Finish).Message, StringComparison.Ordinal);
        _cluster.SignByOpenSsl("ssl/etcd", hash, "basicConstraints=CA:FALSE", "authorityKeyIdentifier=keyid");
        _cluster.Change(AuthorityPhase.Finish);
    }

    [Fact]
    public void A_file_that_cannot_be_judged_and_names_another_authority_or_none_holds_up_nothing()
    {
        using var other = new Cluster();
        other.Deploy();
        _cluster.Write("ssl/theirs.pem", "\uFEFF" + other.Read("ssl/admin.pem"));
        _cluster.Write("ssl/notes.pem", "this is no certificate");
        _cluster.Write("ssl/damaged.pem", "-----BEGIN CERTIFICATE-----\n!\n-----END CERTIFICATE-----\n");
        Array.ForEach(Phases, phase => _cluster.Change(phase));
        Assert.Equal(1, CertificateCount("ssl/ca.pem"));
    }

    [Fact]
    public void A_certificate_of_another_authority_is_left_untouched_without_a_word()
    {
        using var other = new Cluster();
        other.Deploy();
        _cluster.Write("ssl/foreign.pem", other.Read("ssl/admin.pem"));
        _cluster.Write("ssl/foreign-key.pem", other.Read("ssl/admin-key.pem"));
        _cluster.Write("ssl/front-proxy-ca.pem", other.Read("ssl/ca.pem"));
        foreach (var phase in Phases)
        {
            Assert.DoesNotContain(_cluster.Change(phase).Files, file => file.Path.Contains("foreign", StringComparison.Ordinal) || file.Path.Contains("front-proxy", StringComparison.Ordinal));
        }

        Assert.Equal(other.Read("ssl/admin.pem"), _cluster.Read("ssl/foreign.pem"));
    }

    [Theory]
    [InlineData(AuthorityPhase.Prepare)]
    [InlineData(AuthorityPhase.Switch)]
    public void A_deploy_between_the_phases_keeps_everything_and_with_force_is_refused(AuthorityPhase last)
    {
        foreach (var phase in Phases.Where(phase => phase <= last))
        {
            _cluster.Change(phase);
        }

        var before = DirectoryListing.Of(_cluster.Directory);
        Assert.Empty(_cluster.Changed(_cluster.Deploy()));
        Assert.Equal(before, DirectoryListing.Of(_cluster.Directory));
        Expect.ErrorWithoutTrace(ErrorId.AuthorityChangeInProgress, _cluster.Directory, () => _cluster.Deploy(request => request with { Force = true }));
        Expect.ErrorWithoutTrace(
            ErrorId.AuthorityChangeInProgress,
            _cluster.Directory,
            () => _cluster.Engine.CreateAuthority(new AuthorityRequest(_cluster["ssl"]) { Force = true }, new RunOptions()));
    }

    [Theory]
    [InlineData(AuthorityPhase.Prepare)]
    [InlineData(AuthorityPhase.Switch)]
    public void What_is_issued_between_the_phases_is_signed_by_the_one_whose_turn_it_is(AuthorityPhase last)
    {
        foreach (var phase in Phases.Where(phase => phase <= last))
        {
            _cluster.Change(phase);
        }

        _cluster.Engine.CreateClientCertificate(new ClientCertificateRequest(_cluster["ssl"], "robot"), new RunOptions());
        _cluster.Delete("ssl/kube-proxy.pem");
        _cluster.Deploy();
        _cluster.Renew(request => request with { Names = ["admin"] });
        using var authority = _cluster.Certificate("ssl/ca.pem");
        foreach (var name in new[] { "robot", "kube-proxy", "admin" })
        {
            using var leaf = _cluster.Certificate($"ssl/{name}.pem");
            Assert.True(CertificateFile.IsSignedBy(leaf, authority));
        }

        foreach (var phase in Phases.Where(phase => phase > last))
        {
            _cluster.Change(phase);
        }

        _cluster.AssertSound();
    }

    [Fact]
    public void An_authority_that_ends_between_prepare_and_switch_does_not_block_the_switch()
    {
        _cluster.Clock.Now += TimeSpan.FromDays(3649);
        _cluster.Change(AuthorityPhase.Prepare);
        _cluster.Clock.Now += TimeSpan.FromDays(2);
        _cluster.Change(AuthorityPhase.Switch);
        _cluster.Change(AuthorityPhase.Finish);
        _cluster.AssertSound();
    }

    [Fact]
    public void An_authority_that_ends_between_switch_and_finish_does_not_block_the_finish()
    {
        _cluster.Clock.Now += TimeSpan.FromDays(3649);
        _cluster.Change(AuthorityPhase.Prepare);
        _cluster.Change(AuthorityPhase.Switch);
        _cluster.Clock.Now += TimeSpan.FromDays(2);
        _cluster.Change(AuthorityPhase.Finish);
        _cluster.AssertSound();
    }

    [Fact]
    public void The_new_authority_may_have_another_key_and_lifetime()
    {
        var result = _cluster.Change(
            AuthorityPhase.Prepare, request => request with { KeyAlgorithm = KeyAlgorithm.EcdsaP384, Lifetime = Lifetime.Parse("3y") });
        Assert.Equal(DeploymentStatus.Replaced, _cluster.FileOf(result, "ssl/ca-csr.json").Status);
        using var next = _cluster.Certificate("ssl/ca-next.pem");
        Assert.Equal(new KeySpecification("ecdsa", 384), KeySpecification.Of(next.PublicKey));
        Assert.Equal(TimeSpan.FromDays(3 * 365), next.NotAfter - next.NotBefore);
        _cluster.Change(AuthorityPhase.Switch);
        _cluster.Change(AuthorityPhase.Finish);
        _cluster.AssertSound();
    }

    [Fact]
    public void An_old_key_that_is_kept_elsewhere_is_not_needed()
    {
        _cluster.Delete("ssl/ca-key.pem");
        Array.ForEach(Phases, phase => _cluster.Change(phase));
        _cluster.AssertSound();
    }

    [Fact]
    public void A_next_key_that_is_gone_is_an_error_and_nothing_is_touched()
    {
        _cluster.Change(AuthorityPhase.Prepare);
        _cluster.Delete("ssl/ca-next-key.pem");
        AssertRefused(ErrorId.CertificateAuthorityKeyNotFound, AuthorityPhase.Switch);
        _cluster.Write("ssl/ca-next-key.pem", _cluster.Read("ssl/admin-key.pem"));
        AssertRefused(ErrorId.CertificateAuthorityKeyMismatch, AuthorityPhase.Switch);
    }

    [Fact]
    public void An_authority_that_nobody_trusts_yet_does_not_take_over()
    {
        var old = _cluster.Read("ssl/ca.pem");
        _cluster.Change(AuthorityPhase.Prepare);
        _cluster.Write("ssl/ca.pem", old);
        AssertRefused(ErrorId.AuthorityChangeNotPrepared, AuthorityPhase.Switch);
        _cluster.Change(AuthorityPhase.Prepare);
        _cluster.Change(AuthorityPhase.Switch);
        _cluster.Change(AuthorityPhase.Finish);
        _cluster.AssertSound();
    }

    [Fact]
    public void A_change_whose_next_key_is_lost_is_left_as_the_error_says_and_begun_again()
    {
        var old = _cluster.Read("ssl/ca.pem");
        _cluster.Clock.Now += TimeSpan.FromDays(1);
        _cluster.Change(AuthorityPhase.Prepare);
        _cluster.Delete("ssl/ca-next-key.pem");
        foreach (var phase in new[] { AuthorityPhase.Prepare, AuthorityPhase.Switch })
        {
            var error = AssertRefused(ErrorId.CertificateAuthorityKeyNotFound, phase);
            Assert.Contains("remove ca-next.pem", error.RecommendedAction, StringComparison.Ordinal);
            Assert.DoesNotContain("deploy", error.RecommendedAction, StringComparison.Ordinal);
        }

        var refused = Expect.Error(ErrorId.AuthorityChangeInProgress, () => _cluster.Deploy(request => request with { Force = true }));
        Assert.Contains("remove ca-next.pem", refused.RecommendedAction, StringComparison.Ordinal);
        _cluster.Delete("ssl/ca-next.pem");
        var left = _cluster.Change(AuthorityPhase.Finish);
        Assert.Equal("no other authority is trusted any longer", _cluster.FileOf(left, "ssl/ca.pem").Reason);
        Assert.Equal(old, _cluster.Read("ssl/ca.pem"));
        AssertEveryKubeconfigTrusts("ssl/ca.pem");
        Array.ForEach(Phases, phase => _cluster.Change(phase));
        _cluster.AssertSound();
    }

    [Fact]
    public void What_is_asked_for_after_the_next_authority_was_made_comes_too_late_and_that_is_said()
    {
        _cluster.Change(AuthorityPhase.Prepare, request => request with { KeyAlgorithm = KeyAlgorithm.EcdsaP384, Lifetime = Lifetime.Parse("2y") });
        foreach (var phase in Phases)
        {
            Assert.DoesNotContain(
                _cluster.Change(phase, request => request with { KeyAlgorithm = KeyAlgorithm.EcdsaP384, Lifetime = Lifetime.Parse("2y") }).Warnings,
                warning => warning.Contains("is asked for", StringComparison.Ordinal));
            var warnings = _cluster.Change(phase, request => request with { KeyAlgorithm = KeyAlgorithm.Rsa4096, Lifetime = Lifetime.Parse("1y") }).Warnings;
            Assert.Contains(warnings, warning => warning.Contains("ECDSA P-384 already, and stays so, though RSA 4096", StringComparison.Ordinal));
            Assert.Contains(warnings, warning => warning.Contains("though a lifetime of 8760h", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void What_the_new_certificates_cannot_carry_over_is_named()
    {
        Tool.Require("openssl");
        Array.ForEach(Directory.GetFiles(_cluster["ssl"]), File.Delete);
        Tool.Run(
            "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-noenc", "-subj", "/DC=org/CN=narrow", "-days", "3650",
            "-addext", "keyUsage=critical,keyCertSign", "-addext", "nameConstraints=critical,permitted;DNS:example.org",
            "-keyout", _cluster["ssl/ca-key.pem"], "-out", _cluster["ssl/ca.pem"]);
        _cluster.Deploy();
        _cluster.SignByOpenSsl("ssl/etcd", "-sha256", "basicConstraints=CA:FALSE", "1.2.3.4=critical,DER:0500");
        _cluster.Delete("ssl/ca-csr.json");
        var warnings = _cluster.Change(AuthorityPhase.Prepare).Warnings;
        Assert.Contains(warnings, warning => warning.Contains("freer to sign than the old one: X509v3 Name Constraints (2.5.29.30)", StringComparison.Ordinal));
        Assert.Contains(warnings, warning => warning.Contains("The new authority's subject is", StringComparison.Ordinal) && warning.Contains("narrow", StringComparison.Ordinal));
        Assert.Contains(_cluster.Change(AuthorityPhase.Switch).Warnings, warning => warning.Contains("etcd lacks what KubePrep does not issue: 1.2.3.4", StringComparison.Ordinal));
    }

    [Fact]
    public void Another_authority_that_somebody_added_to_the_file_is_named_as_it_goes()
    {
        Tool.Require("openssl");
        _cluster.Change(AuthorityPhase.Prepare);
        Tool.Run("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-noenc", "-subj", "/CN=lb", "-keyout", "/dev/null", "-out", _cluster.Surroundings["lb.pem"]);
        _cluster.Write("ssl/ca.pem", _cluster.Read("ssl/ca.pem") + File.ReadAllText(_cluster.Surroundings["lb.pem"]));
        _cluster.Change(AuthorityPhase.Switch);
        Assert.Equal(3, CertificateCount("ssl/ca.pem"));
        var warnings = _cluster.Change(AuthorityPhase.Finish).Warnings;
        Assert.Single(warnings, warning => warning.Contains("trust CN=lb no longer", StringComparison.Ordinal));
        Assert.Equal(1, CertificateCount("ssl/ca.pem"));
    }

    [Theory]
    [InlineData(AuthorityPhase.Prepare)]
    [InlineData(AuthorityPhase.Switch)]
    public void A_preview_finds_the_kubeconfig_that_cannot_be_edited(AuthorityPhase phase)
    {
        foreach (var earlier in Phases.Where(earlier => earlier < phase))
        {
            _cluster.Change(earlier);
        }

        _cluster.Edit("kube-proxy.kubeconfig", "- cluster:", "- cluster: &anchor");
        var error = Expect.ErrorWithoutTrace(
            ErrorId.KubeconfigNotEditable, _cluster.Directory, () => _cluster.Change(phase, options: new RunOptions { WhatIf = true }));
        Assert.Equal(_cluster["kube-proxy.kubeconfig"], error.Target);
        Assert.Equal(error.Message, Expect.Error(ErrorId.KubeconfigNotEditable, () => _cluster.Change(phase)).Message);
    }

    [Fact]
    public void Two_changes_at_a_time_make_one_authority()
    {
        Parallel.For(0, 4, _ => _cluster.Change(AuthorityPhase.Prepare));
        Assert.Equal(2, CertificateCount("ssl/ca.pem"));
        Assert.Equal(6, _cluster.Ledger().Count);
    }

    [Theory]
    [InlineData(AuthorityPhase.Prepare)]
    [InlineData(AuthorityPhase.Switch)]
    [InlineData(AuthorityPhase.Finish)]
    public void A_commit_that_was_interrupted_anywhere_ends_in_the_new_phase(AuthorityPhase phase)
    {
        _cluster.WriteUser("jane", "90d");
        foreach (var earlier in Phases.Where(earlier => earlier < phase))
        {
            _cluster.Change(earlier);
        }

        using var done = new Cluster();
        done.CopyFrom(_cluster);
        var result = done.Change(phase);
        List<string> written = [.. Relative(done, result, DeploymentStatus.Created, DeploymentStatus.Replaced)];
        List<string> removed = [.. Relative(done, result, DeploymentStatus.Removed)];
        var addition = done.Read("ssl/issued.jsonl")[_cluster.Read("ssl/issued.jsonl").Length..];
        var wanted = done.Contents();
        for (var step = 0; step <= written.Count + removed.Count + 2; step++)
        {
            using var interrupted = new Cluster();
            interrupted.CopyFrom(_cluster);
            Interrupt(interrupted, done, written, removed, addition, step);
            var preview = interrupted.Change(phase, options: new RunOptions { WhatIf = true });
            Assert.Empty(interrupted.Changed(preview));
            Assert.Empty(interrupted.Changed(interrupted.Change(phase)));
            Assert.Equal(wanted, interrupted.Contents());
            Assert.Equal(done.Ledger(), interrupted.Ledger());
        }
    }

    public void Dispose() => _cluster.Dispose();

    /// <summary>Lays out a commit that was killed after so many of its renames, removals and halves of its addition.</summary>
    private static void Interrupt(Cluster cluster, Cluster done, List<string> written, List<string> removed, string addition, int step)
    {
        var before = (Exists: File.Exists(cluster["ssl/issued.jsonl"]), new FileInfo(cluster["ssl/issued.jsonl"]).Length);
        for (var i = 0; i < written.Count; i++)
        {
            cluster.Write(i < step ? written[i] : Staged(written[i]), done.Read(written[i]));
        }

        cluster.Delete([.. removed.Take(Math.Max(0, step - written.Count))]);
        var halves = Math.Max(0, step - written.Count - removed.Count);
        File.AppendAllText(cluster["ssl/issued.jsonl"], addition[..(addition.Length * halves / 2)]);
        var record = new Dictionary<string, object> { ["renames"] = written.Select(path => new { from = Staged(path), to = path }) };
        if (removed.Count > 0)
        {
            record["removals"] = removed;
        }

        if (addition.Length > 0)
        {
            record["append"] = new { path = "ssl/issued.jsonl", length = before.Length, text = addition };
        }

        cluster.Write(".kubeprep-commit.json", JsonSerializer.Serialize(record));
    }

    private static string Staged(string path) => Path.Join(Path.GetDirectoryName(path), $".{Path.GetFileName(path)}.kubeprep-fedcba9876543210");

    private static IEnumerable<string> Relative(Cluster cluster, DeploymentResult result, params DeploymentStatus[] statuses) =>
        result.Files.Where(file => statuses.Contains(file.Status)).Select(file => Path.GetRelativePath(cluster.Directory, file.Path));

    private static DeploymentStatus Planned(DeploymentStatus status) => status switch
    {
        DeploymentStatus.Created => DeploymentStatus.WouldCreate,
        DeploymentStatus.Replaced => DeploymentStatus.WouldReplace,
        DeploymentStatus.Removed => DeploymentStatus.WouldRemove,
        _ => status,
    };

    /// <summary>What a certificate says of its holder: all that must not change with its issuer.</summary>
    private static string IdentityOf(string pem)
    {
        var fields = TestPki.FieldsOf(pem);
        var extensions = fields.Extensions.Where(e => e.Oid is not (CertificateFields.SubjectKeyIdentifier or CertificateFields.AuthorityKeyIdentifier));
        return $"{fields.Subject} {fields.NotAfter - fields.NotBefore} {fields.KeyAlgorithm} {string.Join(' ', extensions)}";
    }

    private KubePrepException AssertRefused(ErrorId id, AuthorityPhase phase) =>
        Expect.ErrorWithoutTrace(id, _cluster.Directory, () => _cluster.Change(phase));

    private void AssertEveryKubeconfigTrusts(string path) => Assert.All(
        Cluster.Kubeconfigs,
        file => Assert.Equal(File.ReadAllBytes(_cluster[path]), Assert.Single(_cluster.Kubeconfig(file).Clusters).CertificateAuthorityData!));

    /// <summary>Expects nothing to have failed, and the authority's file alone to be worth a word.</summary>
    private void AssertVerdicts(string next)
    {
        var check = Assert.Single(_cluster.Engine.Verify(_cluster.Directory), check => check.Verdict != CheckVerdict.Good);
        Assert.Equal((_cluster["ssl/ca.pem"], CheckVerdict.Warning), (check.Path, check.Verdict));
        Assert.Contains(next, check.Reason, StringComparison.Ordinal);
    }

    private static void AssertRestarts(DeploymentResult result) => Assert.Contains(
        result.Warnings, warning => warning.Contains("restart kube-apiserver, kube-controller-manager, kube-scheduler, kubelet, kube-proxy", StringComparison.Ordinal));

    private string Embedded(string path) => Convert.ToBase64String(File.ReadAllBytes(_cluster[path]));

    private int CertificateCount(string path) => _cluster.Read(path).Split("BEGIN CERTIFICATE").Length - 1;
}
