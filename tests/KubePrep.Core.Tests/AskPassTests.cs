using KubePrep.Connections;

namespace KubePrep.Core.Tests;

public sealed class AskPassTests
{
    private const string Account = "me@n1.lab";
    private const string Password = " it's \\n 100% sécret ";

    [Theory]
    [InlineData("me@n1.lab's password: ")]
    [InlineData("(me@n1.lab) Password: ")]
    public void Answers_its_own_prompt_once(string prompt)
    {
        using var password = new Secret(Password);
        using var helper = new AskPass(Account, password);
        var directory = Path.GetDirectoryName(helper.HelperPath)!;
        Assert.Equal("700", Convert.ToString((int)File.GetUnixFileMode(directory), 8));
        var answer = Tool.Try(helper.HelperPath, "", prompt);
        Assert.Equal((0, Password + "\n"), (answer.ExitCode, answer.Output));
        Assert.False(File.Exists(Path.Join(directory, "password")));
        var again = Tool.Try(helper.HelperPath, "", prompt);
        Assert.Equal((1, ""), (again.ExitCode, again.Output));
    }

    [Theory]
    [InlineData("jump@n1.lab's password: ")]
    [InlineData("me@bastion's password: ")]
    [InlineData("(me@bastion) Password: ")]
    [InlineData("(me@n1.lab) Verification code: ")]
    [InlineData("Enter passphrase for key '/root/.ssh/id_ed25519': ")]
    [InlineData("Are you sure you want to continue connecting (yes/no/[fingerprint])? ")]
    [InlineData("x me@n1.lab's password: ")]
    [InlineData("me@n1.lab's password: x")]
    [InlineData("")]
    public void Answers_no_other_question_and_none_after_that_either(string prompt)
    {
        using var password = new Secret(Password);
        var helper = new AskPass(Account, password);
        var answer = Tool.Try(helper.HelperPath, "", prompt);
        Assert.Equal((1, ""), (answer.ExitCode, answer.Output));
        helper.Dispose();
        Assert.False(Directory.Exists(Path.GetDirectoryName(helper.HelperPath)));
    }

    [Fact]
    public void Takes_no_character_of_an_account_for_a_pattern()
    {
        using var password = new Secret(Password);
        using var helper = new AskPass("*@*", password);
        Assert.Equal(1, Tool.Try(helper.HelperPath, "", "me@n1.lab's password: ").ExitCode);
    }

    [Fact]
    public void Keeps_the_password_from_command_lines_environments_and_files()
    {
        const string Needle = "b1f7-needle-of-a-password";
        using var password = new Secret(Needle);
        using var helper = new AskPass(Account, password);
        foreach (var file in Directory.GetFiles(Path.GetDirectoryName(helper.HelperPath)!).Where(file => Path.GetFileName(file) != "password"))
        {
            Assert.DoesNotContain(Needle, File.ReadAllText(file), StringComparison.Ordinal);
        }

        Assert.Empty(Processes.Knowing(Needle));
    }

    [Fact]
    public void Is_taken_away_in_whatever_moment_and_leaves_no_thread()
    {
        using var password = new Secret(Password);
        for (var i = 0; i < 50; i++)
        {
            var helper = new AskPass(Account, password);
            var directory = Path.GetDirectoryName(helper.HelperPath);
            helper.Dispose();
            Assert.False(Directory.Exists(directory));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("a\nb")]
    [InlineData("a\0b")]
    public void Has_no_password_that_cannot_be_typed(string password) =>
        Expect.Error(ErrorId.InvalidConnectionOption, () => new Secret(password).Dispose());
}
