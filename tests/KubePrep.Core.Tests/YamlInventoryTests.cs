namespace KubePrep.Core.Tests;

public sealed class YamlInventoryTests
{
    [Fact]
    public void Of_kubespray_gives_its_nodes()
    {
        var content = InventorySample.Yaml(
            """
            ---
            all:
              hosts:
                cp1:
                  ansible_host: 198.51.100.1
                  ip: 10.0.0.1
                  access_ip: 198.51.100.1
                work[1:2]:
                  ansible_port: 2222
                jump:
              vars:
                ansible_user: debian
                cluster: "{{ name }}"
              children:
                kube_control_plane:
                  hosts:
                    cp1:
                kube_node:
                  hosts:
                    work1:
                      ansible_user: jane
                    work2: {}
                etcd:
                  children: {kube_control_plane: }
                k8s_cluster:
                  children:
                    kube_control_plane:
                    kube_node:
                calico_rr:
                  hosts: {}
            """);
        Assert.Equal(
            [
                "198.51.100.1|cp1|10.0.0.1||debian||ControlPlane, Etcd",
                "work1|work1||2222|jane||Worker",
                "work2|work2||2222|debian||Worker",
            ],
            InventorySample.Show(content));
        Assert.Equal(3, content.Ignored.Count);
    }

    [Fact]
    public void Of_json_gives_its_nodes() => Assert.Equal(
        ["192.0.2.1|a||22|||Worker"],
        InventorySample.Show(InventorySample.Read("hosts.json", """{"kube_node": {"hosts": {"a": {"ansible_host": "192.0.2.1", "ansible_port": 22}}}}""")));

    [Fact]
    public void May_use_anchors_and_merges() => Assert.Equal(
        ["a|a||22|me||None", "b|b||23|me||None", "c|c||24|||None"],
        InventorySample.Show(InventorySample.Yaml(
            """
            g:
              hosts:
                a: &common {ansible_user: me, ansible_port: 22}
                b: {<<: *common, ansible_port: 23}
                c: {ansible_port: 24, <<: [{ansible_port: 25}, {other: 1}]}
            """)));

    [Fact]
    public void Takes_a_single_name_for_a_mapping() => Assert.Equal(
        ["a|a|||||Worker"],
        InventorySample.Show(InventorySample.Yaml("g:\n  children: kube_node\nkube_node:\n  hosts: a")));

    [Theory]
    [InlineData("22", "22")]
    [InlineData("'22'", "22")]
    [InlineData("!!str 22", "22")]
    [InlineData("!unsafe '{{a}}'", "{{a}}")]
    [InlineData("me", "me")]
    [InlineData("", null)]
    [InlineData("~", null)]
    [InlineData("''", null)]
    [InlineData("null", null)]
    [InlineData("\"null\"", "null")]
    public void Knows_the_types_of_values(string value, string? user) =>
        Assert.Equal(user, Assert.Single(InventorySample.Yaml($"g: {{hosts: {{a: {{ansible_user: {value}}}}}}}").Nodes).UserName);

    [Theory]
    [InlineData("ansible_user: yes", "is neither text")]
    [InlineData("ansible_user: 1.5", "is neither text")]
    [InlineData("ansible_port: 0o22", "is neither text")]
    [InlineData("ansible_port: 022", "is neither text")]
    [InlineData("ansible_port: 22:22", "is neither text")]
    [InlineData("ansible_user: [a]", "is neither text")]
    [InlineData("ansible_user: {a: b}", "is neither text")]
    [InlineData("ansible_user: !vault hunter2", "is encrypted")]
    [InlineData("ansible_user: \"$ANSIBLE_VAULT;hunter2\"", "is encrypted")]
    [InlineData("ansible_user: '{{ hunter2 }}'", "is an expression")]
    [InlineData("ip: 10.0.0", "is no IPv4")]
    [InlineData("ip: 10.0", "is neither text")]
    public void Refuses_a_value_that_a_node_needs(string variable, string named)
    {
        var error = InventorySample.Refuses("hosts.yaml", $"g:\n  hosts:\n    a:\n      {variable}", 4);
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Does_not_mind_an_encrypted_value_that_no_node_needs()
    {
        var content = InventorySample.Yaml(
            """
            g:
              vars:
                ansible_become_password: !vault |
                  $ANSIBLE_VAULT;1.1;AES256
                  31323334
              hosts:
                a:
            """);
        Assert.Equal(["a|a|||||None"], InventorySample.Show(content));
        Assert.Contains(":3: the variable 'ansible_become_password' is not used", Assert.Single(content.Ignored), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", 1, "mapping")]
    [InlineData("- a", 1, "mapping")]
    [InlineData("g: {\n", 1, "not valid YAML")]
    [InlineData("g:\n  hosts:\n    a:\n    a:", 4, "twice")]
    [InlineData("g:\n  hosts: [a]", 2, "'hosts' of the group 'g' is no mapping")]
    [InlineData("g:\n  vars: [a]", 2, "no mapping")]
    [InlineData("g:\n  hosts:\n    a: hunter2", 3, "the host 'a' is no mapping")]
    [InlineData("g:\n  hosts:\n    10:", 3, "in quotes")]
    [InlineData("g:\n  hosts:\n    1.1:", 3, "in quotes")]
    [InlineData("g:\n  hosts:\n    ? [a]\n    : b", 3, "list or a mapping")]
    [InlineData("g:\n  hosts:\n    'a[2:1]':", 3, "no range")]
    [InlineData("plugin: x", 1, "plugin")]
    [InlineData("a: {children: {b: {children: {a: }}}}", 1, "is a child of")]
    [InlineData("a: &a\n  children:\n    b: *a", 1, "")]
    [InlineData("a: &a\n  <<: *a", 1, "")]
    public void Refuses_what_ansible_cannot_read(string text, int line, string named)
    {
        var error = InventorySample.Refuses("hosts.yaml", text, line);
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_references_that_stand_for_too_much()
    {
        var text = "a0: &a0 {}\n" + string.Concat(Enumerable.Range(1, 40).Select(i => $"a{i}: &a{i} {{children: {{x: *a{i - 1}, y: *a{i - 1}}}}}\n"));
        Expect.Error(ErrorId.InvalidInventory, () => InventorySample.Yaml(text));
    }

    [Fact]
    public void Warns_of_what_is_no_group()
    {
        var content = InventorySample.Yaml("version: 2\ng:\n  host: {a: }\n  hosts: {b: }");
        Assert.Equal(["b|b|||||None"], InventorySample.Show(content));
        Assert.Equal(2, content.Warnings.Count);
        Assert.Contains(":1: 'version' is no group", content.Warnings[0], StringComparison.Ordinal);
        Assert.Contains(":3: the group 'g' has an entry 'host'", content.Warnings[1], StringComparison.Ordinal);
    }
}
