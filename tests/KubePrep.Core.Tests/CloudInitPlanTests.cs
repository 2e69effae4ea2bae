using System.Text;
using KubePrep.Changes;
using KubePrep.Facts;
using KubePrep.HostsFile;

namespace KubePrep.Core.Tests;

public sealed class CloudInitPlanTests
{
    private const string Ours = "/etc/cloud/cloud.cfg.d/99-kubeprep.cfg";
    private const string Distribution = "/etc/cloud/cloud.cfg.d/01_debian_cloud.cfg";
    private const string Later = "/etc/cloud/cloud.cfg.d/99_site.cfg";
    private const string User = "/var/lib/cloud/instance/cloud-config.txt";
    private const string Template = "/etc/cloud/templates/hosts.debian.tmpl";
    private const string Text = "## template:jinja\n{# a remark #}\n127.0.1.1 {{fqdn}} {{ hostname }}\n127.0.0.1 localhost\n";
    private const string Block = "# BEGIN KUBEPREP\n10.0.0.1 n1\n# END KUBEPREP\n";

    [Fact]
    public void Has_nothing_to_do_where_cloud_init_leaves_the_file_alone()
    {
        Assert.Empty(Plan().Changes);
        Assert.Empty(Plan((Distribution, "true"), (User, "false")).Changes);
        Assert.Empty(Plan((Ours, "true")).Changes);
    }

    [Theory]
    [InlineData("true")]
    [InlineData("True")]
    [InlineData("template")]
    [InlineData("localhost")]
    public void Turns_it_off_and_puts_the_map_into_the_template(string value)
    {
        var plan = Plan((Distribution, value));

        Assert.Equal([Ours, Template], plan.Changes.Select(change => change.Target));
        Assert.Equal($"{ManagedFile.Notice}\nmanage_etc_hosts: false\npreserve_hostname: true\n", TextOf(plan.Changes[0]));
        Assert.Equal(Text.Replace("127.0.1.1", "#127.0.1.1", StringComparison.Ordinal) + Block, TextOf(plan.Changes[1]));
        Assert.Contains($"{Ours} turns that off", Assert.Single(plan.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Is_done_when_it_is_done()
    {
        var first = Plan((Distribution, "true"));
        var after = first.Changes.Aggregate(Facts((Distribution, "true"), (Ours, "false")), (facts, change) => facts.WithFile(change.Target, TextOf(change)));
        var second = new CloudInitPlan(after, Encoding.ASCII.GetBytes(Block));

        Assert.Empty(second.Changes);
        Assert.Empty(second.Warnings);
    }

    [Theory]
    [InlineData(Later, "true", "its template has the map")]
    [InlineData(User, "true", "its template has the map")]
    [InlineData(User, "localhost", "maps the node's name to 127.0.1.1 again")]
    public void Says_what_outranks_it(string path, string value, string consequence)
    {
        var warning = Assert.Single(Plan((Distribution, "false"), (path, value)).Warnings);

        Assert.Contains($"(manage_etc_hosts: {value} in {path}): that outranks {Ours}", warning, StringComparison.Ordinal);
        Assert.Contains(consequence, warning, StringComparison.Ordinal);
    }

    [Fact]
    public void Touches_no_template_with_half_a_block() =>
        Expect.Error(
            ErrorId.InvalidHostsFile,
            () => _ = new CloudInitPlan(Facts((Distribution, "true")).WithFile(Template, "# BEGIN KUBEPREP\n"), Encoding.ASCII.GetBytes(Block)));

    private static CloudInitPlan Plan(params (string Path, string Value)[] settings) => new(Facts(settings), Encoding.ASCII.GetBytes(Block));

    private static NodeFacts Facts(params (string Path, string Value)[] settings) => SampleNode.Debian.WithFile(Template, Text) with
    {
        CloudInitHostsSettings = [.. settings.Select(setting => new CloudInitSetting(setting.Path, setting.Value))],
    };

    private static string TextOf(Change change) => Encoding.UTF8.GetString(change.Content.Span);
}
