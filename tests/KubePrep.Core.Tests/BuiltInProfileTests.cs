using KubePrep.Preparation;
using KubePrep.Yaml;

namespace KubePrep.Core.Tests;

public sealed class BuiltInProfileTests
{
    private readonly PreparationProfileYaml _reader = new();

    [Fact]
    public void Has_two()
    {
        Assert.Equal(["default", "kubeasz"], _reader.BuiltInNames);
        Assert.All(_reader.BuiltInNames, name => Assert.Equal(name, _reader.Read(name).Name));
    }

    [Fact]
    public void The_default_is_what_is_recommended()
    {
        var profile = _reader.Read("default");
        Assert.Equal(
            ["iproute2", "iptables", "mount", "util-linux", "kmod", "conntrack", "socat", "ebtables", "ethtool", "ca-certificates", "curl"],
            profile.Packages);
        Assert.Equal(Journal, profile.Journal);
        Assert.Equal(SwapPolicy.Off, profile.Swap);
        Assert.Equal(["overlay", "br_netfilter", "nf_conntrack"], profile.KernelModules);
        Assert.Empty(profile.BlockedModules);
        Assert.Equal(
            [
                new SysctlSetting("net.ipv4.ip_forward", "1"),
                new SysctlSetting("net.ipv6.conf.all.forwarding", "1") { IsForIPv6 = true },
                new SysctlSetting("net.ipv6.conf.default.forwarding", "1") { IsForIPv6 = true },
                new SysctlSetting("net.bridge.bridge-nf-call-iptables", "1"),
                new SysctlSetting("net.bridge.bridge-nf-call-ip6tables", "1"),
                new SysctlSetting("vm.overcommit_memory", "1"),
                new SysctlSetting("vm.panic_on_oom", "0"),
                new SysctlSetting("kernel.panic", "10"),
                new SysctlSetting("kernel.panic_on_oops", "1"),
                new SysctlSetting("kernel.keys.root_maxkeys", "1000000"),
                new SysctlSetting("kernel.keys.root_maxbytes", "25000000"),
                new SysctlSetting("fs.inotify.max_user_instances", "8192") { IsMinimum = true },
                new SysctlSetting("fs.inotify.max_user_watches", "524288") { IsMinimum = true },
                new SysctlSetting("vm.max_map_count", "262144") { IsMinimum = true },
            ],
            profile.Sysctl);
        Assert.Empty(profile.Limits);
        Assert.Equal(ProxyMode.Nftables, profile.ProxyMode);
        Assert.Equal([ProxyMode.Nftables, ProxyMode.Ipvs], profile.ProxyModes.Keys);
        Assert.Equal(["nftables"], profile.ProxyModes[ProxyMode.Nftables].Packages);
        Assert.Equal(["nf_tables"], profile.ProxyModes[ProxyMode.Nftables].KernelModules);
        Assert.Equal(["ipset", "ipvsadm"], profile.ProxyModes[ProxyMode.Ipvs].Packages);
        Assert.Equal(["ip_vs", "ip_vs_rr", "ip_vs_wrr", "ip_vs_sh"], profile.ProxyModes[ProxyMode.Ipvs].KernelModules);
        Assert.All(profile.ProxyModes.Values, mode => Assert.Empty(mode.Sysctl));
    }

    [Fact]
    public void Kubeasz_has_that_projects_values()
    {
        var profile = _reader.Read("kubeasz");
        Assert.Equal(
            "bash-completion conntrack ipset ipvsadm jq libseccomp2 lvm2 nfs-common psmisc rsync socat",
            string.Join(' ', profile.Packages));
        Assert.Equal(Journal, profile.Journal);
        Assert.Equal(SwapPolicy.Off, profile.Swap);
        Assert.Equal(
            "br_netfilter dm_snapshot dm_thin_pool ip_vs ip_vs_rr ip_vs_wrr ip_vs_sh nf_conntrack",
            string.Join(' ', profile.KernelModules));
        Assert.Equal(["sctp"], profile.BlockedModules);
        Assert.Equal(
            """
            net.ipv4.ip_forward=1
            net.ipv4.tcp_tw_reuse=2
            net.ipv4.tcp_timestamps=1
            net.ipv4.tcp_fin_timeout=30
            net.core.somaxconn=65535
            net.core.netdev_max_backlog=65536
            net.ipv4.tcp_max_syn_backlog=65536
            net.ipv4.tcp_rmem=4096 12582912 16777216
            net.ipv4.tcp_wmem=4096 12582912 16777216
            net.netfilter.nf_conntrack_max=1048576
            fs.file-max=2097152
            fs.inotify.max_user_instances=8192
            fs.inotify.max_user_watches=524288
            vm.swappiness=0
            vm.max_map_count=262144
            vm.overcommit_memory=1
            vm.panic_on_oom=0
            kernel.panic=10
            kernel.pid_max=4194304
            net.bridge.bridge-nf-call-iptables=1
            net.bridge.bridge-nf-call-ip6tables=1
            net.bridge.bridge-nf-call-arptables=1
            net.ipv4.conf.all.rp_filter=0
            net.ipv4.conf.default.rp_filter=0
            kernel.softlockup_panic=1
            fs.may_detach_mounts=1
            net.ipv4.tcp_tw_recycle=0
            """,
            string.Join('\n', profile.Sysctl.Select(setting => $"{setting.Key}={setting.Value}")));
        Assert.Equal(
            ["fs.may_detach_mounts", "net.ipv4.tcp_tw_recycle"],
            profile.Sysctl.Where(setting => setting.IsOptional).Select(setting => setting.Key));
        Assert.All(profile.Sysctl, setting => Assert.False(setting.IsMinimum || setting.IsForIPv6));
        Assert.Equal(
            new Dictionary<string, string>
            {
                ["DefaultLimitCORE"] = "infinity",
                ["DefaultLimitNOFILE"] = "100000",
                ["DefaultLimitNPROC"] = "100000",
            },
            profile.Limits);
        Assert.Equal(ProxyMode.Nftables, profile.ProxyMode);
        var (mode, ipvs) = Assert.Single(profile.ProxyModes);
        Assert.Equal(ProxyMode.Ipvs, mode);
        Assert.Empty(ipvs.Packages);
        Assert.Empty(ipvs.KernelModules);
        Assert.Equal(
            [
                new SysctlSetting("net.ipv4.tcp_keepalive_time", "600"),
                new SysctlSetting("net.ipv4.tcp_keepalive_intvl", "30"),
                new SysctlSetting("net.ipv4.tcp_keepalive_probes", "10"),
            ],
            ipvs.Sysctl);
    }

    [Theory]
    [InlineData("default", "nftables", "")]
    [InlineData("kubeasz", "", "net.ipv4.tcp_keepalive_time net.ipv4.tcp_keepalive_intvl net.ipv4.tcp_keepalive_probes")]
    public void Ask_for_what_one_proxy_mode_needs_and_not_for_what_others_do(string name, string nftables, string ipvsKeys)
    {
        var profile = _reader.Read(name);
        Assert.Equal(
            nftables.Split(' ', StringSplitOptions.RemoveEmptyEntries),
            profile.ForProxyMode(ProxyMode.Nftables).Packages.Except(profile.Packages));
        Assert.Equal(
            ipvsKeys.Split(' ', StringSplitOptions.RemoveEmptyEntries),
            profile.ForProxyMode(ProxyMode.Ipvs).Sysctl.Except(profile.Sysctl).Select(setting => setting.Key));
        Assert.Equal(profile.Packages, profile.ForProxyMode(ProxyMode.Iptables).Packages);
    }

    private static Dictionary<string, string> Journal => new()
    {
        ["Storage"] = "persistent",
        ["SystemMaxUse"] = "2G",
        ["SystemMaxFileSize"] = "200M",
        ["MaxRetentionSec"] = "2week",
        ["ForwardToSyslog"] = "no",
        ["ForwardToWall"] = "no",
    };
}
