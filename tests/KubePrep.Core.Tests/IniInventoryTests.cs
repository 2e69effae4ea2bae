using KubePrep.Inventory;

namespace KubePrep.Core.Tests;

public sealed class IniInventoryTests
{
    [Fact]
    public void Of_kubeasz_gives_its_nodes()
    {
        var content = InventorySample.Ini(
            """
            # an odd number of members
            [etcd]
            192.0.2.11
            192.0.2.12

            [kube_master]
            192.0.2.11 k8s_nodename='cp-01'
            192.0.2.12 k8s_nodename='CP_02' ansible_ssh_port=2222

            [kube_node]
            192.0.2.13 k8s_nodename=""

            [harbor]
            #192.0.2.20 NEW_INSTALL=false

            [ex_lb]
            192.0.2.21 LB_ROLE=backup EX_APISERVER_VIP=192.0.2.250

            [chrony]
            192.0.2.12

            [all:vars]
            # for the API servers
            SECURE_PORT="6443"
            cluster_dir="{{ base_dir }}/clusters/_cluster_name_"
            k8s_nodename=''
            ansible_user=debian
            """);
        Assert.Equal(
            [
                "192.0.2.11|cp-01|192.0.2.11||debian||ControlPlane, Etcd",
                "192.0.2.12|cp-02|192.0.2.12|2222|debian||ControlPlane, Etcd, TimeServer",
                "192.0.2.13||192.0.2.13||debian||Worker",
            ],
            InventorySample.Show(content));
        Assert.Equal(
            [
                "17: the host '192.0.2.21' is in no group of nodes, and is left out.",
                "17: the variable 'LB_ROLE' is not used.",
                "17: the variable 'EX_APISERVER_VIP' is not used.",
                "24: the variable 'SECURE_PORT' is not used.",
                "25: the variable 'cluster_dir' is not used.",
            ],
            content.Ignored.Select(sentence => sentence[(sentence.IndexOf(".ini:", StringComparison.Ordinal) + 5)..]));
        Assert.Empty(content.Warnings);
    }

    [Fact]
    public void Of_kubespray_gives_its_nodes() => Assert.Equal(
        [
            "198.51.100.1|cp1|10.0.0.1|||/keys/id|ControlPlane, Etcd",
            "198.51.100.2|work1|10.0.0.2 fd00::2|||/keys/id|Worker",
            "localhost|work2||||/keys/id|Worker",
        ],
        InventorySample.Show(InventorySample.Ini(
            """
            jump ansible_host=198.51.100.99
            [all]
            cp1 ansible_host=198.51.100.1 ip=10.0.0.1 etcd_member_name=etcd1  # the first
            work1 ansible_host=198.51.100.2 ip=10.0.0.2 ip6=fd00::2
            work2 ansible_host=localhost releases={{ansible_env.HOME}}/releases

            [kube_control_plane]
            cp1
            [etcd:children]
            kube_control_plane
            [kube_node]
            work[1:2]
            [k8s_cluster:children]
            kube_control_plane
            kube_node
            [k8s_cluster:vars]
            ansible_ssh_private_key_file = /keys/id
            """)));

    [Theory]
    [InlineData("a", "a")]
    [InlineData("'a b'", "a b")]
    [InlineData("\"a b\"", "a b")]
    [InlineData("'a'  # and more", "a")]
    [InlineData("'a' 'b'", "ab")]
    [InlineData("'it\\'s \\x41\\t\\101\\u00e9'", "it's A\tAé")]
    [InlineData("r'a\\n'", "a\\n")]
    [InlineData("'a\\qb'", "a\\qb")]
    [InlineData("'''a'b'''", "a'b")]
    [InlineData("'a", "'a")]
    [InlineData("'a'b", "'a'b")]
    [InlineData("0x10", "16")]
    [InlineData("-0o17", "-15")]
    [InlineData("0b11 # c", "3")]
    [InlineData("1_000", "1000")]
    [InlineData("1__0", "1__0")]
    [InlineData("+ 7", "7")]
    [InlineData("007", "007")]
    [InlineData("00", "0")]
    [InlineData("u", "u")]
    [InlineData("a=b", "a=b")]
    [InlineData("None", null)]
    [InlineData("", null)]
    [InlineData("''", null)]
    public void Takes_the_values_of_a_group_as_literals(string written, string? expected)
    {
        if (expected?.Contains('\t', StringComparison.Ordinal) == true)
        {
            Assert.Equal(expected, PythonLiteral.Read(written, 1).Text);
            return;
        }

        var node = Assert.Single(InventorySample.Ini($"h\n[all:vars]\nansible_user = {written}\n").Nodes);
        Assert.Equal(expected, node.UserName);
    }

    [Theory]
    [InlineData("ansible_user=a#b", "a")]
    [InlineData("ansible_user=a # b", "a")]
    [InlineData("ansible_user='a b'", "a b")]
    [InlineData("ansible_user=a\\ b", "a b")]
    [InlineData("ansible_user=\"a\\qb\"", "a\\qb")]
    [InlineData("ansible_user='a\\'", "a\\")]
    [InlineData("'ansible_user=a b'", "a b")]
    [InlineData("ansible_user=\"'0x10'\"", "0x10")]
    [InlineData("ansible_user='0x10'", "16")]
    [InlineData("ansible_user=a ansible_user=b", "b")]
    [InlineData("ansible_user=a ansible_ssh_user=b", "b")]
    [InlineData("ansible_ssh_user=b ansible_user=a", "b")]
    [InlineData("other=", null)]
    public void Splits_the_line_of_a_host_as_a_shell_does(string variables, string? user) =>
        Assert.Equal(user, Assert.Single(InventorySample.Ini($"h {variables}").Nodes).UserName);

    [Theory]
    [InlineData("h ansible_password=a hunter2", 1, "word 3")]
    [InlineData("\nh x='a", 2, "not closed")]
    [InlineData("h x=a\\", 1, "backslash")]
    [InlineData("'' x=a", 1, "empty")]
    [InlineData("[g]\nansible_password=hunter2", 2, "'ansible_password='")]
    [InlineData("[g:vars]\na=b", 1, "not defined")]
    [InlineData("[g:children]\nx\n[y]", 2, "'x', which is not defined")]
    [InlineData("[g]\n[g:vars]\nansible_password hunter2", 3, "no '='")]
    [InlineData("[g:children]\na b", 2, "name of a group")]
    [InlineData("[g:hunter]", 1, "'hunter'")]
    [InlineData("[g h]", 1, "blank")]
    [InlineData("[a:children]\nb\n[b:children]\na", 4, "is a child of")]
    [InlineData("[a:children]\na", 2, "is a child of")]
    [InlineData("[a:children]\nall", 2, "is a child of")]
    [InlineData("[a:children]\nungrouped", 2, "in no other group")]
    [InlineData("h\n---", 2, "YAML")]
    [InlineData("h:", 1, "colon")]
    [InlineData("a[1:2", 1, "bracket")]
    [InlineData("a[3:1]", 1, "before its beginning")]
    [InlineData("a[1:100001]", 1, "10000 hosts")]
    [InlineData("a[1:9999]\nb\nc[1:9]", 3, "10000 hosts")]
    [InlineData("[a]\n[a:vars]\nansible_group_priority=high\nip=192.0.2.1", 3, "whole number")]
    public void Refuses_what_ansible_cannot_read(string text, int line, string named)
    {
        var error = InventorySample.Refuses("hosts.ini", text, line);
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Merges_a_host_that_is_named_again() => Assert.Equal(
        ["192.0.2.1|a|||me||ControlPlane, Worker"],
        InventorySample.Show(InventorySample.Ini("[kube_node]\na ansible_host=192.0.2.1 ansible_user=you\n[kube-master]\na ansible_user=me")));

    [Fact]
    public void Takes_the_port_of_a_host_where_it_is_first_named()
    {
        Assert.Equal(["a|a||22|||None"], InventorySample.Show(InventorySample.Ini("a:22\n[g]\na:23")));
        Assert.Equal(["a|a|||||None"], InventorySample.Show(InventorySample.Ini("a\n[g]\na:23")));
        Assert.Equal(["a|a||24|||None"], InventorySample.Show(InventorySample.Ini("a:22 ansible_port=24")));
    }

    [Fact]
    public void Lets_deeper_groups_win_and_among_equals_priority_and_name()
    {
        const string Text =
            """
            [z]
            h
            [y]
            h
            [inner]
            h
            [outer:children]
            inner
            [all:vars]
            ansible_user=all
            ansible_port=1
            [z:vars]
            ansible_user=z
            ip=192.0.2.1
            [y:vars]
            ansible_user=y
            ip=192.0.2.2
            ansible_group_priority=2
            [outer:vars]
            ansible_user=outer
            ansible_host=outer
            [inner:vars]
            ansible_user=inner
            """;
        Assert.Equal(["outer|h|192.0.2.2|1|inner||None"], InventorySample.Show(InventorySample.Ini(Text)));
        Assert.Equal(
            ["outer|h|192.0.2.1|1|inner||None"],
            InventorySample.Show(InventorySample.Ini(Text.Replace("priority=2", "priority=1", StringComparison.Ordinal))));
    }

    [Fact]
    public void Gives_the_variables_of_ungrouped_to_hosts_of_no_group() => Assert.Equal(
        ["a|a|||u||None", "b|b|||||None", "c|c|||u||None"],
        InventorySample.Show(InventorySample.Ini("a\nb\n[all]\nc\n[g]\nb\n[ungrouped:vars]\nansible_user=u")));
}
