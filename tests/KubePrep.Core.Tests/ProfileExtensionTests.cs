using KubePrep.Preparation;
using KubePrep.Yaml;

namespace KubePrep.Core.Tests;

public sealed class ProfileExtensionTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly PreparationProfileYaml _reader = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Alone_asks_for_what_it_says_and_nothing_else()
    {
        var profile = Read("packages: [jq]\n");
        Assert.Equal(["jq"], profile.Packages);
        Assert.Equal(SwapPolicy.Keep, profile.Swap);
        Assert.Empty(profile.Journal);
        Assert.Empty(profile.KernelModules);
        Assert.Empty(profile.BlockedModules);
        Assert.Empty(profile.Sysctl);
        Assert.Empty(profile.Limits);
        Assert.Empty(profile.ProxyModes);
    }

    [Fact]
    public void Adds_nothing_to_what_it_extends_if_it_says_nothing()
    {
        var profile = Read("extends: default\n");
        var inherited = _reader.Read("default");
        Assert.Equal(_directory["x.yaml"], profile.Name);
        Assert.Equal(inherited.Packages, profile.Packages);
        Assert.Equal(inherited.Journal, profile.Journal);
        Assert.Equal(inherited.Swap, profile.Swap);
        Assert.Equal(inherited.KernelModules, profile.KernelModules);
        Assert.Equal(inherited.Sysctl, profile.Sysctl);
        Assert.Equal(inherited.ProxyModes.Keys, profile.ProxyModes.Keys);
    }

    [Fact]
    public void Adds_to_lists_and_takes_out_of_them()
    {
        var inherited = _reader.Read("default").Packages;
        Assert.Equal([.. inherited.Except(["curl"]), "nfs-common"], Read("extends: default\npackages: [nfs-common, -curl]\n").Packages);
        Assert.Equal(inherited, Read("extends: default\npackages: [socat]\n").Packages);
        Assert.Equal(inherited, Read("extends: default\npackages: []\n").Packages);
        Assert.Empty(Read("extends: default\npackages: null\n").Packages);
    }

    [Fact]
    public void Knows_a_module_with_hyphens_and_with_underscores() =>
        Assert.Equal(["overlay", "nf_conntrack"], Read("extends: default\nkernelModules: [-br-netfilter, nf-conntrack]\n").KernelModules);

    [Fact]
    public void Gives_keys_other_values_where_they_stand_adds_keys_and_takes_them_away()
    {
        var inherited = _reader.Read("default").Sysctl;
        var sysctl = Read(
            """
            extends: default
            sysctl:
              vm.max_map_count: 1048576
              vm/panic_on_oom: null
              vm.swappiness: 10
            """).Sysctl;
        Assert.Equal(
            [
                .. inherited.Where(setting => setting.Key != "vm.panic_on_oom")
                    .Select(setting => setting.Key == "vm.max_map_count" ? new SysctlSetting("vm.max_map_count", "1048576") : setting),
                new SysctlSetting("vm.swappiness", "10"),
            ],
            sysctl);
    }

    [Fact]
    public void Keeps_the_order_of_keys_when_some_are_taken_away()
    {
        var journal = Read(
            """
            extends: default
            journal: {Storage: ~, MaxRetentionSec: null, RuntimeMaxUse: 64M, SystemMaxUse: 1G}
            """).Journal;
        Assert.Equal(
            [
                KeyValuePair.Create("SystemMaxUse", "1G"),
                KeyValuePair.Create("SystemMaxFileSize", "200M"),
                KeyValuePair.Create("ForwardToSyslog", "no"),
                KeyValuePair.Create("ForwardToWall", "no"),
                KeyValuePair.Create("RuntimeMaxUse", "64M"),
            ],
            journal);
    }

    [Fact]
    public void Reaches_into_proxy_modes()
    {
        var modes = Read(
            """
            extends: default
            proxyMode: ipvs
            proxyModes:
              nftables: null
              iptables: {packages: [ipset]}
              ipvs:
                packages: [-ipvsadm]
                kernelModules: [ip_vs_lc]
                sysctl: {net.ipv4.vs.conntrack: 1}
            """);
        Assert.Equal(ProxyMode.Ipvs, modes.ProxyMode);
        Assert.Equal([ProxyMode.Ipvs, ProxyMode.Iptables], modes.ProxyModes.Keys);
        Assert.Equal(["ipset"], modes.ProxyModes[ProxyMode.Iptables].Packages);
        Assert.Equal(["ipset"], modes.ProxyModes[ProxyMode.Ipvs].Packages);
        Assert.Equal(["ip_vs", "ip_vs_rr", "ip_vs_wrr", "ip_vs_sh", "ip_vs_lc"], modes.ProxyModes[ProxyMode.Ipvs].KernelModules);
        Assert.Equal([new SysctlSetting("net.ipv4.vs.conntrack", "1")], modes.ProxyModes[ProxyMode.Ipvs].Sysctl);
    }

    [Theory]
    [InlineData("swap: off", SwapPolicy.Off)]
    [InlineData("swap: 'off'", SwapPolicy.Off)]
    [InlineData("swap: \"off\"", SwapPolicy.Off)]
    [InlineData("swap: Off", SwapPolicy.Off)]
    [InlineData("swap: false", SwapPolicy.Off)]
    [InlineData("swap: keep", SwapPolicy.Keep)]
    [InlineData("extends: default\nswap: keep", SwapPolicy.Keep)]
    [InlineData("{\"swap\": \"off\"}", SwapPolicy.Off)]
    public void Reads_swap_however_it_is_quoted(string content, SwapPolicy expected) => Assert.Equal(expected, Read(content).Swap);

    [Fact]
    public void Finds_what_it_extends_from_its_own_directory()
    {
        _directory.Write("base/base.yaml", "extends: ../root.yml\npackages: [b2]\n");
        _directory.Write("root.yml", "packages: [r2]\n");
        Assert.Equal(["r2", "b2", "x2"], Read("extends: base/base.yaml\npackages: [x2]\n").Packages);
        Assert.Equal(["r2", "b2", "x2"], Read($"extends: {_directory["base/base.yaml"]}\npackages: [x2]\n").Packages);
    }

    [Fact]
    public void Finds_a_path_without_a_directory_in_the_current_one()
    {
        _directory.Write("a.yaml", "extends: b.yml\n");
        _directory.Write("b.yml", "packages: [b2]\n");
        var relative = Path.GetRelativePath(Environment.CurrentDirectory, _directory["a.yaml"]);
        Assert.Equal(["b2"], _reader.Read(relative).Packages);
        Assert.Equal(relative, _reader.Read(relative).Name);
    }

    [Theory]
    [InlineData("nope")]
    [InlineData("Default")]
    [InlineData("")]
    [InlineData("default.yaml")]
    [InlineData("/nowhere/x")]
    [InlineData("./default")]
    [InlineData("a\nb.yaml")]
    [InlineData("/etc/hosts\0.yaml")]
    public void Names_the_built_in_ones_if_there_is_none_of_the_name(string name)
    {
        var error = Expect.Error(ErrorId.ProfileNotFound, () => _reader.Read(name));
        Assert.Equal(name, error.Target);
        Assert.Contains("default, kubeasz", error.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void Takes_no_path_that_is_longer_than_there_are() =>
        Expect.Error(ErrorId.ProfileNotFound, () => _reader.Read($"/{new string('x', 5000)}"));

    [Fact]
    public void Takes_no_directory_for_a_file() => Expect.Error(ErrorId.NotRegularFile, () => _reader.Read($"{_directory.Path}/"));

    [Fact]
    public void Reads_no_file_that_is_too_large_to_be_one() =>
        Expect.Error(ErrorId.FileReadFailed, () => Read($"# {new string('x', 1 << 20)}\n"));

    [Theory]
    [InlineData("packages: [jq]\nextends: nope\n", 2, "nope")]
    [InlineData("extends: ./nope.yaml\n", 1, "nope.yaml")]
    [InlineData("extends: Default\n", 1, "Default")]
    [InlineData("extends: \"a\\0.yaml\"\n", 1, "a?.yaml")]
    [InlineData("extends: null\n", 1, "extends")]
    [InlineData("extends: [default]\n", 1, "extends")]
    public void Says_where_what_it_extends_is_missing(string content, int line, string named)
    {
        var error = Expect.Error(ErrorId.InvalidProfile, () => Read(content));
        Assert.StartsWith($"{_directory["x.yaml"]}, line {line}: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("extends: x.yaml\n", "x.yaml")]
    [InlineData("extends: ./sub/../x.yaml\n", "x.yaml")]
    [InlineData("extends: y.yaml\n", "y.yaml")]
    public void Does_not_go_round_in_circles(string content, string culprit)
    {
        _directory.Write("y.yaml", "\n\nextends: sub/../x.yaml\n");
        Directory.CreateDirectory(_directory["sub"]);
        var error = Expect.Error(ErrorId.InvalidProfile, () => Read(content));
        Assert.Contains(culprit, error.Target, StringComparison.Ordinal);
        Assert.Contains("extends itself", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(9, true)]
    [InlineData(10, false)]
    public void Does_not_follow_more_than_ten_documents(int parents, bool isRead)
    {
        for (var i = 1; i < parents; i++)
        {
            _directory.Write($"{i}.yaml", $"extends: {i + 1}.yaml\n");
        }

        _directory.Write($"{parents}.yaml", "packages: [jq]\n");
        if (isRead)
        {
            Assert.Equal(["jq"], Read("extends: 1.yaml\n").Packages);
        }
        else
        {
            var error = Expect.Error(ErrorId.InvalidProfile, () => Read("extends: 1.yaml\n"));
            Assert.Contains("10", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Names_the_file_that_is_wrong_and_not_the_one_that_extends_it()
    {
        var wrong = _directory.Write("base.yaml", "packages:\n- jq\n- J\n");
        var error = Expect.Error(ErrorId.InvalidProfile, () => Read("extends: base.yaml\n"));
        Assert.Equal(wrong, error.Target);
        Assert.StartsWith($"{wrong}, line 3: ", error.Message, StringComparison.Ordinal);
    }

    private PreparationProfile Read(string content) => _reader.Read(_directory.Write("x.yaml", content));
}
