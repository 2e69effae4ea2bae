using System.CommandLine;
using KubePrep.Users;
using KubePrep.Yaml;

namespace KubePrep.Cli;

/// <summary>What the commands for users have in common.</summary>
internal static class UserOptions
{
    private static readonly string[] RoleNames = ["view", "edit", "admin"];

    public static UserEngine Engine => new(new KubeconfigYaml(), new RoleBindingYaml(), TimeProvider.System);

    public static Option<string?> Role()
    {
        var option = new Option<string?>("--role")
        {
            Description = "What the users may do: view, edit or admin, the cluster roles that Kubernetes has for people. admin is not cluster-admin.",
            HelpName = "ROLE",
            Required = true,
        };
        option.AcceptWords(RoleNames);
        return option;
    }

    public static Argument<string[]> Names(string description)
    {
        var names = new Argument<string[]>("NAME") { Description = description, Arity = ArgumentArity.OneOrMore };
        names.Validators.Add(result =>
        {
            // a mistyped --what-if would be taken for a name, after all the other names were acted on
            if (result.Tokens.FirstOrDefault(token => token.Value.StartsWith('-')) is { } option)
            {
                result.AddError($"There is no option '{option.Value}', and no user's name begins with '-'.");
            }
        });
        return names;
    }
}
