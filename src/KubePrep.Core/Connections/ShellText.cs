using System.Text;

namespace KubePrep.Connections;

/// <summary>Text for a POSIX shell.</summary>
internal static class ShellText
{
    /// <summary>A word that the shell takes as it is, whatever is in it.</summary>
    public static string Quote(string word) => $"'{word.Replace("'", @"'\''", StringComparison.Ordinal)}'";

    /// <summary>Assignments of variables, a line each.</summary>
    public static string Assign(params IEnumerable<(string Name, string Value)> variables)
    {
        var text = new StringBuilder();
        foreach (var (name, value) in variables)
        {
            text.Append(name).Append('=').Append(Quote(value)).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>The text of a line of which every byte is one character: nodes speak UTF-8.</summary>
    public static string Decode(string line) => Ascii.IsValid(line) ? line : Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(line));

    /// <summary>A script that is part of this assembly.</summary>
    public static string Script(string name)
    {
        using var stream = typeof(ShellText).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The script {name} is not in the assembly.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
