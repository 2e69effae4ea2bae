using System.Globalization;
using System.Net;
using Microsoft.VisualBasic.FileIO;

namespace KubePrep.Inventory;

/// <summary>
/// Reads a table with a header. Its columns mean what those of rows mean that are piped to a cmdlet from Import-Csv, so that both ways
/// make the same nodes.
/// </summary>
internal sealed class CsvInventory
{
    private static readonly string[] PlaceColumns = ["HostName", "ComputerName", "Cn", "NodeName", "Name", "IPAddress", "IP"];
    private static readonly string[] OtherColumns = ["Port", "UserName", "User", "KeyFilePath", "IdentityFilePath", "Role"];
    private static readonly char[] Separators = [',', ';', ' '];

    /// <summary>How many lines and characters a row may have.</summary>
    private const int MaximumLines = 100;
    private const int MaximumLength = 1 << 16;

    private readonly string _path;
    private readonly string[] _header;
    private readonly int _headerLine;
    private readonly List<Node> _nodes = [];
    private readonly Dictionary<string, int> _linesByNodeName = [];

    private CsvInventory(string path, string[] header, int headerLine)
    {
        _path = path;
        _header = header;
        _headerLine = headerLine;
    }

    /// <summary>Whether a line is a table's header: it has commas, and columns that are known, among them one that says where a node is.</summary>
    public static bool IsHeader(string line)
    {
        var names = line.Split(',').Select(name => name.Trim(' ', '\t', '"')).ToList();
        return names.Count > 1 && names.Exists(IsPlace);
    }

    /// <exception cref="KubePrepException"><see cref="ErrorId.InvalidInventory"/>.</exception>
    public static InventoryContent Read(InventorySource source)
    {
        using var reader = new StringReader(source.Text);
        CsvInventory? table = null;
        var line = 0;
        while (reader.ReadLine() is { } row)
        {
            var first = ++line;
            while (row.Count(c => c == '"') % 2 != 0 && reader.ReadLine() is { } more)
            {
                row = $"{row}\n{more}";
                line++;
                if (line - first >= MaximumLines)
                {
                    throw Unbalanced(source.Path, first);
                }
            }

            if (row.Length > MaximumLength)
            {
                throw InventoryErrors.Invalid(source.Path, first, $"it is longer than {MaximumLength} characters");
            }

            if (string.IsNullOrWhiteSpace(row) || (table is null && row.StartsWith("#TYPE", StringComparison.Ordinal)))
            {
                continue;
            }

            var fields = ReadFields(row, source.Path, first);
            if (table is null)
            {
                table = new CsvInventory(source.Path, fields, first);
                table.CheckHeader();
            }
            else
            {
                table.ReadRow(fields, first);
            }
        }

        return table?.Content() ?? throw InventoryErrors.Invalid(source.Path, 1, "there is no header", HeaderAction);
    }

    private static string HeaderAction => $"Let the first line name the columns, such as {string.Join(",", "HostName", "NodeName", "Role")}.";

    private static bool IsPlace(string column) => PlaceColumns.Contains(column, StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// The fields of a row, which the parser sees alone: given all rows, it would look for a missing quotation mark to the end of the file,
    /// in quadratic time.
    /// </summary>
    private static string[] ReadFields(string row, string path, int line)
    {
        using var reader = new StringReader(row);
        using var parser = new TextFieldParser(reader) { TextFieldType = FieldType.Delimited };
        parser.SetDelimiters(",");
        try
        {
            var fields = parser.ReadFields();
            return fields is not null && parser.EndOfData ? fields : throw Unbalanced(path, line);
        }
        catch (MalformedLineException)
        {
            throw Unbalanced(path, line);
        }
    }

    private static KubePrepException Unbalanced(string path, int line) => InventoryErrors.Invalid(
        path,
        line,
        "its quotation marks do not match",
        "Put a field with commas or quotation marks in quotes, and double those within.");

    private InventoryContent Content() => new()
    {
        Nodes = _nodes,
        Ignored =
        [
            .. from column in _header
               where !IsPlace(column) && !OtherColumns.Contains(column, StringComparer.OrdinalIgnoreCase)
               select PlainText.Printable($"{_path}:{_headerLine}: the column '{column}' is not used."),
        ],
        Warnings = _nodes.Count == 0 ? [PlainText.Printable($"{_path} names no host.")] : [],
    };

    private void CheckHeader()
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        if (_header.FirstOrDefault(column => !names.Add(column)) is { } twice)
        {
            throw Error(_headerLine, $"there are two columns '{twice}'", "Give each column a name of its own.");
        }

        if (!_header.Any(IsPlace))
        {
            throw Error(_headerLine, "no column says where the nodes are", HeaderAction);
        }
    }

    private void ReadRow(string[] fields, int line)
    {
        if (fields.Length > _header.Length)
        {
            throw Error(line, $"it has {fields.Length} fields, and the header {_header.Length}", "Put a field with commas in quotes.");
        }

        if (_nodes.Count >= HostPattern.MaximumHosts)
        {
            throw Error(line, $"there are more than {HostPattern.MaximumHosts} nodes");
        }

        var addresses = Words(Field(fields, "IPAddress") ?? Field(fields, "IP"));
        var name = Field(fields, "Name") ?? "";
        var host = First(fields, "HostName", "ComputerName", "Cn");
        var node = new Node(host ?? addresses.FirstOrDefault(name))
        {
            IPAddress = addresses,
            // the name of a row that says no more is where to connect, and need not be one that Kubernetes takes
            NodeName = First(fields, "NodeName") ?? (host is not null || addresses.Length > 0 ? First(fields, "Name") : null),
            KeyFilePath = First(fields, "KeyFilePath", "IdentityFilePath"),
            Role = RoleOf(Field(fields, "Role"), line),
        };
        node.UserName = First(fields, "UserName", "User") ?? (node.UserName is { Length: > 0 } user ? user : null);
        node.Port = First(fields, "Port") is { } port ? PortOf(port) : node.Port;
        Check(node, line);
        _nodes.Add(node);
    }

    private void Check(Node node, int line)
    {
        var badAddress = node.IPAddress.FirstOrDefault(address => !IPAddress.TryParse(address, out _));
        var fault = node.HostName.Length == 0 ? "it says neither a host name nor an address"
            : node.Port is < 1 or > 65535 ? "its port is no number from 1 to 65535"
            : badAddress is not null ? $"'{badAddress}' is no IPv4 or IPv6 address"
            : node.NodeName is { } name && NodeNameRules.Fault(name) is { } why ? $"'{name}' cannot be a node's name: {why}"
            : null;
        if (fault is not null)
        {
            throw Error(line, fault);
        }

        if (node.NodeName is { } given && !_linesByNodeName.TryAdd(given, line))
        {
            throw Error(line, $"the node '{given}' is also in line {_linesByNodeName[given]}", "Give each node a name of its own.");
        }
    }

    /// <summary>A port that is no number is refused with the row, as one that is out of range.</summary>
    private static int PortOf(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? port : 0;

    private NodeRole RoleOf(string? text, int line) => Words(text).Aggregate(
        NodeRole.None,
        (roles, word) => Enum.TryParse<NodeRole>(word, ignoreCase: true, out var role) && Enum.IsDefined(role)
            ? roles | role
            : throw Error(line, $"'{word}' is no role of a node", $"Give some of {string.Join(", ", Enum.GetNames<NodeRole>())}."));

    /// <summary>A row's field, or null if there is no such column, or the row ends before it.</summary>
    private string? Field(string[] fields, string column)
    {
        var at = Array.FindIndex(_header, name => name.Equals(column, StringComparison.OrdinalIgnoreCase));
        return at >= 0 && at < fields.Length ? fields[at] : null;
    }

    /// <summary>The first of the fields that is not empty, or null.</summary>
    private string? First(string[] fields, params ReadOnlySpan<string> columns)
    {
        foreach (var column in columns)
        {
            if (Field(fields, column) is { Length: > 0 } text)
            {
                return text;
            }
        }

        return null;
    }

    private static string[] Words(string? text) =>
        text?.Split(Separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    private KubePrepException Error(int line, string why) => InventoryErrors.Invalid(_path, line, why);

    private KubePrepException Error(int line, string why, string action) => InventoryErrors.Invalid(_path, line, why, action);
}
