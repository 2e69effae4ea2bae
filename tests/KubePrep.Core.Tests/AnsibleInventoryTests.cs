namespace KubePrep.Core.Tests;

public sealed class AnsibleInventoryTests
{
    private const string Secret = "hunter2";

    [Theory]
    [InlineData("ansible_port=0", "is no port")]
    [InlineData("ansible_port=65536", "is no port")]
    [InlineData("ansible_ssh_port=ssh", "is no port")]
    [InlineData("ansible_port=-22", "is no port")]
    [InlineData("ip=10.0.0", "is no IPv4")]
    [InlineData("ip=10.0.0.256", "is no IPv4")]
    [InlineData("ip=010.0.0.1", "is no IPv4")]
    [InlineData("ip=10.0.0.1/24", "is no IPv4")]
    [InlineData("ip6=fe80::1%eth0", "is no IPv4")]
    [InlineData("ip6=[::1]", "is neither text")]
    [InlineData("k8s_nodename=a..b", "cannot be a node's name")]
    [InlineData("K8S_NODENAME=-a", "cannot be a node's name")]
    [InlineData("k8s_nodename=hunter2!", "cannot be a node's name")]
    [InlineData("ansible_connection=docker", "is a connection that KubePrep does not make")]
    [InlineData("ansible_host={{hunter2}}", "is an expression")]
    [InlineData("ansible_user={%hunter2%}", "is an expression")]
    [InlineData("ansible_user=$ANSIBLE_VAULT;1.1;hunter2", "is encrypted")]
    [InlineData("ansible_host=1.5", "is neither text")]
    [InlineData("ansible_host=True", "is neither text")]
    [InlineData("ansible_host=[1,2]", "is neither text")]
    [InlineData("\"ansible_user='a\\nb'\"", "control character")]
    public void Refuses_a_value_that_a_node_needs(string variable, string named)
    {
        var error = InventorySample.Refuses("hosts.ini", $"\na {variable}", 2);
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
        Assert.Contains("of the host 'a'", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, error.ToString() + error.RecommendedAction, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ansible_port=22 # the default", "22")]
    [InlineData("ansible_port='22' # the default", "22")]
    public void Drops_the_comment_after_a_literal(string line, string port) =>
        Assert.Equal([$"a|a||{port}|||None"], InventorySample.Show(InventorySample.Ini($"a\n[all:vars]\n{line}")));

    [Fact]
    public void Says_that_a_comment_after_text_is_a_part_of_it()
    {
        var error = InventorySample.Refuses("hosts.ini", "a\n[all:vars]\nansible_user=root # not me", 3);
        Assert.Contains("'ansible_user' of the group 'all' has a comment in it", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Does_not_mind_values_that_no_node_needs() => Assert.Equal(
        ["a|a|||||Worker"],
        InventorySample.Show(InventorySample.Ini(
            "[kube_node]\na x={{y}} z=$ANSIBLE_VAULT\n[bastion]\nb ansible_host={{c}} ansible_port=x\n[other]\n[other:vars]\nip={{d}}")));

    [Fact]
    public void Shows_no_value_of_what_it_ignores()
    {
        var content = InventorySample.Ini("a ansible_password=hunter2 ansible_become_pass='hunter2'\n[all:vars]\nansible_password=hunter2");
        Assert.Equal(2, content.Ignored.Count);
        Assert.All(content.Ignored, sentence => Assert.DoesNotContain(Secret, sentence, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("kube_master", "ControlPlane")]
    [InlineData("kube-master", "ControlPlane")]
    [InlineData("kube_control_plane", "ControlPlane")]
    [InlineData("kube-control-plane", "ControlPlane")]
    [InlineData("kube_node", "Worker")]
    [InlineData("kube-node", "Worker")]
    [InlineData("etcd", "Etcd")]
    [InlineData("chrony", "TimeServer")]
    [InlineData("other", "None")]
    public void Knows_roles_by_group_and_by_groups_in_it(string group, string role)
    {
        Assert.Equal([$"a|a|||||{role}"], InventorySample.Show(InventorySample.Ini($"[{group}]\na")));
        Assert.Equal([$"a|a|||||{role}"], InventorySample.Show(InventorySample.Ini($"[{group}:children]\nx\n[x:children]\ny\n[y]\na")));
    }

    [Fact]
    public void Takes_every_host_if_no_group_of_nodes_has_one() =>
        Assert.Equal(["a|a|||||None", "b|b|||||None"], InventorySample.Show(InventorySample.Ini("a\n[g]\nb\n[kube_node]\n[etcd]")));

    [Theory]
    [InlineData("local", "localhost|a|||||None")]
    [InlineData("ansible.builtin.local", "localhost|a|||||None")]
    [InlineData("ssh", "h|a||22|me||None")]
    [InlineData("ansible.builtin.ssh", "h|a||22|me||None")]
    [InlineData("smart", "h|a||22|me||None")]
    [InlineData("paramiko", "h|a||22|me||None")]
    [InlineData("paramiko_ssh", "h|a||22|me||None")]
    [InlineData("''", "h|a||22|me||None")]
    public void Knows_connections(string connection, string node) => Assert.Equal(
        [node],
        InventorySample.Show(InventorySample.Ini($"a ansible_host=h ansible_port=22 ansible_user=me ansible_connection={connection}")));

    [Theory]
    [InlineData("localhost", "localhost||")]
    [InlineData("192.0.2.1", "192.0.2.1||192.0.2.1")]
    [InlineData("2001:db8::1", "2001:db8::1||2001:db8::1")]
    [InlineData("Node_1", "Node_1||")]
    [InlineData("node-1.example.org", "node-1.example.org|node-1.example.org|")]
    [InlineData("1", "1|1|")]
    [InlineData("192.0.2.1 ip=10.0.0.1", "192.0.2.1||10.0.0.1")]
    [InlineData("192.0.2.1 ip=''", "192.0.2.1||192.0.2.1")]
    [InlineData("a ansible_host=192.0.2.1", "192.0.2.1|a|")]
    [InlineData("a k8s_nodename=Node_1", "a|node-1|")]
    [InlineData("a k8s_nodename=12", "a|12|")]
    [InlineData("a K8S_NODENAME=b k8s_nodename=c", "a|c|")]
    [InlineData("a K8S_NODENAME=b k8s_nodename=''", "a|b|")]
    public void Names_a_node(string line, string start) =>
        Assert.StartsWith(start, Assert.Single(InventorySample.Show(InventorySample.Ini(line))), StringComparison.Ordinal);

    [Fact]
    public void Finds_a_key_file_at_home()
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        var nodes = InventorySample.Ini("a ansible_private_key_file=~/k\nb ansible_ssh_private_key_file='/k #1'\nc ansible_private_key_file=~user/k").Nodes;
        Assert.Equal([$"{home}/k", "/k #1", "~user/k"], nodes.Select(node => node.KeyFilePath));
    }

    [Theory]
    [InlineData("a k8s_nodename=n\nb k8s_nodename=n", 2, "'a' and 'b'")]
    [InlineData("a\nb k8s_nodename=A", 2, "'a' and 'b'")]
    [InlineData("a\nb\n[all:vars]\nk8s_nodename=n", 4, "'a' and 'b'")]
    public void Refuses_two_nodes_of_one_name(string text, int line, string named) =>
        Assert.Contains(named, InventorySample.Refuses("hosts.ini", text, line).Message, StringComparison.Ordinal);

    [Fact]
    public void Warns_of_an_inventory_without_hosts() =>
        Assert.Contains("names no host", Assert.Single(InventorySample.Ini("[kube_node]\n# a\n").Warnings), StringComparison.Ordinal);
}
