using FsCheck.Fluent;
using KubePrep.Users;
using KubePrep.Yaml;

namespace KubePrep.Core.Tests;

public sealed class RoleBindingYamlTests
{
    private static readonly RoleBindingYaml Yaml = new();

    [Fact]
    public void A_manifest_is_written_for_people_to_read()
    {
        var binding = new RoleBinding("kubeprep:jane-abcdefgh", "dev", RoleBinding.ClusterRole, "edit", ["jane-abcdefgh"])
        {
            ValidUntil = new DateTime(2030, 6, 15, 18, 15, 0, DateTimeKind.Utc),
        };
        Assert.Equal(
            """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: RoleBinding
            metadata:
              name: kubeprep:jane-abcdefgh
              namespace: dev
              labels:
                app.kubernetes.io/managed-by: kubeprep
              annotations:
                kubeprep/valid-until: "2030-06-15T18:15:00Z"
            roleRef:
              apiGroup: rbac.authorization.k8s.io
              kind: ClusterRole
              name: edit
            subjects:
            - apiGroup: rbac.authorization.k8s.io
              kind: User
              name: jane-abcdefgh

            """,
            System.Text.Encoding.UTF8.GetString(Yaml.Write(binding)));
    }

    [Fact]
    public void Whatever_is_written_is_read_again() => Property.Holds(
        from name in Generators.OddName
        from scope in Gen.Frequency((1, Gen.Constant<string?>(null)), (2, Generators.OddName.Select(text => (string?)text)))
        from kind in Gen.Elements("ClusterRole", "Role")
        from role in Generators.OddName
        from users in Generators.OddName.ListOf()
        select new RoleBinding(name, scope, kind, role, [.. users]),
        binding =>
        {
            var read = Yaml.Read(Yaml.Write(binding), "x-rbac.yaml");
            Assert.Equal(
                (binding.Name, binding.Namespace, binding.RoleKind, binding.RoleName, binding.ValidUntil),
                (read.Name, read.Namespace, read.RoleKind, read.RoleName, read.ValidUntil));
            Assert.Equal(binding.UserNames, read.UserNames);
        });

    [Fact]
    public void Damage_is_read_or_is_an_error_of_its_own()
    {
        var whole = Yaml.Write(new RoleBinding("b", "dev", "ClusterRole", "view", ["jane"]) { ValidUntil = DateTime.UnixEpoch });
        Property.Holds(
            Generators.Damaged(whole),
            damaged =>
            {
                try
                {
                    Assert.NotEmpty(Yaml.Read(damaged.Content, "x-rbac.yaml").RoleName);
                }
                catch (KubePrepException e)
                {
                    Assert.Equal(ErrorId.MalformedRoleBinding, e.Id);
                }
            },
            cases: 500);
    }

    [Fact]
    public void Json_is_read_and_a_role_of_the_namespace_is_told_as_such()
    {
        var read = Yaml.Read(
            """
            {"apiVersion":"rbac.authorization.k8s.io/v1","kind":"RoleBinding","metadata":{"name":"b"},
             "roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"Role","name":"r"},
             "subjects":[{"kind":"Group","name":"g"},{"kind":"User","name":"u"},{"kind":"ServiceAccount","name":"s","namespace":"n"}]}
            """u8.ToArray(),
            "b.json");
        Assert.Equal(("b", "default", "Role/r", null), (read.Name, read.Namespace, read.Role, read.ValidUntil));
        Assert.Equal(["u"], read.UserNames);
    }
}
