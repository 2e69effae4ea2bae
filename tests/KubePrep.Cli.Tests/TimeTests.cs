using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace KubePrep.Cli.Tests;

/// <summary><c>kubeprep time</c> and <c>kubeprep sync-time</c>, of this machine, whose clock is never set, and of nodes that are not there.</summary>
public sealed class TimeTests : IDisposable
{
    private static readonly string[] TimeKeys =
    [
        "node", "hostName", "verdict", "reason", "wayOut", "machine", "daemons", "source", "isTraceable", "stratum", "leap", "ptpClocks",
        "answersNtp", "offsetSeconds", "errorBoundSeconds", "offsetFromMedianSeconds", "medianErrorBoundSeconds", "durationSeconds", "warnings", "error",
    ];

    private readonly TemporaryDirectory _directory = new();

    public static TheoryData<string, string[]> WrongArguments => new()
    {
        { "at least one node", ["time"] },
        { "--bogus", ["time", "localhost", "--bogus"] },
        { "--what-if", ["time", "localhost", "--what-if"] }, // it changes nothing anyway
        { "--certificate-authority", ["time", "localhost", "--certificate-authority"] },
        { "at least one node", ["sync-time", "--what-if"] },
        { "--source", ["sync-time", "localhost", "--what-if", "--source", "gps"] },
        { "--source", ["sync-time", "localhost", "--what-if", "--source", "1"] },
        { "--source", ["sync-time", "localhost", "--what-if", "--source"] },
        { "--ntp-server", ["sync-time", "localhost", "--what-if", "--ntp-server"] },
        { "[InvalidNtpServer]", ["sync-time", "localhost", "--what-if", "--ntp-server", ""] },
        { "[InvalidNtpServer]", ["sync-time", "localhost", "--what-if", "--ntp-server", "10.77.0.300"] },
        { "[InvalidNtpServer]", ["sync-time", "localhost", "--what-if", "--ntp-server", "ntp.example.org", "--ntp-server", "a b"] },
        { "[InvalidNtpServer]", ["sync-time", "localhost", "--what-if", "--ntp-server", "a\nmakestep 1 -1"] },
        { "[TimeServerMissing]", ["sync-time", "localhost", "--what-if", "--source", "cluster"] },
        { "TimeSync", ["check", "localhost", "--step", "Clock"] }, // the error names the steps that there are
    };

    [Theory]
    [MemberData(nameof(WrongArguments))]
    public void Refuses_a_command_line_that_cannot_be_carried_out(string named, string[] arguments)
    {
        var result = Kubeprep.Run(arguments).Expect(2);
        Assert.Contains(named, result.Error, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("error: ", result.Error, StringComparison.Ordinal);
        Assert.Empty(result.Output);
    }

    [Fact]
    public void Names_as_json_what_keeps_the_clock_of_this_machine_which_does_not_differ_from_itself()
    {
        var row = Assert.Single(Read("time", "localhost", "--json").Rows);
        Assert.Equal(TimeKeys, row.EnumerateObject().Select(property => property.Name));
        Assert.Equal(("localhost", "localhost"), (row.GetProperty("node").GetString(), row.GetProperty("hostName").GetString()));
        Assert.NotEmpty(row.GetProperty("reason").GetString()!);
        Assert.Equal(JsonValueKind.Null, row.GetProperty("error").ValueKind);
        Assert.InRange(row.GetProperty("errorBoundSeconds").GetDouble(), 0, 0.5);
        Assert.True(Math.Abs(row.GetProperty("offsetSeconds").GetDouble()) <= row.GetProperty("errorBoundSeconds").GetDouble());
        Assert.Equal(JsonValueKind.Null, row.GetProperty("offsetFromMedianSeconds").ValueKind);
    }

    [Fact]
    public void Ends_with_1_unless_the_clock_is_kept_and_says_why_below_a_table()
    {
        var json = Read("time", "localhost", "--json");
        var verdict = Assert.Single(json.Rows).Verdict();
        Assert.Equal(verdict == "Synchronized" ? 0 : 1, json.ExitCode);

        var table = Read("time", "localhost");
        Assert.Equal(json.ExitCode, table.ExitCode);
        Assert.Matches("^NODE +MACHINE +DAEMON +SOURCE +STRATUM +OFFSET +ERROR +MEDIAN +VERDICT\nlocalhost ", table.Output);
        Assert.Contains(verdict, table.Output, StringComparison.Ordinal);
        Assert.Equal(verdict != "Synchronized", table.Output.Contains($"\nlocalhost: {json.Rows[0].Reason()}.", StringComparison.Ordinal));
    }

    [Fact]
    public void Ends_with_3_for_a_node_that_is_not_there_which_has_its_row()
    {
        var away = Away();
        foreach (var command in new[] { "time", "sync-time" })
        {
            string[] arguments = command == "time" ? [command, away, "localhost"] : [command, away, "localhost", "--what-if"];
            var json = Kubeprep.Run([.. arguments, "--json"]).Expect(3);
            Assert.Equal([away, "localhost"], json.Rows.Select(row => row.GetProperty("node").GetString()!));
            Assert.Equal("ConnectionRefused", json.Rows[0].GetProperty("error").GetProperty("id").GetString());
            Assert.Contains("[ConnectionRefused]", json.Error, StringComparison.Ordinal);

            var table = Kubeprep.Run(arguments).Expect(3);
            Assert.Contains(table.Output.Split('\n'), line => line.StartsWith(away, StringComparison.Ordinal) && line.Contains(command == "time" ? "Unknown" : "Unreachable", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Shows_what_it_would_set_up_and_changes_nothing()
    {
        var row = Assert.Single(Read("sync-time", "localhost", "--what-if", "--json").Rows);
        Assert.Equal(
            ["node", "hostName", "status", "timeSync", "durationSeconds", "changes", "warnings", "error"],
            row.EnumerateObject().Select(property => property.Name));
        Assert.Contains(row.Status(), (string[])["Compliant", "Drifted", "HostOwned", "Failed"]);
        Assert.Equal(TimeKeys, row.GetProperty("timeSync").EnumerateObject().Select(property => property.Name));
        Assert.All(row.GetProperty("changes").EnumerateArray(), change => Assert.Equal("TimeSync", change.GetProperty("step").GetString()));

        var table = Read("sync-time", "localhost", "--what-if");
        Assert.Matches("^NODE +STATUS +VERDICT +SOURCE +OFFSET +ERROR +DURATION\nlocalhost +", table.Output);
        Assert.Contains(row.Status(), table.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Says_that_an_authority_is_not_valid_yet_and_reads_none_that_is_missing_or_damaged()
    {
        var missing = Kubeprep.Run("time", "localhost", "--certificate-authority", _directory["none.pem"]).Expect(1);
        Assert.Contains("[CertificateAuthorityNotFound]", missing.Error, StringComparison.Ordinal);
        Assert.Contains(_directory["none.pem"], missing.Error, StringComparison.Ordinal);
        Assert.Empty(missing.Output);

        File.WriteAllText(_directory["bad.pem"], "no certificate\n");
        var damaged = Kubeprep.Run("time", "localhost", "--certificate-authority", _directory["bad.pem"]).Expect(1);
        Assert.Contains("[MalformedCertificate]", damaged.Error, StringComparison.Ordinal);
        Assert.Empty(damaged.Output);

        using var key = System.Security.Cryptography.ECDsa.Create();
        var request = new System.Security.Cryptography.X509Certificates.CertificateRequest(
            "CN=kubernetes", key, System.Security.Cryptography.HashAlgorithmName.SHA256);
        using var authority = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddHours(1), DateTimeOffset.UtcNow.AddDays(1));
        File.WriteAllText(_directory["ca.pem"], authority.ExportCertificatePem());
        var future = Read("time", "localhost", "--json", "--certificate-authority", _directory["ca.pem"]);
        Assert.Contains(
            Assert.Single(future.Rows).GetProperty("warnings").EnumerateArray(),
            warning => warning.GetString()!.Contains("ca.pem begins to be valid at ", StringComparison.Ordinal));
        Assert.Contains("warning: localhost: The certificate authority ", future.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_check_only_warns_of_a_clock_that_nothing_keeps()
    {
        var row = Assert.Single(Kubeprep.Run("check", "localhost", "--step", "TimeSync", "--json").Expect(0).Rows);
        Assert.Equal("Compliant", row.Status());
        var step = row.GetProperty("steps").EnumerateArray().Single(each => each.GetProperty("step").GetString() == "TimeSync");
        Assert.Contains(step.Status(), (string[])["Compliant", "Warning"]);
        Assert.All(
            row.GetProperty("steps").EnumerateArray().Where(each => each.GetProperty("step").GetString() != "TimeSync"),
            other => Assert.Equal("Skipped", other.Status()));
        Assert.Contains("TIME", Kubeprep.Run("check", "localhost", "--step", "TimeSync").Expect(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_preparation_that_is_to_set_up_the_clocks_says_what_it_would_change()
    {
        var planned = Assert.Single(Read("sync-time", "localhost", "--what-if", "--json").Rows);
        var row = Assert.Single(Read("prepare", "localhost", "--step", "TimeSync", "--set-time-sync", "--what-if", "--json").Rows);
        var step = row.GetProperty("steps").EnumerateArray().Single(each => each.GetProperty("step").GetString() == "TimeSync");
        Assert.Equal(planned.Status(), step.Status());
        Assert.Equal(planned.GetProperty("changes").GetRawText(), row.GetProperty("changes").GetRawText());
    }

    [Fact]
    public void Help_names_every_option()
    {
        foreach (var (command, options) in new (string, string[])[]
        {
            ("time", ["--inventory", "--certificate-authority", "--json"]),
            ("sync-time", ["--inventory", "--source", "--ntp-server", "--what-if", "--json"]),
            ("prepare", ["--set-time-sync"]),
        })
        {
            var help = Kubeprep.Run(command, "--help").Expect(0);
            Assert.All(options, option => Assert.Matches($@"(?m)^  {option} ", help.Output));
            Assert.Empty(help.Error);
        }

        var all = Kubeprep.Run("--help").Expect(0).Output;
        Assert.Matches("(?m)^  time ", all);
        Assert.Matches("(?m)^  sync-time ", all);
        Assert.All(["auto", "ntp", "ptp", "cluster"], word => Assert.Contains(word, Kubeprep.Run("sync-time", "--help").Output, StringComparison.Ordinal));
    }

    public void Dispose() => _directory.Dispose();

    /// <summary>A node's address at which nothing listens.</summary>
    private static string Away()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
    }

    /// <summary>Runs what may end with 1, as the clock of the machine that runs the tests may not be kept.</summary>
    private static ToolResult Read(params IEnumerable<string> arguments)
    {
        var result = Kubeprep.Run(arguments);
        return result.Expect(result.ExitCode == 0 ? 0 : 1);
    }
}
