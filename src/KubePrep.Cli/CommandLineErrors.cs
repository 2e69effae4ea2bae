namespace KubePrep.Cli;

/// <summary>What is wrong with a command line beyond what its parser can see.</summary>
internal static class CommandLineErrors
{
    public static KubePrepException InvalidOption(string setting) => new(
        ErrorId.InvalidConnectionOption,
        setting,
        $"'--option {setting}' is not of the form NAME=VALUE, or is given twice.",
        "Give options as ssh_config(5) has them, such as ProxyJump=bastion.");

    public static KubePrepException PasswordNotReadable(string option, string why) => new(
        ErrorId.InvalidConnectionOption,
        option,
        $"The password for {option} cannot be read: {why}.",
        "Run the command in a terminal, or give the number of an open file descriptor, such as --sudo-password-fd 3 or --ca-passphrase-fd 3 with 3<FILE.");
}
