using System.Text;

namespace KubePrep.Inventory;

/// <summary>A line's words, as Python's shlex makes them, with comments: quotes and backslashes as in a POSIX shell, and a # begins a comment anywhere.</summary>
internal static class ShellWords
{
    /// <summary>The words without their quotes.</summary>
    /// <param name="line">The line.</param>
    /// <param name="error">Makes the error of what is wrong, a sentence without a full stop.</param>
    /// <exception cref="KubePrepException">What <paramref name="error"/> makes.</exception>
    public static List<string> Split(string line, Func<string, KubePrepException> error)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var isWord = false;
        var quote = '\0';
        for (var i = 0; i < line.Length; i++)
        {
            var c = line[i];
            if (c == '\\' && quote != '\'')
            {
                if (++i == line.Length)
                {
                    throw error("it ends with a backslash");
                }

                word.Append(quote == '"' && line[i] is not ('"' or '\\') ? "\\" : "").Append(line[i]);
                isWord = true;
            }
            else if (quote != '\0')
            {
                quote = c == quote ? '\0' : quote;
                word.Append(quote == '\0' ? "" : c.ToString());
            }
            else if (c is '"' or '\'')
            {
                quote = c;
                isWord = true;
            }
            else if (c == '#')
            {
                break;
            }
            else if (c is ' ' or '\t' or '\r' or '\n')
            {
                Take();
            }
            else
            {
                word.Append(c);
                isWord = true;
            }
        }

        if (quote != '\0')
        {
            throw error("a quotation mark is not closed");
        }

        Take();
        return words;

        void Take()
        {
            if (isWord)
            {
                words.Add(word.ToString());
            }

            word.Clear();
            isWord = false;
        }
    }
}
