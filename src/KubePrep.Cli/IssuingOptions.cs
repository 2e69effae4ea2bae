using System.CommandLine;
using KubePrep.Pki;

namespace KubePrep.Cli;

/// <summary>The options of the commands that issue certificates.</summary>
internal static class IssuingOptions
{
    private static readonly string[] Algorithms = Enum.GetNames<KeyAlgorithm>();

    public static Option<Lifetime?> Lifetime(string name, string description) => Parsed(name, "LIFETIME", description, Pki.Lifetime.Parse);

    /// <summary>How far ahead to look for certificates that end.</summary>
    public static Option<Horizon?> ExpiringWithin(string description) => Parsed("--expiring-within", "TIME", description, Horizon.Parse);

    /// <summary>The algorithm of new keys.</summary>
    /// <param name="default">What is used without it, in words.</param>
    public static Option<string?> KeyAlgorithm(string? @default = null)
    {
        var option = new Option<string?>("--key-algorithm")
        {
            Description = $"The algorithm of new keys: {string.Join(", ", Algorithms)} [default: {@default ?? Algorithms[0]}].",
            HelpName = "ALGORITHM",
        };
        option.AcceptWords(Algorithms);
        return option;
    }

    public static KeyAlgorithm? ParseAlgorithm(string? name) =>
        Array.FindIndex(Algorithms, a => a.Equals(name, StringComparison.OrdinalIgnoreCase)) is >= 0 and var index ? (KeyAlgorithm)index : null;

    private static Option<T?> Parsed<T>(string name, string helpName, string description, Func<string, T> parse)
        where T : class => new(name)
    {
        Description = description,
        HelpName = helpName,
        CustomParser = result =>
        {
            try
            {
                return parse(result.Tokens[0].Value);
            }
            catch (KubePrepException e)
            {
                result.AddError($"{name}: {e.Message} {e.RecommendedAction}");
                return null;
            }
        },
    };
}
