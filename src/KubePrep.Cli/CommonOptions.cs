using System.CommandLine;

namespace KubePrep.Cli;

/// <summary>The options that every command has alike.</summary>
internal static class CommonOptions
{
    public static Option<string> ClusterDirectory() => new("--cluster-directory")
    {
        Description = "The cluster's directory.",
        HelpName = "DIR",
        Required = true,
    };

    /// <summary>What opens a certificate authority's key.</summary>
    public static PasswordOption CaPassphrase() => new("ca-passphrase", "the passphrase of the certificate authority's key");

    public static Option<bool> Json() => new("--json") { Description = "Print one JSON object a line, for scripts." };

    public static Option<bool> WhatIf() => new("--what-if") { Description = "Change nothing; show what would be changed, and why." };
}
