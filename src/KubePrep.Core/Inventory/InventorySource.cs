using System.Text;
using System.Text.Unicode;
using KubePrep.Files;

namespace KubePrep.Inventory;

/// <summary>An inventory's file, and how it is written.</summary>
/// <param name="Path">Its path, as it was given.</param>
/// <param name="Content">Its bytes.</param>
/// <param name="Text">Its text, without a byte order mark.</param>
internal sealed record InventorySource(string Path, byte[] Content, string Text)
{
    private const int MaximumLength = 16 << 20;

    /// <summary>The longest path Linux takes (path_resolution(7)).</summary>
    private const int MaximumPathLength = 4095;

    /// <summary>How it is written: by the end of its name, else by its first line that is more than a comment.</summary>
    public InventoryFormat Format { get; } = System.IO.Path.GetExtension(Path).ToUpperInvariant() switch
    {
        ".YML" or ".YAML" or ".JSON" => InventoryFormat.Yaml,
        ".CSV" => InventoryFormat.Csv,
        ".INI" => InventoryFormat.Ini,
        _ => FormatOf(Text),
    };

    /// <summary>Reads a file; symbolic links are followed, as inventories often are links to one elsewhere.</summary>
    /// <exception cref="KubePrepException">
    /// There is none (<see cref="ErrorId.InventoryNotFound"/>), it cannot be read (<see cref="ErrorId.FileReadFailed"/>,
    /// <see cref="ErrorId.NotRegularFile"/>), or is no text of a kind that is read (<see cref="ErrorId.InvalidInventory"/>).
    /// </exception>
    public static InventorySource Read(string path)
    {
        if (Directory.Exists(path))
        {
            throw InventoryErrors.Unusable(path, "is a directory", "Give the path of one file in it.");
        }

        var content = path.Length is 0 or > MaximumPathLength || PlainText.Fault(path) is not null ? null : RegularFile.Read(TargetOf(path), MaximumLength);
        return Of(path, content ?? throw InventoryErrors.NotFound(path));
    }

    /// <summary>An inventory of these bytes.</summary>
    /// <exception cref="KubePrepException"><see cref="ErrorId.InvalidInventory"/>.</exception>
    public static InventorySource Of(string path, byte[] content)
    {
        var text = TextOf(path, content);
        return text.StartsWith("$ANSIBLE_VAULT;", StringComparison.Ordinal)
                ? throw InventoryErrors.Unusable(path, "is encrypted with ansible-vault", "Decrypt a copy of it with: ansible-vault view FILE, and give that.")
            : text.StartsWith("#!", StringComparison.Ordinal)
                ? throw InventoryErrors.Unusable(
                    path,
                    "is a program that prints an inventory, and programs are not run",
                    "Write what it says into a file with: ansible-inventory -i FILE --list --yaml, and give that.")
            : path.EndsWith(".toml", StringComparison.OrdinalIgnoreCase)
                ? throw InventoryErrors.Unusable(path, "is TOML", "Write it as YAML with: ansible-inventory -i FILE --list --yaml, and give that.")
            : new InventorySource(path, content, text);
    }

    private static string TargetOf(string path)
    {
        try
        {
            return File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw InventoryErrors.NotFound(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FileErrors.ReadFailed(path, e);
        }
    }

    private static string TextOf(string path, byte[] content)
    {
        try
        {
            var text = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(content);
            return text.StartsWith('\ufeff') ? text[1..] : text;
        }
        catch (DecoderFallbackException)
        {
            Utf8.ToUtf16(content, new char[content.Length], out var sound, out _, replaceInvalidSequences: false);
            var line = content.AsSpan(0, sound).Count((byte)'\n') + 1;
            throw InventoryErrors.Invalid(path, line, "it is not valid UTF-8", "Save the file as UTF-8 and run the command again.");
        }
    }

    private static InventoryFormat FormatOf(string text)
    {
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            var trimmed = line.Trim();
            if (CsvInventory.IsHeader(trimmed.ToString()))
            {
                return InventoryFormat.Csv;
            }

            if (!trimmed.IsEmpty && trimmed[0] is not ('#' or ';'))
            {
                return IsYaml(trimmed) ? InventoryFormat.Yaml : InventoryFormat.Ini;
            }
        }

        return InventoryFormat.Ini;
    }

    /// <summary>Whether a line begins a document, a mapping in braces, or an entry of a mapping.</summary>
    private static bool IsYaml(ReadOnlySpan<char> line)
    {
        var colon = line.IndexOf(':');
        return line.StartsWith("---") || line[0] == '{'
            || (colon > 0 && line[0] != '[' && !line[..colon].ContainsAny(" \t=") && (colon == line.Length - 1 || line[colon + 1] is ' ' or '\t'));
    }
}
