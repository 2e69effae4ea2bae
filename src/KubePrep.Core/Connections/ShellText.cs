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

    /// <summary>A script that is part of this assembly.</summary>
    public static string Script(string name)
    {
        using var stream = typeof(ShellText).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The script {name} is not in the assembly.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
