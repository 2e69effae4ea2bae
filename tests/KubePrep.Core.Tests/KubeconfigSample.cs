using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace KubePrep.Core.Tests;

/// <summary>
/// A kubeconfig as people and programs write them: block style of any indentation, flow style or JSON, with comments, fields nobody knows,
/// any quotes and either line break.
/// </summary>
internal sealed class KubeconfigSample
{
    private static readonly string[] Names =
        ["a", "b", "c", "d", "e", "y", "1e3", "é😀", "o'q", "a: b", "#x", "admin@k8s", "arn:aws:eks:eu-west-1:1:cluster/x", "null", "- z", "\u2028"];

    private readonly Random _random;
    private readonly StringBuilder _text = new();
    private readonly string _newLine;
    private readonly bool _hasComments;
    private int _comments;

    private KubeconfigSample(int seed)
    {
        _random = new Random(seed);
        _newLine = Chance(3) ? "\r\n" : "\n";
        _hasComments = !Chance(4);
        Clusters = SomeNames();
        Users = SomeNames();
        Contexts = SomeNames();
        Style = _random.Next(4);
    }

    /// <summary>Samples of all kinds.</summary>
    public static Gen<KubeconfigSample> Samples { get; } = Gen.Choose(0, int.MaxValue).Select(Of);

    public IReadOnlyList<string> Clusters { get; }

    public IReadOnlyList<string> Users { get; }

    public IReadOnlyList<string> Contexts { get; }

    /// <summary>The file's bytes.</summary>
    public byte[] Content { get; private set; } = [];

    public string Text => Encoding.UTF8.GetString(Content);

    /// <summary>0 and 1 for block style, 2 for entries in braces within blocks, 3 for JSON.</summary>
    private int Style { get; }

    public bool IsJson => Style == 3;

    public static KubeconfigSample Of(int seed)
    {
        var sample = new KubeconfigSample(seed);
        sample.Write();
        return sample;
    }

    public override string ToString() => Text;

    private bool Chance(int of) => _random.Next(of) == 0;

    private T Any<T>(params T[] choices) => choices[_random.Next(choices.Length)];

    private string[] SomeNames() => [.. Names.OrderBy(_ => _random.Next()).Take(_random.Next(4))];

    private void Write()
    {
        if (IsJson)
        {
            WriteJson();
        }
        else
        {
            WriteBlocks();
        }

        Content = [.. Chance(6) ? Encoding.UTF8.Preamble.ToArray() : [], .. Encoding.UTF8.GetBytes(_text.ToString())];
    }

    private void WriteJson()
    {
        var (newLine, indent) = Chance(2) ? (_newLine, Any("  ", "\t", "    ")) : ("", "");
        string At(int depth) => newLine.Length == 0 ? "" : newLine + string.Concat(Enumerable.Repeat(indent, depth));
        string List(string key, string word, IReadOnlyList<string> names, Func<string> body) => names.Count == 0 && Chance(2)
            ? $"\"{key}\": null"
            : $"\"{key}\": [{string.Join(",", names.Select(n => $"{At(2)}{{\"name\": {Quoted(n)}, \"{word}\": {{{body()}}}}}"))}{At(1)}]";

        string[] parts =
        [
            "\"kind\": \"Config\"", "\"apiVersion\":\"v1\"", $"\"x-unknown\": {{\"a\": [1, {{\"b\": null}}, \"{{,}}\"]}}",
            List("clusters", "cluster", Clusters, () => $"\"server\": \"https://x\", \"certificate-authority-data\": \"{Base64()}\""),
            List("contexts", "context", Contexts, () => "\"cluster\": \"a\",\"user\":\"b\""),
            List("users", "user", Users, () => $"\"client-certificate\":\"/x.pem\",\"client-key-data\" : \"{Base64()}\",\"token\":\"t\""),
            "\"current-context\": \"\"",
        ];
        _text.Append('{').AppendJoin(",", parts.OrderBy(_ => _random.Next()).Select(part => At(1) + part)).Append(At(0)).Append('}');
        Ending();
    }

    private void WriteBlocks()
    {
        if (Chance(5))
        {
            Line("---");
        }

        Action[] parts =
        [
            () => Line("apiVersion: v1"),
            () => Line($"kind: {Any("Config", "'Config'", "\"Config\"")}{Tail()}"),
            () => Line($"current-context: {Any("\"\"", "''", "", Quoted("a"))}{Tail()}"),
            () => Line($"preferences: {Any("{}", "{colors: true}", "")}"),
            () =>
            {
                Line("x-notes: |-");
                Line("  # not a comment");
                Line("  clusters:");
            },
            () => WriteList("clusters", "cluster", Clusters, WriteCluster),
            () => WriteList("contexts", "context", Contexts, WriteContext),
            () => WriteList("users", "user", Users, WriteUser),
        ];
        foreach (var part in parts.OrderBy(_ => _random.Next()))
        {
            Comments("");
            part();
        }

        Comments("");
        Ending();
        if (Chance(8))
        {
            _text.Append(_text[^1] == '\n' ? "" : _newLine).Append("...").Append(_newLine);
        }
    }

    private void Ending()
    {
        while (_text.Length > 0 && _text[^1] is '\n' or '\r')
        {
            _text.Length--;
        }

        // a literal text at the very end lacks its last line break, which it would gain if something followed
        var isInText = _text.ToString().EndsWith("text # of the script", StringComparison.Ordinal);
        _text.Append(isInText ? _newLine : Any("", _newLine, _newLine + _newLine));
    }

    private void WriteList(string key, string word, IReadOnlyList<string> names, Action<string> body)
    {
        if (names.Count == 0)
        {
            Line($"{key}:{Any("", " null", " ~", " []", "  [ ]")}{Tail()}");
            return;
        }

        var indent = Any("", "  ", "    ");
        var fields = indent + Any("  ", "   ", "    ");
        Line($"{key}:{Tail()}");
        foreach (var name in names)
        {
            Comments(indent);
            var gap = fields[(indent.Length + 1)..];
            if (Style == 2)
            {
                Line($"{indent}-{gap}{{name: {Quoted(name)}, {word}: {{{Any("server: x, ", "")}{Any("user: 'y'", "\"client-key-data\": \"AAAA\"", "token: t")}}}}}{Tail()}");
            }
            else if (Chance(2))
            {
                Line($"{indent}-{gap}name: {Quoted(name)}{Tail()}");
                Comments(fields);
                Line($"{fields}{word}:{Tail()}");
                body(fields + Any("  ", "   "));
            }
            else
            {
                Line($"{indent}-{gap}{word}:{Tail()}");
                body(fields + Any("  ", "   "));
                Comments(fields);
                Line($"{fields}name: {Quoted(name)}{Tail()}");
            }
        }
    }

    private void WriteCluster(string indent) => Fields(
        indent,
        () => Line($"{indent}server: {Any("https://x", "'https://x'", "\"https://x\"")}{Tail()}"),
        () => Line($"{indent}certificate-authority{Any("", "-data")}: {Any("AAAA", "\"AAAA\"", "'AAAA'")}{Tail()}"),
        () => Line($"{indent}insecure-skip-tls-verify: {Any("yes", "true")}"),
        () => Block($"{indent}x-script: {Any("|", ">-", "|+")}", $"{indent}  text # of the script", ""),
        () => Block($"{indent}extensions:", $"{indent}- name: x", $"{indent}  extension: {{last: 1, n: 0x1F}}{Tail()}"));

    private void WriteContext(string indent) => Fields(
        indent,
        () => Line($"{indent}cluster: {Any("a", "b", "\"1e3\"")}{Tail()}"),
        () => Line($"{indent}user: {Any("a", "b", "'y'")}"),
        () => Line($"{indent}namespace: kube-system{Tail()}"));

    private void WriteUser(string indent) => Fields(
        indent,
        () => Line($"{indent}client-certificate-data: {Base64()}"),
        () => Block($"{indent}client-key-data: >-", $"{indent}    AAAA"),
        () => Line($"{indent}token: 'it''s'"),
        () => Block($"{indent}exec:", $"{indent}    command: ./x", $"{indent}    args: [a, \"b\"]{Tail()}"),
        () => Line($"{indent}client-key: key.pem{Tail()}"));

    private void Fields(string indent, params Action[] fields)
    {
        foreach (var field in fields.OrderBy(_ => _random.Next()).Take(_random.Next(1, fields.Length + 1)))
        {
            Comments(indent);
            field();
        }
    }

    private void Block(params string[] lines) => Array.ForEach(lines, Line);

    private void Line(string line) => _text.Append(line).Append(_newLine);

    private string Tail() => _hasComments && Chance(4) ? $" # comment {++_comments}: é😀" : Any("", "", " ");

    private void Comments(string indent)
    {
        while (_hasComments && Chance(3))
        {
            Line(Chance(4) ? "" : $"{Any(indent, indent, "", indent + "  ")}# comment {++_comments}: {{ [ 'x: ");
        }
    }

    private string Base64() => Convert.ToBase64String(Enumerable.Range(0, _random.Next(1, 40)).Select(_ => (byte)_random.Next(256)).ToArray());

    private string Quoted(string name)
    {
        var isOdd = name is not ("a" or "b" or "c" or "d" or "e" or "admin@k8s");
        return IsJson || name == "\u2028" || Chance(3) ? $"\"{name.Replace("\u2028", "\\u2028", StringComparison.Ordinal)}\""
            : isOdd || Chance(3) ? $"'{name.Replace("'", "''", StringComparison.Ordinal)}'"
            : name;
    }
}
