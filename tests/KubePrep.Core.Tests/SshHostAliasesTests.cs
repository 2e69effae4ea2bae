using KubePrep.Connections;

namespace KubePrep.Core.Tests;

public sealed class SshHostAliasesTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    [Theory]
    [InlineData("Host n1", "n1")]
    [InlineData("Host n1 n2\tn3", "n1", "n2", "n3")]
    [InlineData("  hOST=n1", "n1")]
    [InlineData("Host = n1", "n1")]
    [InlineData("Host \"n1\" n2", "n1", "n2")]
    [InlineData("Host n1 # n2", "n1")]
    [InlineData("Host *.lab n1 !n2 n? n3", "n1", "n3")]
    [InlineData("Host 192.0.2.1 2001:db8::1", "192.0.2.1", "2001:db8::1")]
    [InlineData("Host\tn1\r", "n1")]
    [InlineData("Host *")]
    [InlineData("Host")]
    [InlineData("Host ")]
    [InlineData("Host \"n1")]
    [InlineData("Host \"a b\" -x $(x) n\u001b[2J n\ufffd")]
    [InlineData("# Host n1")]
    [InlineData("HostName n1")]
    [InlineData("Hostn1")]
    [InlineData("Match host n1")]
    [InlineData("ProxyJump n1")]
    public void Has_the_literal_names_of_a_line(string line, params string[] names)
    {
        _directory.Write("config", line);
        Assert.Equal(names, Names());
    }

    [Fact]
    public void Has_the_names_of_included_files_where_they_are_included()
    {
        _directory.Write("config", "Host first\nInclude conf.d/*.conf \"with space\"\nHost last\n");
        _directory.Write("conf.d/b.conf", "Host b\n");
        _directory.Write("conf.d/a.conf", "Host a\n");
        _directory.Write("conf.d/.hidden.conf", "Host hidden\n");
        _directory.Write("conf.d/a.bak", "Host bak\n");
        _directory.Write("with space", "Host space\n");
        Assert.Equal(
            [("first", "config"), ("a", "conf.d/a.conf"), ("b", "conf.d/b.conf"), ("space", "with space"), ("last", "config")],
            new SshHostAliases(_directory.Path).Read().Select(found => (found.Name, Path.GetRelativePath(_directory.Path, found.Path))));
    }

    [Theory]
    [InlineData("Include ~/.ssh/other", "n1")]
    [InlineData("Include {0}/other", "n1")]
    [InlineData("Include ../.ssh/other", "n1")]
    [InlineData("Include ../.s?h/[m-o]*", "n1")]
    [InlineData("Include .*/other", "n1")]
    [InlineData("Include */other", "n2")]
    [InlineData("Include nowhere */nowhere /proc/nowhere/* a\0b ~nobody/x")]
    [InlineData("Include \"\"")]
    [InlineData("Include")]
    public void Finds_what_an_include_names(string line, params string[] names)
    {
        var ssh = _directory[".ssh"];
        _directory.Write(".ssh/config", line.Replace("{0}", ssh, StringComparison.Ordinal));
        _directory.Write(".ssh/other", "Host n1\n");
        _directory.Write(".ssh/.d/other", "Host n1\n");
        _directory.Write(".ssh/d/other", "Host n2\n");
        Assert.Equal(names, new SshHostAliases(ssh).Read().Select(found => found.Name));
    }

    [Fact]
    public void Reads_a_file_once_however_it_is_included()
    {
        _directory.Write("config", "Include config other\nHost n1\n");
        _directory.Write("other", "Include config other\nHost n2\n");
        Assert.Equal(["n2", "n1"], Names());
    }

    [Fact]
    public void Goes_no_deeper_than_ssh()
    {
        _directory.Write("config", "Include 2\nHost n1\n");
        foreach (var depth in Enumerable.Range(2, 20))
        {
            _directory.Write($"{depth}", $"Include {depth + 1}\nHost n{depth}\n");
        }

        Assert.Equal(Enumerable.Range(1, 16).Reverse().Select(depth => $"n{depth}"), Names());
    }

    [Fact]
    public void Looks_into_no_more_directories_once_it_has_seen_very_many_files()
    {
        _directory.Write("config", "Include few/*\nInclude many/*/x\nInclude few/.*\nHost n1\n");
        _directory.Write("few/x", "Host first\n");
        _directory.Write("few/.x", "Host second\n");
        Assert.Equal(["first", "second", "n1"], Names());
        foreach (var number in Enumerable.Range(0, 10_000))
        {
            Directory.CreateDirectory(_directory[$"many/{number}"]);
        }

        Assert.Equal(["first", "n1"], Names());
    }

    [Fact]
    public void Goes_on_after_what_cannot_be_read()
    {
        Tool.Run("mkfifo", _directory["pipe"]);
        Directory.CreateDirectory(_directory["directory"]);
        _directory.Write("config", "Include pipe directory /dev/zero\nHost n1\n");
        Assert.Equal(["n1"], Names());
    }

    [Fact]
    public void Has_none_where_there_is_no_configuration() => Assert.Empty(Names());

    [Fact]
    public void Has_only_names_that_ssh_takes_for_hosts_of_the_configuration()
    {
        Tool.Require("ssh");
        _directory.Write("config", "Host n1 \"n2\" # n3\n  Port 2222\nHost=n4\n  Port 2222\n");
        Assert.All(Names(), name => Assert.Contains("port 2222\n", Tool.Run("ssh", "-F", _directory["config"], "-G", name), StringComparison.Ordinal));
        Assert.Equal(["n1", "n2", "n4"], Names());
    }

    public void Dispose() => _directory.Dispose();

    private IEnumerable<string> Names() => new SshHostAliases(_directory.Path).Read().Select(found => found.Name);
}
