using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace KubePrep.Parameters;

/// <summary>The arguments on the line that is being completed.</summary>
/// <param name="command">The command, as far as it has been typed.</param>
/// <param name="constants">The values that PowerShell has found out by the parameters' names: those of constants and of variables.</param>
internal sealed class GivenArguments(CommandAst command, IDictionary constants)
{
    /// <summary>The session's own ways; a completer is not handed the session, and its runspace is busy completing.</summary>
    private static readonly ScriptBlock Expansion = ScriptBlock.Create("param($text) $ExecutionContext.InvokeCommand.ExpandString($text)");

    private static readonly ScriptBlock Resolution = ScriptBlock.Create("""
        param($path)
        $provider = $drive = $null
        $full = $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($path, [ref] $provider, [ref] $drive)
        if ($provider.Name -eq 'FileSystem') { $full }
        """);

    /// <summary>The value of the first of these parameters that is given; null if none is.</summary>
    /// <exception cref="InvalidOperationException">It is known only when the line runs.</exception>
    public object? Value(params ReadOnlySpan<string> parameters)
    {
        foreach (var parameter in parameters)
        {
            if ((constants[parameter] ?? Expanded(parameter)) is { } value)
            {
                return value is PSObject wrapped ? wrapped.BaseObject : value;
            }
        }

        return null;
    }

    /// <summary>The full path of a path of the file system, which need not exist.</summary>
    /// <exception cref="InvalidOperationException">It is none.</exception>
    public static string FullPath(object path) => Resolution.Invoke(path.ToString()) is [{ BaseObject: string full }]
        ? full
        : throw new InvalidOperationException($"'{path}' is no path of the file system.");

    /// <summary>An argument that is more than one constant; what would have to be run is not.</summary>
    private string? Expanded(string parameter) =>
        !StaticParameterBinder.BindCommand(command).BoundParameters.TryGetValue(parameter, out var argument) ? null
        : argument.Value is ExpandableStringExpressionAst text && HasOnlyVariables(text) ? Expansion.Invoke(text.Value)[0].ToString()
        : argument.Value.SafeGetValue()?.ToString();

    /// <summary>Whether a text runs nothing when it is expanded; its value has lost the backticks that would keep something from being run.</summary>
    private static bool HasOnlyVariables(ExpandableStringExpressionAst text) =>
        text.NestedExpressions.All(part => part is VariableExpressionAst) && !text.Extent.Text.Contains('`', StringComparison.Ordinal);
}
