using System.Globalization;
using System.Text;
using FsCheck.Fluent;
using KubePrep.Changes;
using KubePrep.Connections;
using KubePrep.Preparation;

namespace KubePrep.Core.Tests;

/// <summary>Plans that the real script carries out, where nothing but a mount namespace of their own can be harmed.</summary>
public sealed class ApplyScriptTests : IDisposable
{
    // programs that would change this machine only write down what they were called with
    private const string Prelude = """
        mount -t tmpfs tmpfs /run && mount -t tmpfs tmpfs /var/backups && mount -t tmpfs tmpfs /usr/local/sbin || exit 99
        mkdir -p /run/etc /run/kubeprep/r /run/etc-systemd && mount --bind /run/etc-systemd /etc/systemd || exit 99
        mkdir -p /etc/systemd/system
        for program in systemctl swapoff modprobe hostname systemd-tmpfiles; do
            printf '#!/bin/sh\necho "${0##*/} $*" >>/run/calls\n' >"/usr/local/sbin/$program"
            chmod 755 "/usr/local/sbin/$program"
        done
        run=/run/kubeprep/r
        cd /run/etc

        """;

    private readonly TemporaryDirectory _directory = new();

    [Fact]
    public void Writes_what_is_missing_and_replaces_the_rest_with_owner_mode_and_access_list()
    {
        Tool.Require("setfacl", "getfacl");
        var lines = Run(
            """
            printf old >old; chown 1234:2345 old; chmod 640 old; setfacl -m u:99:rw old
            printf old >private; chmod 600 private
            printf old >target; chmod 604 target; ln -s target link; ln -s nowhere dangling
            printf new >same; touch -d 2001-01-01 same
            """,
            [Write("new"), Write("sub/dir/new"), Write("old", "old"), Write("private", "old"), Write("link", "old"), Write("dangling"), Write("same", "old")],
            """
            stat -c '%n %a %u:%g %F' new sub/dir sub/dir/new old private target dangling; getfacl -cp old | grep 99; readlink link
            cat new sub/dir/new old private target dangling same | tr -d '\n'; echo; stat -c %y same | cut -c 1-4
            cd /var/backups/kubeprep/run/etc && stat -c '%n %a %u:%g' /var/backups/kubeprep * && getfacl -cp old | grep 99; cat old private link; echo
            find /run /var/backups -name '*.kubeprep-*' -o -name '*.new'
            """);
        Assert.Equal(
            [
                "step Journal", .. Written("new", "sub/dir/new", "old", "private", "link", "dangling", "same"), "done Journal", "end good",
                "new 644 0:0 regular file", "sub/dir 755 0:0 directory", "sub/dir/new 644 0:0 regular file", "old 660 1234:2345 regular file",
                "private 600 0:0 regular file", "target 604 0:0 regular file", "dangling 644 0:0 regular file", "user:99:rw-", "target",
                "newnewnewnewnewnewnew", "2001",
                "/var/backups/kubeprep 700 0:0", "link 604 0:0", "old 660 1234:2345", "private 600 0:0", "user:99:rw-", "oldoldold",
            ],
            lines);
    }

    [Fact]
    public void Writes_into_a_file_that_is_mounted_and_leaves_it_as_it_was_where_there_is_no_room()
    {
        var lines = Run(
            """
            mkdir /run/small; mount -t tmpfs -o size=8k tmpfs /run/small
            printf old >"/run/small/a file"; chmod 640 "/run/small/a file"; printf old >/run/small/full
            : >"a file"; : >full
            mount --bind "/run/small/a file" "a file"; mount --bind /run/small/full full
            """,
            [Write("a file", "old"), Write("full", "old", StepName.Swap, new string('x', 9000))],
            "cat '/run/small/a file' full; echo; stat -c '%a' '/run/small/a file'; cat '/var/backups/kubeprep/run/etc/a file'; echo; ls");
        Assert.Equal(["newold", "640", "old", "a file", "full"], lines[^5..]);
        Assert.Contains(lines, line => line.StartsWith("failed Swap write /run/etc/full: cat: write error: No space left on device", StringComparison.Ordinal));
    }

    [Fact]
    public void Says_that_a_file_or_its_directory_is_immutable()
    {
        Tool.Require("chattr", "lsattr");
        var disk = _directory.Path; // a file system in memory may know no such attributes
        var lines = Run(
            $"""
            trap 'chattr -i {disk}/guarded {disk}/directory' EXIT
            mkdir disk {disk}/directory; printf old >{disk}/guarded; chattr +i {disk}/guarded {disk}/directory; mount --bind {disk} disk
            """,
            [Write("disk/guarded", "old"), Write("disk/directory/new", null, StepName.Swap)],
            "cat disk/guarded; echo; ls disk/directory; find disk -name '*.kubeprep-*'");
        Assert.Equal("old", lines[^1]);
        Assert.Contains(lines, line => line.StartsWith("failed Journal", StringComparison.Ordinal)
            && line.Contains("/run/etc/disk/guarded is immutable; 'chattr -ia /run/etc/disk/guarded' lets it be changed", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("failed Swap", StringComparison.Ordinal)
            && line.Contains("/run/etc/disk/directory is immutable", StringComparison.Ordinal));
    }

    [Fact]
    public void Keeps_the_first_original_only()
    {
        var lines = Run(
            "printf first >a; mkdir -p /var/backups/kubeprep/run/etc; printf original >/var/backups/kubeprep/run/etc/a",
            [Write("a", "first")],
            "cat a /var/backups/kubeprep/run/etc/a");
        Assert.Equal("neworiginal", lines[^1]);
    }

    [Fact]
    public void Touches_no_file_that_is_another_by_now_and_goes_on_with_the_next_step()
    {
        var steps = PreparationPlanner.StepNames;
        var lines = Run(
            "printf other >changed; printf x >appeared; mkdir directory; ln -s /dev/null masked; mkfifo pipe; : >parent",
            [
                Write("changed", "old", steps[0]), Write("missing", "old", steps[1]), Write("appeared", null, steps[2]), Write("directory", "old", steps[3]),
                Write("masked", "", steps[4]), Write("pipe", "old", steps[5]), Write("parent/x", null, steps[6]), Write("unreached", null, steps[6]),
            ],
            "find . ! -name . | sort; cat changed appeared; echo; find /var/backups -type f");
        Assert.Equal(
            [
                "changed was changed by somebody else just now", "missing was deleted by somebody else just now", "appeared was changed by somebody else just now",
                "directory is not a regular file", "masked is not a regular file", "pipe is not a regular file",
            ],
            lines.Where(line => line.StartsWith("failed", StringComparison.Ordinal)).Select(line => line[(line.LastIndexOf('/') + 1)..].Trim()).SkipLast(1));
        Assert.Equal(7, lines.Count(line => line.StartsWith("failed", StringComparison.Ordinal)));
        Assert.Equal(["end failed", "./appeared", "./changed", "./directory", "./masked", "./parent", "./pipe", "otherx"], lines.SkipWhile(line => line != "end failed"));
    }

    [Fact]
    public void Leaves_a_file_as_it_is_where_the_disk_is_full()
    {
        var lines = Run(
            "mkdir full && mount -t tmpfs -o size=16k tmpfs full && printf old >full/a && dd if=/dev/zero of=full/filler bs=1k 2>/dev/null; mkdir small && mount -t tmpfs -o size=16k,nr_inodes=2 tmpfs small && printf old >small/a",
            [Write("full/a", "old", StepName.Journal, new string('x', 20_000)), Write("small/a", "old", StepName.Sysctl)],
            "cat full/a small/a; ls full small | tr '\\n' ' '");
        Assert.Equal(2, lines.Count(line => line.StartsWith("failed", StringComparison.Ordinal) && line.Contains("No space left on device", StringComparison.Ordinal)));
        Assert.Equal("oldoldfull: a filler  small: a ", lines[^1]);
    }

    [Fact]
    public void Never_lets_others_read_the_new_content_of_a_private_file()
    {
        Tool.Require("strace");
        var lines = Run(
            "printf old >private; chmod 600 private",
            [Write("private", "old")],
            "grep -c ', 0600' /run/trace; grep -c ', 0[0-7][0-7][4-7]' /run/trace; stat -c %a private",
            shell: "strace -f -o /run/trace -e trace=chmod,fchmod,fchmodat,fsetxattr sh");
        Assert.Equal(["0", "600"], lines.TakeLast(2));
    }

    [Fact]
    public void Stops_before_the_next_step_when_it_is_told_to()
    {
        var lines = Run(
            """printf '#!/bin/sh\n: >/run/kubeprep/r/stop\n' >/usr/local/sbin/swapoff""",
            [Action(StepName.Swap, ChangeAction.DisableSwap, "/dev/x y"), Action(StepName.Swap, ChangeAction.LoadModule, "still"), Action(StepName.Sysctl, ChangeAction.LoadModule, "never")],
            "cat /run/calls; ls /run/kubeprep/current 2>&1");
        Assert.Equal(
            ["step Swap", "doing Swap swapoff /dev/x y", "doing Swap load still", "done Swap", "end stopped", "modprobe -- still"], lines.SkipLast(1));
        Assert.EndsWith("No such file or directory", lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Does_nothing_while_another_run_holds_the_lock()
    {
        var lines = Run(
            "sed -i 's/flock -w 3/flock -w 0/' \"$run/apply.sh\"; exec 8>/run/kubeprep/lock; flock 8",
            [Write("a")],
            "ls a 2>&1 | wc -l; ls",
            afterFiles: true);
        Assert.Equal(["end busy", "1"], lines);
    }

    [Fact]
    public void Lets_no_program_it_starts_hold_the_lock_or_read_the_plan()
    {
        var lines = Run(
            """printf '#!/bin/sh\ncat >>/run/calls; [ -e /proc/self/fd/9 ] && echo lock >>/run/calls\nflock -n /run/kubeprep/lock true || echo held >>/run/calls; cat /run/kubeprep/current >>/run/calls\n' >/usr/local/sbin/modprobe""",
            [Action(StepName.KernelModules, ChangeAction.LoadModule, "a")],
            "cat /run/calls; flock -n /run/kubeprep/lock echo free");
        Assert.Equal(["held", "r", "free"], lines.TakeLast(3));
        Assert.Equal("end good", lines[^4]);
    }

    [Fact]
    public void Calls_each_program_with_what_the_plan_says_and_quotes_why_one_failed()
    {
        var lines = Run(
            """printf '#!/bin/sh\nprintf "one\\ntwo\\ttab\\nthree\\nfour\\n" >&2; exit 1\n' >/usr/local/sbin/hostname; printf unit >/etc/systemd/system/x.swap""",
            [
                Action(StepName.Journal, ChangeAction.CreateDirectory, "/run/etc/made here"), Action(StepName.Journal, ChangeAction.RestartUnit, "a.service"),
                Action(StepName.Swap, ChangeAction.MaskUnit, "x.swap"), Action(StepName.Swap, ChangeAction.ReloadManager, "systemd"),
                Action(StepName.Limits, ChangeAction.ReloadManager, "systemd") with { Value = "reexec" },
                Action(StepName.Sysctl, ChangeAction.SetSysctl, "no.such.key") with { Value = "1 2" },
                Action(StepName.Hostname, ChangeAction.SetHostName, "n1"),
            ],
            "cat /run/calls; ls -d 'made here'; cat /var/backups/kubeprep/etc/systemd/system/x.swap; ls /etc/systemd/system");
        Assert.Equal(
            [
                "systemd-tmpfiles --create --prefix=/run/etc/made here", "systemctl restart -- a.service", "systemctl mask -- x.swap", "systemctl daemon-reload",
                "systemctl daemon-reexec", "made here", "unit",
            ],
            lines.SkipWhile(line => line != "end failed").Skip(1));
        Assert.Contains("failed Hostname hostname n1: two tab three four ", lines.Select(line => line.Replace('\t', ' ')));
        Assert.Contains(lines, line => line.StartsWith("failed Sysctl sysctl no/such/key: ", StringComparison.Ordinal));
    }

    [Fact]
    public void Puts_any_bytes_in_place()
    {
        var contents = Gen.Sample(
            from count in Gen.Choose(0, 5000)
            from seed in Gen.Choose(0, int.MaxValue)
            select (count, seed),
            0,
            30).Select(given =>
            {
                var bytes = new byte[given.count];
                new Random(given.seed).NextBytes(bytes);
                return bytes;
            }).Concat([[], "\n"u8.ToArray(), "end\n"u8.ToArray(), "'\n\nend\n$(x)`\\"u8.ToArray(), new byte[200_000]]).ToList();
        var lines = Run(
            "",
            [.. contents.Select((content, index) => Write(Name(index)) with { Content = content })],
            $"sha256sum {string.Join(' ', contents.Select((_, index) => Name(index)))}");
        Assert.Equal(
            contents.Select((content, index) => $"{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(content))}  {Name(index)}"),
            lines.TakeLast(contents.Count));

        static string Name(int index) => string.Create(CultureInfo.InvariantCulture, $"file-{index}");
    }

    [Theory]
    [InlineData("a\tb")]
    [InlineData("a\nb")]
    [InlineData("a\0b")]
    [InlineData("")]
    public void Is_not_given_what_a_plan_cannot_hold(string target) =>
        Assert.Throws<InvalidDataException>(() => new ApplyPlan([Action(StepName.Swap, ChangeAction.DisableSwap, target)]));

    public void Dispose() => _directory.Dispose();

    private static IEnumerable<string> Written(params IEnumerable<string> names) => names.Select(name => $"doing Journal write /run/etc/{name}");

    private static Change Write(string name, string? old = null, StepName step = StepName.Journal, string content = "new") =>
        Action(step, ChangeAction.WriteFile, $"/run/etc/{name}") with
        {
            Content = Encoding.ASCII.GetBytes(content),
            ExpectedContent = old is null ? null : (ReadOnlyMemory<byte>?)Encoding.ASCII.GetBytes(old),
        };

    private static Change Action(StepName step, ChangeAction action, string target) => new() { Step = step, Action = action, Target = target, Reason = "a test" };

    private string[] Run(string setup, IReadOnlyList<Change> changes, string after, string shell = "sh", bool afterFiles = false)
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "a mount namespace needs root");
        var files = $"{new ApplyPlan(changes).ToScript()}put_files || exit 98\n";
        var script = Prelude + ShellText.Assign() + (afterFiles ? files + setup : $"{setup}\n{files}")
            + $"\n{shell} \"$run/apply.sh\" \"$run\" 8>&- || exit 97\ncat \"$run/journal\"\n{after}\ntrue\n";
        return Tool.Run("unshare", "--mount", "sh", _directory.Write("script", script)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
