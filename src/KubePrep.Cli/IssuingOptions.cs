using System.CommandLine;
using KubePrep.Pki;

namespace KubePrep.Cli;

/// <summary>The options of the commands that issue certificates.</summary>
internal static class IssuingOptions
{
    private static readonly string[] Algorithms = Enum.GetNames<KeyAlgorithm>();

    public static Option<Lifetime?> Lifetime(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "LIFETIME",
        CustomParser = result =>
        {
            try
            {
                return Pki.Lifetime.Parse(result.Tokens[0].Value);
            }
            catch (KubePrepException e)
            {
                result.AddError($"{name}: {e.Message} {e.RecommendedAction}");
                return null;
            }
        },
    };

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
}
