namespace KubePrep.Cli.Tests;

public sealed class BadInputTests(DeployedCluster deployed) : IClassFixture<DeployedCluster>
{
    public static TheoryData<string> FaultsOfContent => [.. Faults.OfContent.Keys];

    public static TheoryData<string> FaultsOfKind => [.. Faults.OfKind.Keys];

    [Theory]
    [MemberData(nameof(FaultsOfContent))]
    public void A_file_with_bad_content_is_named_with_a_way_out_and_nothing_is_written(string fault)
    {
        Tool.Require("openssl");
        CheckRefusal(Faults.OfContent[fault]);
    }

    [Theory]
    [MemberData(nameof(FaultsOfKind))]
    public void What_is_no_regular_file_is_named_with_a_way_out_and_nothing_is_written_through_it(string fault)
    {
        Tool.RequireRoot(); // for the device
        CheckRefusal(Faults.OfKind[fault]);
    }

    [Theory]
    [InlineData("a link")]
    [InlineData("a file")]
    public void A_backup_that_is_no_directory_stops_a_replacement_before_anything_is_written(string kind)
    {
        using var directory = new TemporaryDirectory();
        var cluster = deployed.CopyTo(directory["cluster"]);
        var backup = Path.Join(cluster, "backup");
        var elsewhere = Directory.CreateDirectory(directory["elsewhere"]).FullName;
        if (kind == "a link")
        {
            File.CreateSymbolicLink(backup, elsewhere);
        }
        else
        {
            File.WriteAllText(backup, "");
        }

        var old = ClusterFiles.Read(cluster);

        ExpectRefusal(Kubeprep.Deploy(cluster, "--force"), backup, "NotRegularFile", "");

        Assert.Equal(old, ClusterFiles.Read(cluster));
        ClusterFiles.ExpectNoLeftovers(cluster);
        Assert.Empty(Directory.EnumerateFileSystemEntries(elsewhere));
    }

    [Fact]
    public void A_kubeconfig_nested_without_end_is_refused_or_replaced_and_crashes_nothing()
    {
        using var directory = new TemporaryDirectory();
        var cluster = deployed.CopyTo(directory["cluster"]);
        File.WriteAllText(Path.Join(cluster, "kubectl.kubeconfig"), new string('[', 100_000));

        var verified = Kubeprep.Verify(cluster).Expect(1);
        Assert.Equal("Failed", verified.Rows.Of(Path.Join(cluster, "kubectl.kubeconfig")).Verdict());
        Assert.Contains(Kubeprep.Deploy(cluster).ExitCode, Enumerable.Range(0, 2));
    }

    [Fact]
    public void A_file_in_place_of_the_cluster_directory_is_named_and_left_alone()
    {
        using var directory = new TemporaryDirectory();
        var file = directory["cluster"];
        File.WriteAllText(file, "mine");

        ExpectRefusal(Kubeprep.Deploy(file), file, "DirectoryNotWritable", "");
        ExpectRefusal(Kubeprep.Deploy(Path.Join(file, "below")), file, "DirectoryNotWritable", "");

        Assert.Equal("mine", File.ReadAllText(file));
    }

    [Theory]
    [InlineData("0755", "")]
    [InlineData("0755", "/new/cluster")]
    [InlineData("0700", "/cluster")]
    public void A_directory_the_user_may_not_write_to_is_named_with_a_way_out(string mode, string below)
    {
        Tool.RequireRoot();
        Tool.Require("setpriv");
        using var directory = new TemporaryDirectory();
        var parent = directory["parent"];
        Directory.CreateDirectory(parent);
        Tool.Must("chmod", mode, parent);
        var before = Tree.Of(parent);

        var result = RunAsNobody(Kubeprep.DeployArguments(parent + below));

        ExpectRefusal(result, parent, mode == "0755" ? "DirectoryNotWritable" : "", "denied");
        Assert.Equal(before, Tree.Of(parent));
    }

    [Fact]
    public void A_cluster_of_another_user_is_named_with_a_way_out_and_left_alone()
    {
        Tool.RequireRoot();
        Tool.Require("setpriv");
        using var directory = new TemporaryDirectory();
        var cluster = deployed.CopyTo(directory["cluster"]);
        Tool.Must("chmod", "0755", Path.Join(cluster, "ssl"));
        var before = Tree.Of(cluster);

        ExpectRefusal(RunAsNobody(Kubeprep.DeployArguments(cluster)), Path.Join(cluster, "ssl"), "FileReadFailed", "denied");
        ExpectRefusal(RunAsNobody(Kubeprep.DeployArguments(cluster, "--force")), Path.Join(cluster, "ssl"), "", "denied");

        Assert.Equal(before, Tree.Of(cluster));
    }

    [Theory]
    [InlineData("a CA that is no PEM")]
    [InlineData("another CA's key")]
    [InlineData("a CA key without its certificate")]
    [InlineData("an expired CA")]
    public void Force_replaces_a_certificate_authority_that_cannot_be_used(string fault)
    {
        using var directory = new TemporaryDirectory();
        var cluster = deployed.CopyTo(directory["cluster"]);
        Faults.OfContent[fault].Inflict(cluster);

        Kubeprep.MustDeploy(cluster, "--force");

        Kubeprep.MustVerify(cluster);
    }

    [Fact]
    public void A_message_about_a_document_is_a_sentence_that_ends_once()
    {
        using var directory = new TemporaryDirectory();
        var cluster = deployed.CopyTo(directory["cluster"]);
        Faults.OfContent["an expiry that is negative"].Inflict(cluster);

        Assert.DoesNotContain("..", Kubeprep.Deploy(cluster).Expect(1).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_message_about_a_directory_is_a_sentence_that_ends_once()
    {
        using var directory = new TemporaryDirectory();
        File.WriteAllText(directory["cluster"], "");

        Assert.DoesNotContain("..", Kubeprep.Deploy(directory["cluster"]).Expect(1).Error, StringComparison.Ordinal);
    }

    private static ToolResult RunAsNobody(IEnumerable<string> arguments) =>
        Tool.Run("setpriv", ["--reuid=65534", "--regid=65534", "--clear-groups", Kubeprep.Executable, .. arguments]);

    private static void ExpectRefusal(ToolResult result, string path, string errorId, string told)
    {
        result.Expect(1);
        Assert.Empty(result.Output);
        var lines = result.Error.TrimEnd('\n').Split('\n');
        Assert.True(lines.Length == 2, $"An error and a way out are two lines:\n{result}");
        Assert.Contains($"'{path}", lines[0], StringComparison.Ordinal);
        Assert.Contains(told, result.Error, StringComparison.Ordinal);
        Assert.EndsWith($"{errorId}]", lines[0], StringComparison.Ordinal);
        Assert.Matches("^  [A-Z].{10,}", lines[1]);
    }

    private void CheckRefusal(Fault fault)
    {
        using var directory = new TemporaryDirectory();
        var cluster = deployed.CopyTo(directory["cluster"]);
        fault.Inflict(cluster);
        var before = Tree.Of(directory.Path);

        var result = Kubeprep.Deploy(cluster, "--json");

        ExpectRefusal(result, Path.Join(cluster, fault.File), fault.ErrorId, fault.Told);
        Assert.Equal(before, Tree.Of(directory.Path));
    }
}
