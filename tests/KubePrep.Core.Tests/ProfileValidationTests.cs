using System.Text;
using FsCheck.Fluent;
using KubePrep.Preparation;
using KubePrep.Yaml;

namespace KubePrep.Core.Tests;

public sealed class ProfileValidationTests : IDisposable
{
    /// <summary>Text that a shell, a configuration file or apt would take for more than a name or a value.</summary>
    private static readonly string[] Hostile =
    [
        "$(reboot)", "`reboot`", "${IFS}", "a;reboot", "a&&reboot", "a|sh", "a>b", "a<b", "a\nb", "a\rb", "a\tb", "a\0b", "a\u001bb",
        "a\u0085b", "a\u2028b", "a b", " a", "a ", "'", "\"", "a'b", "a\"b", "a\\b", "a\\", "../../etc/passwd", "/etc/passwd",
        "-oProxyCommand=x",
        "--option", "a=b", "a:b", "a,b", "a*", "a?", "[a]", "{a,b}", "~root", "#a", "a#b", "!a", "%n", "é", "аb", "ａ", "𝔸b", "😀", "\ufeffa",
        "\u202ea", "\u200b", "\u00a0", "",
    ];

    private readonly TemporaryDirectory _directory = new();
    private readonly PreparationProfileYaml _reader = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("", 1, "mapping")]
    [InlineData("# nothing\n", 1, "mapping")]
    [InlineData("just text", 1, "mapping")]
    [InlineData("\n- a", 2, "mapping")]
    [InlineData("swap: off\n---\nswap: off", 3, "mapping")]
    [InlineData("swap: off\nswap: off", 2, "twice (swap)")]
    [InlineData("journal:\n  Seal: no\n  Seal: no", 3, "twice (Seal)")]
    [InlineData("\nswap: 'x", 2, "not valid YAML")]
    [InlineData("swap: off\npackages: [a", 2, "not valid YAML")]
    [InlineData("swap: off\npackages: [a\n", 2, "not valid YAML")]
    [InlineData("swap: off\n swap: off", 2, "not valid YAML")]
    [InlineData("swap: \"\\ud800\"", 1, "not valid YAML")]
    [InlineData("swap: *x", 1, "anchor")]
    [InlineData("swap: off\npackages: &x [jq]", 2, "anchor")]
    [InlineData("swap: !!str off", 1, "tag")]
    [InlineData("!x {}", 1, "tag")]
    [InlineData("? [a]\n: b", 1, "key")]
    [InlineData("extends: default\nkernelmodules: [a]", 2, "'kernelmodules' is not a key of a profile")]
    [InlineData("<<: {}", 1, "'<<'")]
    [InlineData("{}\n...\nx", 3, "")]
    public void Refuses_what_is_no_profile(string content, int line, string named) => Refuses(content, line, named);

    [Theory]
    [InlineData("packages: jq", 1, "not a list")]
    [InlineData("packages: {jq: 1}", 1, "not a list")]
    [InlineData("packages:", 1, "no value")]
    [InlineData("extends: default\npackages:\n# - jq\nswap: off", 2, "no value")]
    [InlineData("packages:\n- jq\n-\n", 3, "no value")]
    [InlineData("packages:\n- jq\n- null\n", 3, "no value")]
    [InlineData("packages:\n- jq\n- [socat]\n", 3, "single value")]
    [InlineData("packages:\n- jq\n- socat\n- jq", 4, "'jq' is listed twice")]
    [InlineData("packages:\n- jq\n- -jq", 3, "'jq' is listed twice")]
    [InlineData("packages: [j]", 1, "'j'")]
    [InlineData("packages: [Jq]", 1, "'Jq'")]
    [InlineData("packages: [jq-]", 1, "'jq-'")]
    [InlineData("packages: [--jq]", 1, "'--jq'")]
    [InlineData("packages: [+jq]", 1, "'+jq'")]
    [InlineData("packages: [jq/stable]", 1, "'jq/stable'")]
    [InlineData("packages: [jq=1.6]", 1, "'jq=1.6'")]
    [InlineData("packages: ['jq:amd64']", 1, "'jq:amd64'")]
    [InlineData("kernelModules: [ip_vs, a.ko]", 1, "'a.ko'")]
    [InlineData("kernelModules:\n- dm_snapshot\n- dm-snapshot", 3, "'dm_snapshot' is listed twice")]
    [InlineData("kernelModules: [sctp]\nblockedModules: [sctp]", 2, "'sctp' is both")]
    [InlineData("extends: default\nblockedModules: [br-netfilter]", 2, "'br_netfilter' is both")]
    [InlineData("extends: kubeasz\nkernelModules: [sctp]", 2, "'sctp' is both")]
    [InlineData("extends: kubeasz\nproxyModes: {ipvs: {kernelModules: [sctp]}}", 2, "'sctp' is both")]
    public void Refuses_lists_that_cannot_be_right(string content, int line, string named) => Refuses(content, line, named);

    [Theory]
    [InlineData("packages: null", 1, "'packages'")]
    [InlineData("packages: [-jq]", 1, "'jq'")]
    [InlineData("extends: default\npackages: [-sokat]", 2, "'sokat'")]
    [InlineData("extends: default\nlimits: null", 2, "'limits'")]
    [InlineData("extends: default\njournal:\n  SystemMaxFiles: null", 3, "'SystemMaxFiles'")]
    [InlineData("extends: default\nsysctl: {vm.swappiness: null}", 2, "'vm.swappiness'")]
    [InlineData("extends: default\nproxyModes:\n  iptables: null", 3, "'iptables'")]
    [InlineData("extends: default\nswap: null", 2, "'swap'")]
    [InlineData("extends: default\nproxyMode: null", 2, "'proxyMode'")]
    public void Refuses_to_take_away_what_is_not_there(string content, int line, string named) => Refuses(content, line, named);

    [Theory]
    [InlineData("journal: [Storage]", 1, "not a mapping")]
    [InlineData("journal: x", 1, "not a mapping")]
    [InlineData("journal:\n  Storage:\n", 2, "no value")]
    [InlineData("journal:\n  storage: persistent", 2, "'storage'")]
    [InlineData("journal: {ForwardToSocket: x}", 1, "'ForwardToSocket'")]
    [InlineData("journal: {Storage: disk}", 1, "volatile, persistent, auto, none")]
    [InlineData("journal: {Storage: [none]}", 1, "single value")]
    [InlineData("journal: {SystemMaxUse: 2GB}", 1, "'2GB'")]
    [InlineData("journal: {SystemMaxUse: -1}", 1, "'-1'")]
    [InlineData("journal: {SystemMaxUse: 2_000}", 1, "'2_000'")]
    [InlineData("journal: {SystemMaxUse: ''}", 1, "''")]
    [InlineData("journal: {SystemMaxFiles: 1K}", 1, "'1K'")]
    [InlineData("journal: {MaxRetentionSec: 2 fortnights}", 1, "'2 fortnights'")]
    [InlineData("journal: {MaxRetentionSec: week}", 1, "'week'")]
    [InlineData("journal: {MaxRetentionSec: '2week '}", 1, "'2week '")]
    [InlineData("journal: {ForwardToWall: maybe}", 1, "yes or no")]
    [InlineData("journal: {MaxLevelStore: 8}", 1, "'8'")]
    [InlineData("journal: {TTYPath: /etc/passwd}", 1, "device")]
    [InlineData("journal: {TTYPath: /dev/../etc/passwd}", 1, "device")]
    [InlineData("limits: {LimitNOFILE: 1}", 1, "'LimitNOFILE'")]
    [InlineData("limits: {DefaultTasksMax: 1}", 1, "'DefaultTasksMax'")]
    [InlineData("limits:\n  DefaultLimitNOFILE: many", 2, "'many'")]
    [InlineData("limits: {DefaultLimitNOFILE: 1K}", 1, "'1K'")]
    [InlineData("limits: {DefaultLimitNOFILE: '2:1'}", 1, "'2:1'")]
    [InlineData("limits: {DefaultLimitNOFILE: 'infinity:1'}", 1, "'infinity:1'")]
    [InlineData("limits: {DefaultLimitNOFILE: '1:2:3'}", 1, "'1:2:3'")]
    [InlineData("limits: {DefaultLimitNOFILE: '1:'}", 1, "'1:'")]
    [InlineData("limits: {DefaultLimitCORE: '2M:1K'}", 1, "'2M:1K'")]
    [InlineData("limits: {DefaultLimitCORE: '1.5K:1025'}", 1, "'1.5K:1025'")]
    [InlineData("limits: {DefaultLimitNICE: 41}", 1, "'41'")]
    [InlineData("limits: {DefaultLimitNICE: -21}", 1, "'-21'")]
    public void Refuses_settings_that_systemd_would_pass_over(string content, int line, string named) => Refuses(content, line, named);

    [Theory]
    [InlineData("sysctl: [vm.swappiness]", 1, "not a mapping")]
    [InlineData("sysctl:\n  vm.swappiness:", 2, "no value")]
    [InlineData("sysctl: {swappiness: 1}", 1, "'swappiness'")]
    [InlineData("sysctl: {vm..swappiness: 1}", 1, "'vm..swappiness'")]
    [InlineData("sysctl: {.vm.swappiness: 1}", 1, "'.vm.swappiness'")]
    [InlineData("sysctl: {vm.swappiness.: 1}", 1, "'vm.swappiness.'")]
    [InlineData("sysctl: {-vm.swappiness: 1}", 1, "'-vm.swappiness'")]
    [InlineData("sysctl: {/proc/sys/vm/swappiness: 1}", 1, "'/proc/sys/vm/swappiness'")]
    [InlineData("sysctl: {vm/../../x: 1}", 1, "'vm/../../x'")]
    [InlineData("sysctl: {vm.a//b: 1}", 1, "'vm.a//b'")]
    [InlineData("sysctl: {net.ipv4.conf.*.rp_filter: 1}", 1, "'net.ipv4.conf.*.rp_filter'")]
    [InlineData("sysctl:\n  vm.swappiness: 1\n  vm/swappiness: 1", 3, "'vm.swappiness' is given twice")]
    [InlineData("sysctl: {vm.swappiness: [1]}", 1, "single value")]
    [InlineData("sysctl: {vm.swappiness: ''}", 1, "empty")]
    [InlineData("sysctl: {vm.swappiness: ' '}", 1, "empty")]
    [InlineData("sysctl: {vm.swappiness: true}", 1, "boolean")]
    [InlineData("sysctl: {vm.swappiness: No}", 1, "boolean")]
    [InlineData("sysctl: {vm.swappiness: 0x1f}", 1, "decimal")]
    [InlineData("sysctl: {vm.swappiness: 010}", 1, "decimal")]
    [InlineData("sysctl: {vm.swappiness: 1_000}", 1, "decimal")]
    [InlineData("sysctl: {vm.swappiness: 1e3}", 1, "decimal")]
    [InlineData("sysctl: {vm.swappiness: +1}", 1, "decimal")]
    [InlineData("sysctl: {net.ipv4.tcp_rmem: 4096 1_000 3}", 1, "decimal")]
    [InlineData("sysctl:\n  vm.swappiness: |\n    1\n    2\n", 2, "one line")]
    [InlineData("sysctl: {vm.swappiness: {}}", 1, "one of 'value' and 'atLeast'")]
    [InlineData("sysctl: {vm.swappiness: {ifPresent: true}}", 1, "one of 'value' and 'atLeast'")]
    [InlineData("sysctl: {vm.swappiness: {value: 1, atLeast: 1}}", 1, "one of 'value' and 'atLeast'")]
    [InlineData("sysctl:\n  vm.swappiness:\n    value: 1\n    ifpresent: true", 4, "'ifpresent'")]
    [InlineData("sysctl:\n  vm.swappiness:\n    value: 1\n    ifPresent: maybe", 4, "'maybe'")]
    [InlineData("sysctl:\n  vm.swappiness:\n    value: 1\n    ifIPv6:", 4, "no value")]
    [InlineData("sysctl: {vm.swappiness: {value: null}}", 1, "no value")]
    [InlineData("sysctl: {vm.swappiness: {atLeast: 1k}}", 1, "'1k'")]
    [InlineData("sysctl: {vm.swappiness: {atLeast: 1.5}}", 1, "'1.5'")]
    [InlineData("sysctl: {vm.swappiness: {atLeast: -1}}", 1, "'-1'")]
    [InlineData("sysctl: {vm.swappiness: {atLeast: 010}}", 1, "'010'")]
    [InlineData("sysctl: {vm.swappiness: {atLeast: 1 2}}", 1, "'1 2'")]
    [InlineData("sysctl: {vm.swappiness: {atLeast: 9999999999999999999}}", 1, "'9999999999999999999'")]
    public void Refuses_kernel_parameters_that_cannot_be_right(string content, int line, string named) => Refuses(content, line, named);

    [Theory]
    [InlineData("swap: on", 1, "'on'")]
    [InlineData("swap: true", 1, "'true'")]
    [InlineData("swap: Keep", 1, "'Keep'")]
    [InlineData("swap: {}", 1, "single value")]
    [InlineData("swap:", 1, "no value")]
    [InlineData("proxyMode: ebpf", 1, "nftables, iptables, ipvs")]
    [InlineData("proxyMode: IPVS", 1, "'IPVS'")]
    [InlineData("proxyMode: [ipvs]", 1, "single value")]
    [InlineData("proxyModes: [ipvs]", 1, "not a mapping")]
    [InlineData("proxyModes:\n  ebpf: {}", 2, "'ebpf'")]
    [InlineData("proxyModes:\n  ipvs: [ipset]", 2, "not a mapping")]
    [InlineData("proxyModes:\n  ipvs:\n    limits: {}", 3, "'limits'")]
    [InlineData("proxyModes:\n  ipvs:\n    packages: [-ipset]", 3, "'ipset'")]
    [InlineData("proxyModes:\n  ipvs:\n    sysctl:\n      vm.x: true", 4, "boolean")]
    public void Refuses_other_words_for_swap_and_proxy_modes(string content, int line, string named) => Refuses(content, line, named);

    [Theory]
    [InlineData("vm.swappiness: 0", "vm.swappiness", "0")]
    [InlineData("vm/swappiness: 0", "vm.swappiness", "0")]
    [InlineData("net/ipv4/conf/eth0.100/forwarding: 1", "net.ipv4.conf.eth0/100.forwarding", "1")]
    [InlineData("net.ipv4.conf.eth0/100.forwarding: 1", "net.ipv4.conf.eth0/100.forwarding", "1")]
    [InlineData("net.ipv4.tcp_rmem: 4096   12582912 16777216", "net.ipv4.tcp_rmem", "4096 12582912 16777216")]
    [InlineData("net.ipv4.tcp_rmem: \"\\t4096\\t12582912 16777216 \"", "net.ipv4.tcp_rmem", "4096 12582912 16777216")]
    [InlineData("kernel.sched_rt_runtime_us: -1", "kernel.sched_rt_runtime_us", "-1")]
    [InlineData("kernel.printk_devkmsg: on", "kernel.printk_devkmsg", "on")]
    [InlineData("net.core.default_qdisc: fq_codel", "net.core.default_qdisc", "fq_codel")]
    [InlineData("net.ipv4.ip_local_reserved_ports: 30000-32767,9100", "net.ipv4.ip_local_reserved_ports", "30000-32767,9100")]
    [InlineData("kernel.core_pattern: '|/usr/bin/tee %P %u'", "kernel.core_pattern", "|/usr/bin/tee %P %u")]
    [InlineData("net.core.flow_limit_cpu_bitmap: '00ff'", "net.core.flow_limit_cpu_bitmap", "00ff")]
    public void Reads_kernel_parameters(string line, string key, string value) =>
        Assert.Equal([new SysctlSetting(key, value)], Read($"sysctl:\n  {line}\n").Sysctl);

    [Theory]
    [InlineData("{atLeast: 5}", "5", true, false, false)]
    [InlineData("{atLeast: 0, ifPresent: true}", "0", true, true, false)]
    [InlineData("{value: 1 2, ifIPv6: yes}", "1 2", false, false, true)]
    [InlineData("{value: '1', ifIPv6: on, ifPresent: 'true'}", "1", false, true, true)]
    [InlineData("{value: 1, ifIPv6: false, ifPresent: no}", "1", false, false, false)]
    public void Reads_their_conditions(string text, string value, bool isMinimum, bool isOptional, bool isForIPv6) => Assert.Equal(
        [new SysctlSetting("vm.x", value) { IsMinimum = isMinimum, IsOptional = isOptional, IsForIPv6 = isForIPv6 }],
        Read($"sysctl:\n  vm.x: {text}\n").Sysctl);

    [Theory]
    [InlineData("Seal: true", "yes")]
    [InlineData("Seal: OFF", "no")]
    [InlineData("Compress: no", "no")]
    [InlineData("Compress: 4K", "4K")]
    [InlineData("SystemMaxUse: 1.5G", "1.5G")]
    [InlineData("SystemMaxUse: 1073741824", "1073741824")]
    [InlineData("MaxRetentionSec: 2week", "2week")]
    [InlineData("MaxRetentionSec: 1month 3 days", "1month 3 days")]
    [InlineData("MaxFileSec: 0", "0")]
    [InlineData("MaxFileSec: infinity", "infinity")]
    [InlineData("RateLimitBurst: 10000", "10000")]
    [InlineData("MaxLevelWall: emerg", "emerg")]
    [InlineData("MaxLevelWall: 0", "0")]
    [InlineData("TTYPath: /dev/tty12", "/dev/tty12")]
    public void Reads_settings_of_the_journal(string line, string value) =>
        Assert.Equal(value, Assert.Single(Read($"journal:\n  {line}\n").Journal).Value);

    [Theory]
    [InlineData("DefaultLimitNOFILE: 1024:524288")]
    [InlineData("DefaultLimitNOFILE: 7:7")]
    [InlineData("DefaultLimitNPROC: infinity")]
    [InlineData("DefaultLimitMEMLOCK: 8M:infinity")]
    [InlineData("DefaultLimitCORE: 512K:1M")]
    [InlineData("DefaultLimitCPU: 10min")]
    [InlineData("DefaultLimitRTTIME: 500ms:1s")]
    [InlineData("DefaultLimitCPU: 3000000:2M")]
    [InlineData("DefaultLimitNICE: -5")]
    [InlineData("DefaultLimitNICE: +19:-20")]
    public void Reads_limits(string line) =>
        Assert.Equal(line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..], Assert.Single(Read($"limits:\n  {line}\n").Limits).Value);

    [Theory]
    [InlineData("packages: [{0}]")]
    [InlineData("kernelModules: [{0}]")]
    [InlineData("blockedModules: [{0}]")]
    [InlineData("sysctl: {{{0}: 1}}")]
    [InlineData("journal: {{Storage: {0}}}")]
    [InlineData("journal: {{SystemMaxUse: {0}}}")]
    [InlineData("journal: {{MaxRetentionSec: {0}}}")]
    [InlineData("journal: {{ForwardToSyslog: {0}}}")]
    [InlineData("journal: {{TTYPath: {0}}}")]
    [InlineData("journal: {{{0}: x}}")]
    [InlineData("limits: {{DefaultLimitNOFILE: {0}}}")]
    [InlineData("limits: {{DefaultLimitCPU: {0}}}")]
    [InlineData("limits: {{{0}: 1}}")]
    [InlineData("sysctl: {{vm.x: {{atLeast: {0}}}}}")]
    [InlineData("swap: {0}")]
    [InlineData("proxyMode: {0}")]
    [InlineData("extends: {0}")]
    [InlineData("{0}: x")]
    public void Refuses_hostile_text_wherever_it_stands(string form)
    {
        foreach (var text in Hostile)
        {
            var content = string.Format(null, form, Quoted(text));
            var error = Record.Exception(() => Read(content));
            Assert.True(error is KubePrepException { Id: ErrorId.InvalidProfile }, $"{content} gave {error?.ToString() ?? "no error"}");
            Assert.DoesNotContain(error!.Message, char.IsControl);
        }
    }

    [Fact]
    public void Lets_no_hostile_text_be_a_kernel_parameters_value_that_could_leave_its_quotes()
    {
        foreach (var text in Hostile)
        {
            try
            {
                var value = Assert.Single(Read($"sysctl: {{vm.x: {Quoted(text)}}}").Sysctl).Value;
                Assert.Matches(@"^[ -~]+\z", value);
                Assert.Equal(-1, value.IndexOfAny(['\'', '"', '$', '`', '\\']));
            }
            catch (KubePrepException e)
            {
                Assert.Equal(ErrorId.InvalidProfile, e.Id);
            }
        }
    }

    [Theory]
    [InlineData("[", "]")]
    [InlineData("{a: ", "}")]
    public void Refuses_nesting_so_deep_that_reading_more_of_it_would_end_the_process(string open, string close)
    {
        var (start, end) = (string.Concat(Enumerable.Repeat(open, 10_000)), string.Concat(Enumerable.Repeat(close, 10_000)));
        Refuses($"packages:\n  {start}{end}", 2, "too deep");
    }

    [Fact]
    public void Is_not_kept_busy_by_what_looks_like_a_time_span_or_a_name_for_long()
    {
        var digits = new string('1', 190);
        Refuses($"journal: {{MaxRetentionSec: {digits}x}}", 1, "time span");
        Refuses($"journal: {{MaxRetentionSec: {string.Concat(Enumerable.Repeat("1m ", 60))}x}}", 1, "time span");
        Refuses($"packages: [{new string('a', 100_000)}-]", 1, "…");
        Refuses($"sysctl: {{{string.Concat(Enumerable.Repeat("a.", 400))}: 1}}", 1, "…");
    }

    [Fact]
    public void Accepts_no_time_span_that_systemd_would_not()
    {
        Tool.Require("systemd-analyze");
        string[] units = ["us", "usec", "ms", "s", "sec", "second", "m", "M", "min", "h", "hour", "d", "days", "w", "week", "month", "y"];
        string[] spans =
        [
            "infinity", "0", "2.5", "1week 2",
            .. units.SelectMany(unit => new[] { $"1{unit}", $"2.5 {unit}", $"3{unit} 4 days 5", $"1week2{unit}" }),
        ];
        Assert.All(spans, span => Assert.Equal(span, Assert.Single(Read($"journal:\n  MaxFileSec: {span}\n").Journal).Value));
        Tool.Run("systemd-analyze", ["timespan", .. spans]);
    }

    [Fact]
    public void Says_on_which_line_the_text_is_none()
    {
        var path = _directory["x.yaml"];
        File.WriteAllBytes(path, [.. "swap: off\npackages:\n- "u8, 0xff, 0xfe, .. "\n"u8]);
        var error = Expect.Error(ErrorId.InvalidProfile, () => _reader.Read(path));
        Assert.StartsWith($"{path}, line 3: it is not valid UTF-8", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("default")]
    [InlineData("kubeasz")]
    public void Either_reads_or_refuses_a_damaged_one(string name)
    {
        using var stream = typeof(PreparationProfileYaml).Assembly.GetManifestResourceStream($"{name}.yaml")!;
        var original = new byte[stream.Length];
        stream.ReadExactly(original);
        Property.Holds(Generators.Damaged(original), file => ReadsOrRefuses(file.Content), cases: 1000);
    }

    [Fact]
    public void Either_reads_or_refuses_whatever_bytes_there_are() =>
        Property.Holds(ArbMap.Default.GeneratorFor<byte[]>(), ReadsOrRefuses, cases: 500);

    [Fact]
    public void Either_reads_or_refuses_pieces_of_profiles_in_any_order() => Property.Holds(
        Gen.Elements(
            "packages:", "sysctl:", "journal:", "swap:", "proxyModes:", "ipvs:", "extends:", " ", "  ", "\n", "\n  ", "\n- ",
            "- ", "[", "]",
            "{", "}", ",", ":", "? ", "|", ">", "&a", "*a", "!!x", "%YAML 1.1", "---", "...", "'", "\"", "\\", "#", "null", "~", "off",
            "jq", "-jq", "vm.x", "1", "Storage", "\t", "\r", "\ufeff", "\u2028", "default", "atLeast:",
            "<<:").ArrayOf().Select(pieces => string.Concat(pieces)),
        text => ReadsOrRefuses(Encoding.UTF8.GetBytes(text)),
        cases: 2000);

    private static string Quoted(string text) => string.Concat(
        "\"",
        string.Concat(text.EnumerateRunes().Select(rune => $"\\U{rune.Value:x8}")),
        "\"");

    private void ReadsOrRefuses(byte[] content)
    {
        var path = _directory["x.yaml"];
        File.WriteAllBytes(path, content);
        try
        {
            _reader.Read(path);
        }
        catch (KubePrepException e)
        {
            Assert.Equal(ErrorId.InvalidProfile, e.Id);
            Assert.Matches(", line [1-9][0-9]*: ", e.Message);
        }
    }

    private void Refuses(string content, int line, string named)
    {
        var error = Expect.Error(ErrorId.InvalidProfile, () => Read(content));
        Assert.Equal(_directory["x.yaml"], error.Target);
        Assert.StartsWith($"{error.Target}, line {line}: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
    }

    private PreparationProfile Read(string content) => _reader.Read(_directory.Write("x.yaml", content));
}
