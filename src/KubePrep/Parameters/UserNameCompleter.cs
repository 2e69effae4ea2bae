using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using KubePrep.Users;

namespace KubePrep.Parameters;

/// <summary>Offers the users whose files are in the cluster's directory.</summary>
public sealed class UserNameCompleter : IArgumentCompleter
{
    /// <summary>The session's own way to resolve a path; a completer is not handed the session, and its runspace is busy completing.</summary>
    private const string Resolve = "param($path) $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($path)";

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        try
        {
            var directory = fakeBoundParameters?["ClusterDirectory"]?.ToString() ?? ".";
            var path = ScriptBlock.Create(Resolve).Invoke(directory)[0].ToString();
            return [.. UserEngine.Names(path, $"{wordToComplete}*").Select(name => new CompletionResult(name))];
        }
        catch (Exception e) when (e is KubePrepException or RuntimeException)
        {
            return []; // no such directory: there is nothing to offer
        }
    }
}
