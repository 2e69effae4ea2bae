using KubePrep.Deployment;
using KubePrep.Pki;
using KubePrep.Users;

namespace KubePrep.Core.Tests;

/// <summary>How users are listed and removed, and what is said of it.</summary>
public sealed class UserRemovalTests : IDisposable
{
    private readonly People _people = new();

    private string Root => _people.Cluster.Directory;

    [Fact]
    public void A_removed_user_is_backed_up_byte_for_byte_and_gone()
    {
        var jane = _people.Make("jane");
        var other = _people.Make("jane");
        var contents = People.PathsOf(jane).ToDictionary(path => path, File.ReadAllBytes);

        var removed = Assert.IsType<DeployedUser>(Assert.Single(_people.Remove(jane.Name).Files));

        Assert.Equal((DeploymentStatus.Removed, jane.Name, jane.SerialNumber, jane.NotAfter), (removed.Status, removed.Name, removed.SerialNumber, removed.NotAfter));
        Assert.All(contents, file =>
        {
            Assert.False(Path.Exists(file.Key));
            Assert.Equal(file.Value, File.ReadAllBytes(Path.Join(removed.BackupPath, Path.GetRelativePath(Root, file.Key))));
        });
        Assert.Equal("700", Convert.ToString((int)File.GetUnixFileMode(removed.BackupPath!), 8));
        Assert.Equal([other.Name], _people.Engine.List(Root).Select(user => user.Name));
        Assert.Equal(4, _people.Files.Count);
        _people.Cluster.AssertSound();
    }

    [Theory]
    [InlineData(null, "kubectl delete clusterrolebinding kubeprep:")]
    [InlineData("dev", "kubectl delete rolebinding kubeprep:")]
    public void It_is_said_that_no_certificate_can_be_revoked_and_what_ends_its_rights(string? scope, string command)
    {
        var jane = _people.Make("jane", request => request with { Namespace = scope, Lifetime = Lifetime.Parse("8h") });
        var warning = Assert.Single(_people.Remove(jane.Name).Warnings);
        Assert.Contains("cannot be revoked", warning, StringComparison.Ordinal);
        Assert.Contains("until 2030-06-15 18:15:00 UTC", warning, StringComparison.Ordinal);
        Assert.EndsWith($"{command}{jane.Name}{(scope is null ? "" : $" -n {scope}")}", warning, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_an_expired_user_nothing_is_left_valid()
    {
        var jane = _people.Make("jane", request => request with { Lifetime = Lifetime.Parse("8h") });
        _people.Cluster.Clock.Now += TimeSpan.FromHours(9);
        Assert.Equal((UserStatus.Expired, -1, null), (_people.Find(jane.Name).Status, _people.Find(jane.Name).DaysLeft, _people.Find(jane.Name).Reason));
        var warning = Assert.Single(_people.Remove(jane.Name).Warnings);
        Assert.Contains("nothing is left valid", warning, StringComparison.Ordinal);
        Assert.DoesNotContain("cannot be revoked", warning, StringComparison.Ordinal);
    }

    [Fact]
    public void A_certificate_that_came_before_is_not_forgotten()
    {
        var jane = _people.Make("jane", request => request with { Lifetime = Lifetime.Parse("90d") });
        _people.Cluster.Renew(request => request with { Names = [jane.Name], Lifetime = Lifetime.Parse("8h") });
        _people.Cluster.Clock.Now += TimeSpan.FromHours(9);
        File.AppendAllText(_people.Cluster["ssl/issued.jsonl"], $"damaged users/{jane.Name}.pem\n");
        Assert.Equal(UserStatus.Expired, _people.Find(jane.Name).Status);
        var warning = Assert.Single(_people.Remove(jane.Name).Warnings);
        Assert.Contains($"until {jane.NotAfter:yyyy-MM-dd HH:mm:ss} UTC", warning, StringComparison.Ordinal);
    }

    [Fact]
    public void The_binding_is_told_as_the_manifest_was_edited()
    {
        var jane = _people.Make("jane");
        Edit(jane.ManifestPath, "ClusterRoleBinding", "RoleBinding");
        Edit(jane.ManifestPath, $"name: kubeprep:{jane.Name}\n", "name: it's mine\n  namespace: prod\n");
        Edit(jane.ManifestPath, "name: view", "name: cluster-admin");
        var found = _people.Find(jane.Name);
        Assert.Equal(("cluster-admin", "prod", "it's mine", UserStatus.Active), (found.Role, found.Namespace, found.BindingName, found.Status));
        Assert.EndsWith(@"kubectl delete rolebinding 'it'\''s mine' -n prod", Assert.Single(_people.Remove(jane.Name).Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("kind: ClusterRoleBinding")]
    [InlineData("apiVersion: v1\nkind: Secret\n")]
    [InlineData("a: [")]
    [InlineData("- 1\n")]
    [InlineData("\0")]
    [InlineData("apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: {name: a}\nroleRef: {kind: ClusterRole, name: []}\n")]
    public void An_unreadable_manifest_hides_the_role_and_hinders_no_removal(string content)
    {
        var jane = _people.Make("jane");
        File.WriteAllText(jane.ManifestPath, content);
        var found = _people.Find(jane.Name);
        Assert.Equal((null, null, UserStatus.Damaged), (found.Role, found.BindingName, found.Status));
        Assert.Contains("cannot be read as a role binding", found.Reason, StringComparison.Ordinal);
        var warnings = _people.Remove(jane.Name).Warnings;
        Assert.Contains(warnings, warning => warning.Contains($"kubectl delete clusterrolebinding kubeprep:{jane.Name}", StringComparison.Ordinal));
        Assert.Contains(warnings, warning => warning.Contains("kubectl get clusterrolebindings,rolebindings -A", StringComparison.Ordinal));
        Assert.Empty(_people.Files);
    }

    [Theory]
    [InlineData(".pem")]
    [InlineData("-key.pem")]
    [InlineData(".kubeconfig")]
    [InlineData("-rbac.yaml")]
    public void A_user_with_a_missing_or_damaged_file_is_listed_and_can_be_removed(string suffix)
    {
        var (missing, damaged) = (_people.Make("missing"), _people.Make("damaged"));
        File.Delete(Path.Join(_people.UsersDirectory, missing.Name + suffix));
        File.WriteAllText(Path.Join(_people.UsersDirectory, damaged.Name + suffix), "nothing");
        var users = _people.Engine.List(Root);
        Assert.Equal([damaged.Name, missing.Name], users.Select(user => user.Name));
        Assert.All(users, user => Assert.Equal(UserStatus.Damaged, user.Status));
        Assert.Contains("is missing", users[1].Reason, StringComparison.Ordinal);
        Assert.Contains("3 of 4 files", Assert.Single(_people.Remove(missing.Name).Files).Reason, StringComparison.Ordinal);
        _people.Remove(damaged.Name);
        Assert.Empty(_people.Files);
    }

    [Fact]
    public void Files_that_do_not_belong_together_are_found()
    {
        var (ada, bob) = (_people.Make("ada"), _people.Make("bob"));
        File.Copy(bob.KeyPath, ada.KeyPath, overwrite: true);
        Assert.Contains("the key does not match", _people.Find(ada.Name).Reason, StringComparison.Ordinal);
        File.Copy(bob.CertificatePath, ada.CertificatePath, overwrite: true);
        Assert.Contains("is for another user", _people.Find(ada.Name).Reason, StringComparison.Ordinal);
        File.Copy(ada.ManifestPath, bob.ManifestPath, overwrite: true);
        Assert.Contains("gives its role to others", _people.Find(bob.Name).Reason, StringComparison.Ordinal);
        _people.Cluster.Deploy(request => request with { Force = true });
        Assert.Contains("not signed by this certificate authority", _people.Find(bob.Name).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_user_can_be_removed_whatever_has_become_of_the_authority()
    {
        var users = Enumerable.Range(0, 3).Select(_ => _people.Make("jane")).ToList();
        _people.Cluster.Delete("ssl/ca-key.pem");
        _people.Remove(users[0].Name);
        _people.Cluster.Write("ssl/ca.pem", "damaged");
        Assert.All(_people.Engine.List(Root), user => Assert.Equal(UserStatus.Damaged, user.Status));
        _people.Remove(users[1].Name);
        _people.Cluster.Delete("ssl/ca.pem", "kubectl.kubeconfig");
        Assert.Contains("cannot be revoked", Assert.Single(_people.Remove(users[2].Name).Warnings), StringComparison.Ordinal);
        Assert.Empty(_people.Files);
    }

    [Theory]
    [InlineData("nobody")]
    [InlineData("")]
    [InlineData("../admin")]
    [InlineData("jane")]
    [InlineData("JANE-*")]
    public void A_name_that_nobody_has_is_an_error_that_names_some_users(string name)
    {
        var users = Enumerable.Range(0, 10).Select(_ => _people.Make("jane").Name).Order(StringComparer.Ordinal).ToList();
        var error = Expect.ErrorWithoutTrace(ErrorId.UserNotFound, Root, () => _people.Remove(name));
        Assert.EndsWith($"{string.Join(", ", users.Take(8))} and 2 more.", error.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void Patterns_fit_names_as_they_are_written()
    {
        string[] made = [_people.Make("ada").Name, _people.Make("ada").Name, _people.Make("bob").Name];
        Assert.Equal(made.Take(2).Order(StringComparer.Ordinal), _people.Engine.List(Root, "ada-*").Select(user => user.Name));
        Assert.Equal(3, UserEngine.Names(Root, "ada-????????", "b*").Count);
        Assert.Empty(_people.Engine.List(Root, "ADA-*"));
        Assert.Empty(_people.Engine.List(Root, "?"));
        Expect.Error(ErrorId.UserNotFound, () => _people.Engine.List(Root, "bob"));
    }

    [Fact]
    public void A_plan_of_a_removal_removes_nothing_and_says_the_same()
    {
        var jane = _people.Make("jane");
        var before = DirectoryListing.Of(Root);
        var plan = _people.Remove(jane.Name, new RunOptions { WhatIf = true });
        Assert.Equal(before, DirectoryListing.Of(Root));
        Assert.Equal(DeploymentStatus.WouldRemove, Assert.Single(plan.Files).Status);
        Assert.Equal(plan.Warnings, _people.Remove(jane.Name).Warnings);
    }

    [Fact]
    public void A_link_in_place_of_a_file_stops_a_removal_and_all_files_stay()
    {
        var jane = _people.Make("jane");
        File.Move(jane.KeyPath, _people.Cluster.Surroundings["key"]);
        File.CreateSymbolicLink(jane.KeyPath, _people.Cluster.Surroundings["key"]);
        Expect.Error(ErrorId.NotRegularFile, () => _people.Remove(jane.Name));
        Assert.All(People.PathsOf(jane), path => Assert.True(Path.Exists(path)));
    }

    [Fact]
    public void There_are_no_users_where_there_is_no_directory_of_them()
    {
        Assert.Empty(_people.Engine.List(Root));
        Assert.Contains("there is none", Expect.Error(ErrorId.UserNotFound, () => _people.Remove("jane")).RecommendedAction, StringComparison.Ordinal);
    }

    public void Dispose() => _people.Dispose();

    private static void Edit(string path, string old, string @new)
    {
        var text = File.ReadAllText(path);
        Assert.Contains(old, text, StringComparison.Ordinal);
        File.WriteAllText(path, text.Replace(old, @new, StringComparison.Ordinal));
    }
}
