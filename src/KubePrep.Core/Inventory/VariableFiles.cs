using System.Text;
using System.Text.RegularExpressions;
using KubePrep.Files;

namespace KubePrep.Inventory;

/// <summary>
/// The files beside an inventory from which Ansible would take further variables. They are not read, as they are full of expressions; that
/// one of them says something about nodes is worth a warning.
/// </summary>
internal static partial class VariableFiles
{
    private const int MaximumFiles = 1000;

    private static readonly string[] Directories = ["group_vars", "host_vars"];

    private static readonly EnumerationOptions Everything = new()
    {
        RecurseSubdirectories = true,
        MaxRecursionDepth = 5,
        IgnoreInaccessible = true,
    };

    /// <summary>The warning about the first file that sets a variable of nodes, or null if there is none.</summary>
    /// <param name="inventory">The inventory's path.</param>
    public static string? Warning(string inventory) => (
        from file in FilesBeside(inventory)
        let variable = VariableIn(file)
        where variable is not null
        select $"{file} sets '{variable}', and KubePrep reads no such file: put the value into the inventory, or give it as a parameter.")
        .FirstOrDefault();

    private static IEnumerable<string> FilesBeside(string inventory)
    {
        var beside = Path.GetDirectoryName(inventory) ?? "";
        return Directories
            .Select(name => Path.Join(beside, name))
            .Where(Directory.Exists)
            .SelectMany(directory => Directory.EnumerateFiles(directory, "*", Everything).Take(MaximumFiles))
            .Order(StringComparer.Ordinal);
    }

    private static string? VariableIn(string file)
    {
        try
        {
            return RegularFile.Read(file) is { } content
                && Assignment.Matches(Encoding.Latin1.GetString(content)).Select(match => match.Groups["name"].Value).FirstOrDefault(NodeVariables.All.Contains) is { } name
                ? name
                : null;
        }
        catch (KubePrepException)
        {
            // a link, a pipe, or too large; a warning is not worth a failure
            return null;
        }
    }

    [GeneratedRegex(@"^[""']?(?<name>[A-Za-z0-9_]+)[""']?[ \t]*:", RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex Assignment { get; }
}
