using KubePrep.Files;

namespace KubePrep.Deployment;

/// <summary>Looks at files one by one, with their modes, and keeps what is found.</summary>
internal sealed class FileChecks(FileView files)
{
    private readonly List<DeploymentCheck> _found = [];

    /// <summary>What was found, in the order in which it was looked at.</summary>
    public IReadOnlyList<DeploymentCheck> Found => _found;

    /// <summary>Whether files that are open to others are found wanting.</summary>
    public bool JudgesModes { get; set; } = true;

    /// <summary>
    /// Looks at one file and notes what is found, unless that is null; a missing one is noted only if <paramref name="whenMissing"/> says
    /// what.
    /// </summary>
    public void Check(string path, bool secret, Finding? whenMissing, Func<byte[], Finding?> look)
    {
        try
        {
            var finding = files.Read(path) is not { } content ? whenMissing
                : look(content) is { } found ? WithMode(found, files.Status(path), secret)
                : null;
            if (finding is not null)
            {
                Add(path, finding);
            }
        }
        catch (KubePrepException e)
        {
            Add(path, Finding.Failed(e.Message.TrimEnd('.')));
        }
    }

    public void Add(string path, Finding finding) => _found.Add(new DeploymentCheck(
        path, finding.Verdict, finding.Reason is null ? null : PlainText.Printable(finding.Reason), finding.Subject, finding.NotAfter));

    private Finding WithMode(Finding finding, FileStatus status, bool secret) =>
        finding.Verdict == CheckVerdict.Failed || !JudgesModes ? finding : ModeFault(status, secret)?.With(finding) ?? finding;

    private static Finding? ModeFault(FileStatus status, bool secret) =>
        secret && status.IsOpenToOthers ? Finding.Failed($"its mode is {status.OctalMode}, so that others can use it; 0600 is right")
            : status.Mode.HasFlag(UnixFileMode.OtherWrite) ? Finding.Failed($"its mode is {status.OctalMode}, so that anyone can change it")
            : null;
}
