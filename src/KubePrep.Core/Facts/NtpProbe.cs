using System.Globalization;
using KubePrep.Connections;

namespace KubePrep.Facts;

/// <summary>Asks NTP servers from a node whether they answer, beside its daemons, and sets nothing.</summary>
internal static class NtpProbe
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    /// <summary>Asks servers.</summary>
    /// <param name="connection">The node's connection.</param>
    /// <param name="servers">Names or addresses that are safe as words of a command line.</param>
    /// <param name="cancellation">Ends the connection.</param>
    /// <returns>An answer a server, in their order.</returns>
    /// <exception cref="KubePrepException">The node is lost.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static IReadOnlyList<NtpAnswer> Ask(NodeConnection connection, IReadOnlyList<string> servers, CancellationToken cancellation)
    {
        if (servers.Count == 0)
        {
            return [];
        }

        var script = ShellText.Assign(("program", ShellText.Script("ntp-servers.pl")), ("servers", string.Join(' ', servers)));
        var reply = connection.Send(script + ShellText.Script("ntp-servers.sh"), Timeout, cancellation);
        var outcomes = reply.Lines.Select(line => line.Split(' ')).Where(words => words.Length == 3)
            .ToLookup(words => words[0], words => (Outcome: words[1], Stratum: words[2]), StringComparer.Ordinal);
        return [.. servers.Select(server => Answer(server, outcomes[server].FirstOrDefault()))];
    }

    /// <summary>One that was not heard of in time is one whose name the node's resolver did not find out in time.</summary>
    private static NtpAnswer Answer(string server, (string? Outcome, string Stratum) found) => found.Outcome switch
    {
        "answered" when int.TryParse(found.Stratum, NumberStyles.None, CultureInfo.InvariantCulture, out var stratum) =>
            new NtpAnswer(server, NtpOutcome.Answered, stratum),
        "unusable" => new NtpAnswer(server, NtpOutcome.Unusable, 0),
        "silent" => new NtpAnswer(server, NtpOutcome.Silent, 0),
        _ => new NtpAnswer(server, NtpOutcome.NameUnknown, 0),
    };
}
