using System.Diagnostics;

namespace KubePrep.Core.Tests;

/// <summary>A TLS server and a client of OpenSSL, which both want the other's certificate, and exchange a line.</summary>
internal static class TlsConnection
{
    private const string Accepting = "ACCEPT ";

    /// <summary>Whether both accept each other.</summary>
    /// <param name="client">A cluster's directory as the client has it.</param>
    /// <param name="server">A cluster's directory as the server has it.</param>
    /// <param name="version">The version as openssl's option is called.</param>
    public static bool IsAccepted(string client, string server, string version)
    {
        using var serving = Start(
            "s_server", "-accept", "127.0.0.1:0", "-naccept", "1", "-rev", version, "-Verify", "1", "-verify_return_error",
            "-cert", $"{server}/ssl/kube-proxy.pem", "-key", $"{server}/ssl/kube-proxy-key.pem", "-CAfile", $"{server}/ssl/ca.pem");
        try
        {
            using var connecting = Start(
                "s_client", "-connect", Address(serving), "-quiet", version, "-verify_return_error",
                "-cert", $"{client}/ssl/kube-scheduler.pem", "-key", $"{client}/ssl/kube-scheduler-key.pem", "-CAfile", $"{client}/ssl/ca.pem");
            try
            {
                connecting.StandardInput.Write("hello\n");
                connecting.StandardInput.Flush();
            }
            catch (IOException)
            {
                // it has refused the server already
            }

            var answer = connecting.StandardOutput.ReadLine(); // in TLS 1.3 only an answer shows that the server accepts the client
            connecting.Kill();
            return answer == "olleh";
        }
        finally
        {
            serving.Kill();
        }
    }

    private static string Address(Process server)
    {
        while (server.StandardOutput.ReadLine() is { } line)
        {
            if (line.StartsWith(Accepting, StringComparison.Ordinal))
            {
                return line[Accepting.Length..];
            }
        }

        throw new InvalidOperationException("openssl s_server does not start");
    }

    private static Process Start(params string[] arguments)
    {
        var process = Process.Start(new ProcessStartInfo("openssl", arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        process.ErrorDataReceived += (_, _) => { }; // what nobody reads would hold it up
        process.BeginErrorReadLine();
        return process;
    }
}
