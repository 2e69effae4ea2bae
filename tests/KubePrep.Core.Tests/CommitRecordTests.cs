using System.Text.Json;
using KubePrep.Files;

namespace KubePrep.Core.Tests;

public sealed class CommitRecordTests : IDisposable
{
    private const string Id = "0123456789abcdef";
    private readonly TemporaryDirectory _directory = new();

    [Fact]
    public void Is_null_where_there_is_none()
    {
        Assert.Null(CommitRecord.Read(_directory.Path));
        Assert.Null(CommitRecord.Read(_directory["missing"]));
    }

    [Fact]
    public void Is_read_as_it_was_written()
    {
        var record = new CommitRecord(
            [new($"ssl/.ca.pem.kubeprep-{Id}", "ssl/ca.pem"), new($"ssl/users/.jane.pem.kubeprep-{Id}", "ssl/users/jane.pem")],
            ["ssl/users/joe.pem", "old"],
            new("ssl/issued.jsonl", 5, "{}\n"));
        File.WriteAllBytes(_directory[CommitRecord.FileName], record.ToBytes());
        var read = CommitRecord.Read(_directory.Path);
        Assert.Equal(record.Renames, read?.Renames);
        Assert.Equal(record.Removals, read?.Removals);
        Assert.Equal(record.Addition, read?.Addition);
    }

    [Fact]
    public void Names_what_is_staged_beside_its_target()
    {
        var staged = CommitRecord.StagedPath("/c/ssl/ca.pem", Id);
        Assert.Equal($"/c/ssl/.ca.pem.kubeprep-{Id}", staged);
        Assert.True(CommitRecord.IsStagedName(Path.GetFileName(staged)));
    }

    [Theory]
    [InlineData("ca.pem")]
    [InlineData(".ca.pem")]
    [InlineData(".kubeprep-commit.json")]
    [InlineData(".kubeprep-0123456789abcdef")]
    [InlineData("ca.pem.kubeprep-0123456789abcdef")]
    [InlineData(".ca.pem.kubeprep-0123456789abcde")]
    [InlineData(".ca.pem.kubeprep-0123456789abcdef0")]
    [InlineData(".ca.pem.kubeprep-0123456789ABCDEF")]
    [InlineData(".ca.pem.kubeprep-0123456789abcdef~")]
    [InlineData(".ca.pem.kubeprep-0123456789abcdef\n")]
    public void Takes_no_other_names_for_staged_ones(string name) => Assert.False(CommitRecord.IsStagedName(name));

    [Theory]
    [InlineData("../.x.kubeprep-0123456789abcdef", "../x")]
    [InlineData("ssl/../../.x.kubeprep-0123456789abcdef", "ssl/../../x")]
    [InlineData("/etc/.x.kubeprep-0123456789abcdef", "/etc/x")]
    [InlineData(".x.kubeprep-0123456789abcdef", "/etc/x")]
    [InlineData(".x.kubeprep-0123456789abcdef", "../x")]
    [InlineData(".x.kubeprep-0123456789abcdef", "ssl/x")]
    [InlineData("ssl/.x.kubeprep-0123456789abcdef", "x")]
    [InlineData("ssl/.x.kubeprep-0123456789abcdef", "ssl/../x")]
    [InlineData(".x.kubeprep-0123456789abcdef", "..")]
    [InlineData(".x.kubeprep-0123456789abcdef", ".")]
    [InlineData(".x.kubeprep-0123456789abcdef", "")]
    [InlineData("ssl/.x.kubeprep-0123456789abcdef", "ssl/..")]
    [InlineData("ssl/.x.kubeprep-0123456789abcdef", "ssl/")]
    [InlineData("/etc/shadow", "x")]
    [InlineData("id_rsa", "x")]
    [InlineData("", "x")]
    [InlineData(null, "x")]
    [InlineData(".x.kubeprep-0123456789abcdef", null)]
    public void Is_refused_where_it_names_files_elsewhere_or_other_than_staged_ones(string? from, string? to)
    {
        File.WriteAllText(_directory[CommitRecord.FileName], JsonSerializer.Serialize(new { renames = new[] { new { from, to } } }));
        AssertRefused();
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("5")]
    [InlineData("{}")]
    [InlineData("{\"renames\": null}")]
    [InlineData("{\"renames\": {}}")]
    [InlineData("{\"renames\": [null]}")]
    [InlineData("{\"renames\": [{}]}")]
    [InlineData("{\"renames\": [5]}")]
    [InlineData("{\"renames\": [{\"from\": 1, \"to\": 2}]}")]
    [InlineData("{\"renames\": [{\"from\": \"\\ud800\", \"to\": \"x\"}]}")]
    [InlineData("{\"renames\": [], \"renames\": []}")]
    [InlineData("{\"renames\": [], \"other\": []}")]
    [InlineData("{\"renames\": [], \"removals\": {}}")]
    [InlineData("{\"renames\": [], \"removals\": [null]}")]
    [InlineData("{\"renames\": [], \"removals\": [\"../x\"]}")]
    [InlineData("{\"renames\": [], \"removals\": [\"/etc/passwd\"]}")]
    [InlineData("{\"renames\": [], \"removals\": [\"ssl/../../x\"]}")]
    [InlineData("{\"renames\": [], \"append\": {\"path\": \"../x\", \"length\": 0, \"text\": \"\"}}")]
    [InlineData("{\"renames\": [], \"append\": {\"path\": \"x\", \"length\": -1, \"text\": \"\"}}")]
    [InlineData("{\"renames\": [], \"append\": {\"path\": \"x\", \"length\": 0}}")]
    public void Is_refused_where_it_is_damaged(string content)
    {
        File.WriteAllText(_directory[CommitRecord.FileName], content);
        AssertRefused();
    }

    [Fact]
    public void Is_refused_where_it_is_a_link()
    {
        File.WriteAllBytes(_directory["elsewhere"], new CommitRecord([], [], null).ToBytes());
        File.CreateSymbolicLink(_directory[CommitRecord.FileName], _directory["elsewhere"]);
        Expect.Error(ErrorId.NotRegularFile, () => CommitRecord.Read(_directory.Path));
    }

    [Fact]
    public void Is_refused_where_somebody_else_wrote_it()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "only root can give files away");
        File.WriteAllBytes(_directory[CommitRecord.FileName], new CommitRecord([], [], null).ToBytes());
        Tool.Run("chown", "1234", _directory[CommitRecord.FileName]);
        AssertRefused();
        Tool.Run("chown", "1234", _directory.Path);
        Assert.NotNull(CommitRecord.Read(_directory.Path));
    }

    [Fact]
    public void Either_is_read_or_refused_however_it_is_damaged()
    {
        var original = new CommitRecord([new($"ssl/.ca.pem.kubeprep-{Id}", "ssl/ca.pem"), new($".a.kubeprep-{Id}", "a")], [], null).ToBytes();
        Property.Holds(
            Generators.Damaged(original),
            file =>
            {
                File.WriteAllBytes(_directory[CommitRecord.FileName], file.Content);
                try
                {
                    var record = CommitRecord.Read(_directory.Path);
                    Assert.NotNull(record);
                    Assert.All(record.Renames, rename =>
                    {
                        Assert.StartsWith(_directory.Path + "/", Path.GetFullPath(_directory[rename.From]), StringComparison.Ordinal);
                        Assert.Equal(Path.GetDirectoryName(rename.From), Path.GetDirectoryName(rename.To));
                    });
                }
                catch (KubePrepException e)
                {
                    Assert.Equal(ErrorId.CommitRecordInvalid, e.Id);
                }
            },
            cases: 1000);
    }

    public void Dispose() => _directory.Dispose();

    private void AssertRefused()
    {
        var error = Expect.Error(ErrorId.CommitRecordInvalid, () => CommitRecord.Read(_directory.Path));
        Assert.Equal(_directory[CommitRecord.FileName], error.Target);
    }
}
