using System.IO.Pipes;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FsCheck.Fluent;
using KubePrep.Kubeconfig;
using KubePrep.Yaml;

namespace KubePrep.Core.Tests;

/// <summary>Merging kubeconfigs, and removing contexts.</summary>
public sealed partial class KubeconfigMergerTests : IDisposable
{
    private const string Own =
        """
        # mine
        kind: Config
        clusters:
        - {name: home, cluster: {server: https://home}}   # in the cellar
        contexts:
        - name: home
          context: {cluster: home, user: ada, x-color: blue}
        # people
        users:
        - name: ada
          user: {token: OWN-SECRET}
        current-context: home
        """;

    private const string Work =
        """
        kind: Config
        clusters:
        - cluster: {server: https://work, certificate-authority: ca.pem, x-unknown: {a: [1, yes]}}
          name: work
        contexts:
        - context: {cluster: work, user: ada}
          name: work
        users:
        - name: ada
          user: {token: WORK-SECRET, exec: {command: ./bin/login, args: [--x]}}
        - name: spare
          user: {tokenFile: ../t}
        current-context: work
        """;

    private static readonly string[] Lists = ["clusters", "contexts", "users"];
    private readonly TemporaryDirectory _directory = new();
    private readonly KubeconfigMerger _merger = new(new KubeconfigYaml(), TimeProvider.System) { LockTimeout = TimeSpan.FromMilliseconds(300) };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Destination => _directory["home/.kube/config"];

    [Fact]
    public void A_missing_destination_becomes_what_kubectl_would_write()
    {
        var source = Write("work/config", Work);
        var result = Merge(source);
        Assert.Equal(
            $"""
            apiVersion: v1
            clusters:
            - cluster:
                certificate-authority: {_directory["work/ca.pem"]}
                server: https://work
                x-unknown:
                  a:
                  - 1
                  - true
              name: work
            contexts:
            - context:
                cluster: work
                user: ada
              name: work
            current-context: work
            kind: Config
            preferences: {"{}"}
            users:
            - name: ada
              user:
                exec:
                  args:
                  - --x
                  command: {_directory["work/bin/login"]}
                token: WORK-SECRET
            - name: spare
              user:
                tokenFile: {_directory["t"]}

            """,
            File.ReadAllText(Destination));
        Assert.Equal("work work ada Added True it is missing;   spare Added False it is missing", Describe(result));
        Assert.Null(result.BackupPath);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Destination));
        Assert.Equal((UnixFileMode)0b111_000_000, File.GetUnixFileMode(Path.GetDirectoryName(Destination)!));
        Assert.Equal(["config"], Directory.GetFileSystemEntries(Path.GetDirectoryName(Destination)!).Select(Path.GetFileName));
    }

    [Fact]
    public void A_clash_is_refused_and_every_one_is_named()
    {
        Write("home/.kube/config", Own);
        var source = Write("work/config", Work.Replace("name: work", "name: home", StringComparison.Ordinal));
        var error = ErrorWithoutTrace(ErrorId.KubeconfigClash, () => Merge(source));
        Assert.Contains("cluster home of", error.Message, StringComparison.Ordinal);
        Assert.Contains("context home of", error.Message, StringComparison.Ordinal);
        Assert.Contains("user ada of", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("SECRET", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_clash_is_renamed_and_what_names_it_follows()
    {
        Write("home/.kube/config", Own);
        var source = Write("work/config", Work);
        var result = Merge(source, ClashHandling.Rename);
        Assert.Equal(
            Own
                .Replace("# in the cellar", $"# in the cellar\n- cluster:\n    certificate-authority: {_directory["work/ca.pem"]}\n    server: https://work\n    x-unknown:\n      a:\n      - 1\n      - true\n  name: work", StringComparison.Ordinal)
                .Replace("x-color: blue}", "x-color: blue}\n- context:\n    cluster: work\n    user: ada-2\n  name: work", StringComparison.Ordinal)
                .Replace("OWN-SECRET}", $"OWN-SECRET}}\n- name: ada-2\n  user:\n    exec:\n      args:\n      - --x\n      command: {_directory["work/bin/login"]}\n    token: WORK-SECRET\n- name: spare\n  user:\n    tokenFile: {_directory["t"]}", StringComparison.Ordinal),
            File.ReadAllText(Destination));
        Assert.Equal(
            "work work ada-2 Added False the file has no context work, cluster work; the file has another user ada;   spare Added False it is missing",
            Describe(result));
        Assert.Equal(Own, File.ReadAllText(Path.Join(result.BackupPath!, "config")));
        var before = Files();
        Assert.Equal("work work ada-2 Kept False ;   spare Kept False ", Describe(Merge(source, ClashHandling.Rename)));
        Assert.Equal(before, Files());
    }

    [Fact]
    public void A_new_name_is_never_one_by_which_the_source_means_another()
    {
        Write("home/.kube/config", "users:\n- {name: u, user: {token: A}}\n");
        var source = Write("work/config", "users:\n- {name: u, user: {token: B}}\n- {name: u-2, user: {token: C}}\n");
        foreach (var time in new[] { "first", "second" })
        {
            Merge(source, ClashHandling.Rename);
            Assert.Equal(
                ["u A", "u-2 C", "u-3 B"],
                Regex.Matches(File.ReadAllText(Destination), @"name: (\S+?)[,\n](?s:.*?)token: (\w)").Select(m => $"{m.Groups[1]} {m.Groups[2]}").Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public void A_pipe_is_no_source_and_is_not_called_missing()
    {
        using var pipe = new AnonymousPipeServerStream();
        var path = $"/proc/self/fd/{pipe.ClientSafePipeHandle.DangerousGetHandle()}";
        var error = Expect.Error(ErrorId.NotRegularFile, () => Merge(path));
        Assert.Contains("a pipe", error.Message, StringComparison.Ordinal);
        Assert.Contains("into a file", error.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void A_destination_written_as_a_directory_is_refused_and_none_is_made()
    {
        var request = new MergeRequest([Write("work/config", Work)], _directory["new"] + "/");
        Expect.Error(ErrorId.NotRegularFile, () => _merger.Merge(request, Cancellation));
        Assert.False(Directory.Exists(_directory["new"]));
    }

    [Fact]
    public void A_clash_is_replaced_in_place_after_a_backup()
    {
        Write("home/.kube/config", Own);
        var source = Write("work/config", "users:\n- name: ada\n  user: {token: NEW-SECRET, x: z}\n");
        var result = Merge(source, ClashHandling.Replace);
        Assert.Equal(Own.Replace("{token: OWN-SECRET}", "{token: NEW-SECRET, \"x\": \"z\"}", StringComparison.Ordinal), File.ReadAllText(Destination));
        Assert.Equal("  ada Replaced False user ada has another token, x", Describe(result).TrimStart('-'));
        Assert.Equal(Own, File.ReadAllText(Path.Join(result.BackupPath!, "config")));
    }

    [Fact]
    public void Two_sources_that_clash_with_each_other_are_refused_even_where_the_destination_may_be_replaced()
    {
        var (one, two) = (Write("one", "users:\n- {name: u, user: {token: A}}"), Write("two", "users:\n- {name: u, user: {token: B}}"));
        var error = Expect.Error(
            ErrorId.KubeconfigClash, () => _merger.Merge(new MergeRequest([one, two], Destination) { Clashes = ClashHandling.Replace }, Cancellation));
        Assert.Contains(one, error.Message, StringComparison.Ordinal);
        Assert.Contains(two, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("-Force", error.RecommendedAction, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.GetDirectoryName(Destination)));
    }

    [Fact]
    public void The_current_context_changes_only_on_demand_and_under_its_new_name()
    {
        Write("home/.kube/config", Own);
        var source = Write("work/config", Work.Replace("name: work", "name: home", StringComparison.Ordinal).Replace("current-context: work", "current-context: home", StringComparison.Ordinal));
        Merge(source, ClashHandling.Rename);
        Assert.Equal("home", Read(Destination).CurrentContext);
        Assert.True(Merge(source, ClashHandling.Rename, setCurrent: true).Contexts[0].IsCurrent);
        Assert.Equal("home-2", Read(Destination).CurrentContext);
        Assert.Contains("none", Assert.Single(Merge(Write("none", "kind: Config"), setCurrent: true).Warnings, w => w.Contains("current", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public void What_if_writes_nothing_and_says_the_same()
    {
        Write("home/.kube/config", Own);
        var source = Write("work/config", Work);
        var before = DirectoryListing.Of(_directory["home"]);
        var planned = _merger.Merge(new MergeRequest([source], Destination) { Clashes = ClashHandling.Rename, WhatIf = true }, Cancellation);
        Assert.Equal(before, DirectoryListing.Of(_directory["home"]));
        Assert.Equal(Describe(planned), Describe(Merge(source, ClashHandling.Rename)).Replace("Added", "WouldAdd", StringComparison.Ordinal));
    }

    [Fact]
    public void A_mode_that_lets_others_read_is_tightened_even_if_nothing_is_merged()
    {
        Write("home/.kube/config", Own);
        File.SetUnixFileMode(Destination, (UnixFileMode)0b110_100_100);
        var result = Merge(Write("same", Own));
        Assert.Contains("0644", Assert.Single(result.Warnings), StringComparison.Ordinal);
        Assert.Equal((UnixFileMode)0b110_000_000, File.GetUnixFileMode(Destination));
        Assert.Null(result.BackupPath);
    }

    [Fact]
    public void A_link_is_refused_and_where_it_leads_is_told()
    {
        var real = Write("real", Own);
        Directory.CreateDirectory(Path.GetDirectoryName(Destination)!);
        File.CreateSymbolicLink(Destination, real);
        var error = Expect.Error(ErrorId.NotRegularFile, () => Merge(Write("work/config", Work)));
        Assert.Contains(real, error.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal(Own, File.ReadAllText(real));
    }

    [Fact]
    public void A_file_is_not_merged_into_itself_nor_a_missing_one_into_any()
    {
        Write("home/.kube/config", Own);
        Expect.Error(ErrorId.KubeconfigClash, () => Merge(Destination));
        Expect.Error(ErrorId.KubeconfigNotFound, () => Merge(_directory["nowhere"]));
    }

    [Theory]
    [InlineData("users: [{name: u, user: {username: joe, password: 123456}}]", "users[0].user.password is no string")]
    [InlineData("users: [{name: u, user: {as: yes}}]", "users[0].user.as is no string")]
    [InlineData("users: [{name: u, user: {exec: {command: c, args: [a, 1.0]}}}]", "users[0].user.exec.args[1] is no string")]
    [InlineData("users: [{name: u, user: {client-key-data: YWJj YWJj}}]", "users[0].user.client-key-data is not base64")]
    [InlineData("clusters: [{name: c, cluster: {insecure-skip-tls-verify: 'true'}}]", "clusters[0].cluster.insecure-skip-tls-verify is neither true nor false")]
    [InlineData("clusters: [{name: c, cluster: {tls-server-name: 10}}]", "clusters[0].cluster.tls-server-name is no string")]
    [InlineData("clusters: [{name: c, cluster: {certificate-authority: [x]}}]", "clusters[0].cluster.certificate-authority is no string")]
    [InlineData("contexts: [{name: c, context: {extensions: {a: b}}}]", "contexts[0].context.extensions is no list")]
    public void What_kubectl_would_refuse_comes_into_no_file(string text, string why)
    {
        var source = Write("source", $"kind: Config\n{text}\n");
        Write("home/.kube/config", Own);
        Tool.Require("kubectl");
        Assert.NotEqual(0, Tool.Try("kubectl", "", "config", "view", "--raw", "--kubeconfig", source).ExitCode);
        Assert.Contains(why, Expect.Error(ErrorId.MalformedKubeconfig, () => Merge(source)).Message, StringComparison.Ordinal);
        Assert.Equal(Own, File.ReadAllText(Destination));
    }

    [Theory]
    [InlineData("x: &x {cluster: one}\ncontexts: [{name: b, context: {<<: *x, user: u}}]", "line 3 takes keys from elsewhere")]
    [InlineData("users:\n- name: u\n  user: {token: !!binary YWJj}", "line 4 has a tag")]
    public void What_means_something_else_elsewhere_is_refused_in_sources_and_destinations(string text, string why)
    {
        var odd = Write("home/.kube/config", $"kind: Config\n{text}\n");
        Assert.Contains(why, Expect.Error(ErrorId.KubeconfigNotEditable, () => Merge(Write("own", Own))).Message, StringComparison.Ordinal);
        var removal = new ContextRemovalRequest(odd, ["b"]);
        Assert.Contains(why, Expect.Error(ErrorId.KubeconfigNotEditable, () => _merger.RemoveContexts(removal, Cancellation)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_no_later_run_could_read_is_not_written()
    {
        string Large(string name) => Write(name, $"kind: Config\nusers:\n- name: {name}\n  user: {{token: {new string('x', 600_000)}}}\n");
        var request = new MergeRequest([Large("a"), Large("b")], Destination);
        Assert.Contains("1048576 bytes", Expect.Error(ErrorId.KubeconfigNotEditable, () => _merger.Merge(request, Cancellation)).Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Destination));
    }

    [Fact]
    public void An_empty_path_is_an_error()
    {
        Expect.Error(ErrorId.InvalidName, () => Merge(""));
        Expect.Error(ErrorId.InvalidName, () => _merger.Merge(new MergeRequest([Write("own", Own)], ""), Cancellation));
        Expect.Error(ErrorId.InvalidName, () => _merger.RemoveContexts(new ContextRemovalRequest("", ["b"]), Cancellation));
    }

    [Fact]
    public void A_lock_that_stays_is_waited_for_reported_with_its_age_and_left()
    {
        Write("home/.kube/config", Own);
        var @lock = Write("home/.kube/config.lock", "");
        File.SetLastWriteTimeUtc(@lock, DateTime.UtcNow.AddHours(-3));
        var error = ErrorWithoutTrace(ErrorId.KubeconfigLocked, () => Merge(Write("work/config", Work), ClashHandling.Rename));
        Assert.Contains("3 hours", error.Message, StringComparison.Ordinal);
        Assert.Contains(@lock, error.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void The_lock_outlives_the_change_so_that_a_kubectl_that_read_the_file_before_fails_at_it()
    {
        Tool.Require("kubectl");
        Write("home/.kube/config", Own);
        var merger = new KubeconfigMerger(new KubeconfigYaml(), TimeProvider.System) { LingerTime = TimeSpan.FromSeconds(3) };
        var request = new MergeRequest([Write("work/config", Work)], Destination) { Clashes = ClashHandling.Rename };
        var merging = SideWork.Start(() => merger.Merge(request, Cancellation));
        Wait.Until(() => File.ReadAllText(Destination).Contains("https://work", StringComparison.Ordinal), "the change");
        var late = Tool.Try("kubectl", "", "config", "set-context", "late", $"--kubeconfig={Destination}");
        Assert.Equal(1, late.ExitCode);
        Assert.Contains("config.lock: file exists", late.Error, StringComparison.Ordinal);
        merging.End();
        Tool.Run("kubectl", "config", "set-context", "late", $"--kubeconfig={Destination}");
        Assert.Equal(["home", "late", "work"], Read(Destination).Contexts.Select(c => c.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_context_goes_with_the_cluster_and_user_nobody_else_needs()
    {
        Write("home/.kube/config", Own);
        Merge(Write("work/config", Work), ClashHandling.Rename);
        var result = _merger.RemoveContexts(new ContextRemovalRequest(Destination, ["home"]), Cancellation);
        Assert.Equal("home home ada Removed False", Describe(result).Trim());
        Assert.Contains("'home'", Assert.Single(result.Warnings), StringComparison.Ordinal);
        var read = Read(Destination);
        Assert.Equal(["work"], read.Clusters.Select(c => c.Name));
        Assert.Equal(["ada-2", "spare"], read.Users.Select(u => u.Name));
        Assert.Equal("", read.CurrentContext);
        Assert.StartsWith("# mine\nkind: Config\nclusters:\n- cluster:\n", File.ReadAllText(Destination), StringComparison.Ordinal);
        Assert.Contains("# people\nusers:\n- name: ada-2\n", File.ReadAllText(Destination), StringComparison.Ordinal);
    }

    [Fact]
    public void A_cluster_that_another_context_needs_stays()
    {
        Write("home/.kube/config", Own.Replace("# people", "- {name: b, context: {cluster: home, user: bob}}", StringComparison.Ordinal));
        var result = _merger.RemoveContexts(new ContextRemovalRequest(Destination, ["b"]), Cancellation);
        Assert.Equal("b home bob Removed False its cluster stays, as context home needs it", Describe(result).Trim());
        Assert.Equal(Own.Replace("# people\n", "", StringComparison.Ordinal), File.ReadAllText(Destination));
    }

    [Fact]
    public void Only_comments_that_are_about_it_go_with_a_context()
    {
        const string Text =
            """
            contexts:
              # the first

              # about a
              # and a again
              - name: a
                context: {cluster: c}
                # a: this is off
              # about b
              - name: b
            # about all
            """;
        Write("home/.kube/config", Text);
        _merger.RemoveContexts(new ContextRemovalRequest(Destination, ["a"]), Cancellation);
        Assert.Equal("contexts:\n  # the first\n\n  # about b\n  - name: b\n# about all", File.ReadAllText(Destination));
        _merger.RemoveContexts(new ContextRemovalRequest(Destination, ["b"]), Cancellation);
        Assert.Equal("contexts: []\n  # the first\n\n# about all", File.ReadAllText(Destination));
    }

    [Fact]
    public void An_unknown_context_is_refused_and_those_there_are_are_named()
    {
        Write("home/.kube/config", Own);
        var error = ErrorWithoutTrace(
            ErrorId.KubeconfigEntryNotFound,
            () => _merger.RemoveContexts(new ContextRemovalRequest(Destination, ["home", "x"]), Cancellation));
        Assert.Contains("'x'", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("'home' ", error.Message, StringComparison.Ordinal);
        Assert.Contains("'home'", error.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void Merging_loses_nothing_and_merging_twice_equals_once() => Property.Holds(
        from destination in KubeconfigSample.Samples
        from source in KubeconfigSample.Samples
        from clashes in FsCheck.Fluent.Gen.Elements(ClashHandling.Rename, ClashHandling.Replace)
        select (destination, source, clashes),
        pair =>
        {
            var (destination, source, clashes) = pair;
            using var directory = new TemporaryDirectory();
            var (path, incoming) = (directory["config"], directory["source"]);
            File.WriteAllBytes(path, destination.Content);
            File.WriteAllBytes(incoming, source.Content);
            var request = new MergeRequest([incoming], path) { Clashes = clashes };
            var result = MergeAtOnce(request);

            var text = Encoding.UTF8.GetString(File.ReadAllBytes(path));
            if (clashes == ClashHandling.Rename)
            {
                // all that was there is there, line by line and in its order, but for lists that were empty
                AssertHolds(text, destination.Text);

                // what comes in may hold texts with comments of its own
                var comments = new Queue<string>(Comments(destination.Text));
                Comments(text).ForEach(comment => _ = comments.TryPeek(out var next) && next == comment ? comments.Dequeue() : "");
                Assert.Empty(comments);
            }

            var read = Read(path);
            Assert.Equal(destination.Clusters, read.Clusters.Select(c => c.Name).Take(destination.Clusters.Count));
            Assert.Equal(destination.Users, read.Users.Select(u => u.Name).Take(destination.Users.Count));
            Assert.Equal(destination.Contexts, read.Contexts.Select(c => c.Name).Take(destination.Contexts.Count));
            Assert.Equal(source.Contexts.Count, result.Contexts.Count(c => c.ContextName is not null));

            var again = MergeAtOnce(request);
            Assert.All(again.Contexts, c => Assert.Equal(ContextStatus.Kept, c.Status));
            Assert.Null(again.BackupPath);
            Assert.Equal(text, Encoding.UTF8.GetString(File.ReadAllBytes(path)));
        },
        cases: 300);

    [Fact]
    public void Removing_what_was_merged_gives_the_file_back() => Property.Holds(
        KubeconfigSample.Samples.Where(s => s.Contexts.Count > 0 && s.Clusters.Count > 0 && s.Users.Count > 0),
        sample =>
        {
            var yaml = new KubeconfigYaml();
            var source = yaml.ReadStanzas(Encoding.UTF8.GetBytes(Work.Replace("ada", "nobody-else", StringComparison.Ordinal)), "x").All
                .Where(stanza => stanza.Name != "spare").ToList();
            var merged = yaml.Edit(sample.Content, [new AddStanzasEdit(source)], "x");
            var removed = yaml.Edit(merged, [.. source.Select(stanza => new RemoveStanzaEdit(stanza.Kind, stanza.Name))], "x");
            Assert.Equal(sample.Text.TrimEnd(), Encoding.UTF8.GetString(removed).TrimEnd());
        },
        cases: 1000);

    [Fact]
    public void Removing_takes_nothing_but_what_is_removed() => Property.Holds(
        from sample in KubeconfigSample.Samples.Where(s => s.Clusters.Count + s.Users.Count + s.Contexts.Count > 0)
        from seed in FsCheck.Fluent.Gen.Choose(0, int.MaxValue)
        select (sample, seed),
        pair =>
        {
            var yaml = new KubeconfigYaml();
            var (sample, seed) = pair;
            var random = new Random(seed);
            var removed = yaml.ReadStanzas(sample.Content, "x").All.Where(_ => random.Next(2) == 0).ToList();
            byte[] result;
            try
            {
                result = yaml.Edit(sample.Content, [.. removed.Select(s => new RemoveStanzaEdit(s.Kind, s.Name))], "x");
            }
            catch (KubePrepException e) when (e.Id == ErrorId.KubeconfigNotEditable && sample.Text.Contains("|+", StringComparison.Ordinal))
            {
                return; // the empty lines after what is removed would become part of the text before it
            }

            Assert.Equal(
                yaml.ReadStanzas(sample.Content, "x").All.Select(s => s.ToString()).Except(removed.Select(s => s.ToString())),
                yaml.ReadStanzas(result, "x").All.Select(s => s.ToString()));
            AssertHolds(sample.Text.Replace("[]", "", StringComparison.Ordinal), Encoding.UTF8.GetString(result).Replace("[]", "", StringComparison.Ordinal));
        },
        cases: 1000);

    [Fact]
    public void Kubectl_sees_all_that_it_saw_before_and_all_that_came()
    {
        Tool.Require("kubectl");
        Property.Holds(
            from destination in KubeconfigSample.Samples
            from source in KubeconfigSample.Samples
            select (destination, source),
            pair =>
            {
                using var directory = new TemporaryDirectory();
                var (path, incoming) = (directory["config"], directory["source"]);
                File.WriteAllBytes(path, pair.destination.Content);
                File.WriteAllBytes(incoming, pair.source.Content);
                var (before, came) = (View(path), View(incoming));
                var result = MergeAtOnce(new MergeRequest([incoming], path) { Clashes = ClashHandling.Rename });
                var after = View(path);
                foreach (var list in Lists)
                {
                    var entries = Entries(after, list);
                    Assert.All(Entries(before, list), entry => Assert.Equal(entry.Value, entries[entry.Key]));
                    Assert.True(entries.Count >= Entries(came, list).Count);
                }

                foreach (var (name, context) in Entries(came, "contexts"))
                {
                    var change = result.Contexts[pair.source.Contexts.ToList().IndexOf(name)];
                    var now = JsonNode.Parse(Entries(after, "contexts")[change.ContextName!])!;
                    AssertSameStanza(came, after, "clusters", "cluster", context, now, directory);
                    AssertSameStanza(came, after, "users", "user", context, now, directory);
                }
            },
            cases: 25);
    }

    public void Dispose() => _directory.Dispose();

    private static void AssertSameStanza(JsonNode came, JsonNode after, string list, string reference, string context, JsonNode now, TemporaryDirectory directory)
    {
        var old = (string?)JsonNode.Parse(context)![reference];
        if (old is not null && Entries(came, list).TryGetValue(old, out var stanza))
        {
            // files are still found where they were
            var expected = stanza
                .Replace("\"key.pem\"", $"\"{directory["key.pem"]}\"", StringComparison.Ordinal)
                .Replace("\"./x\"", $"\"{directory["x"]}\"", StringComparison.Ordinal)
                .Replace("\"certificate-authority\":\"AAAA\"", $"\"certificate-authority\":\"{directory["AAAA"]}\"", StringComparison.Ordinal);
            Assert.Equal(expected, Entries(after, list)[(string)now[reference]!]);
        }
    }

    /// <summary>The body of every entry of a list, as kubectl reads it.</summary>
    private static Dictionary<string, string> Entries(JsonNode view, string list) =>
        (view[list] as JsonArray ?? []).ToDictionary(e => (string)e!["name"]!, e => e![list[..^1]]?.ToJsonString() ?? "{}");

    private static JsonNode View(string path) =>
        JsonNode.Parse(Tool.Run("kubectl", "config", "view", "--raw", "-o", "json", $"--kubeconfig={path}"))!;

    private static KubeconfigDocument Read(string path) => new KubeconfigYaml().Read(File.ReadAllBytes(path), path);

    /// <summary>Without the moment for which the lock is kept: nobody else is there.</summary>
    private static ContextChanges MergeAtOnce(MergeRequest request) =>
        new KubeconfigMerger(new KubeconfigYaml(), TimeProvider.System) { LingerTime = TimeSpan.Zero }.Merge(request, Cancellation);

    private static List<string> Comments(string text) => [.. Comment.Matches(text).Select(match => match.Value)];

    /// <summary>Whether everything in the second text but white space, commas and words for nothing is in the first one too, in its order.</summary>
    private static void AssertHolds(string text, string part)
    {
        var position = 0;
        foreach (var character in Nothing.Replace(part, ""))
        {
            position = text.IndexOf(character, position) + 1;
            Assert.True(position > 0, $"{part}\nis not in\n{text}");
        }
    }

    [GeneratedRegex(@"# comment \d+[^\n\r]*")]
    private static partial Regex Comment { get; }

    [GeneratedRegex(@"\bnull\b|~|\[\s*\]|\s+|,|""""|''")]
    private static partial Regex Nothing { get; }

    private static string Describe(ContextChanges changes) =>
        string.Join("; ", changes.Contexts.Select(c => $"{c.ContextName} {c.ClusterName} {c.UserName} {c.Status} {c.IsCurrent} {c.Reason}"));

    private ContextChanges Merge(string source, ClashHandling clashes = ClashHandling.Refuse, bool setCurrent = false) =>
        _merger.Merge(new MergeRequest([source], Destination) { Clashes = clashes, SetCurrentContext = setCurrent }, Cancellation);

    /// <summary>Expects an error, and no file made or changed.</summary>
    private KubePrepException ErrorWithoutTrace(ErrorId id, Action action)
    {
        var before = Files();
        var error = Expect.Error(id, action);
        Assert.Equal(before, Files());
        return error;
    }

    /// <summary>The files below the destination's home; not the directories, in which the lock comes and goes.</summary>
    private IReadOnlyList<string> Files() =>
        [.. DirectoryListing.Of(_directory["home"]).Where(line => !line.StartsWith("d ", StringComparison.Ordinal))];

    private string Write(string name, string text)
    {
        var path = _directory[name];
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        File.SetUnixFileMode(path, (UnixFileMode)0b110_000_000);
        return path;
    }
}
