using KubePrep.Inventory;
using KubePrep.Yaml;

namespace KubePrep.Core.Tests;

public sealed class InventoryFileTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("hosts", "h ansible_user=me", InventoryFormat.Ini)]
    [InlineData("hosts", "", InventoryFormat.Ini)]
    [InlineData("hosts", "h:22\n", InventoryFormat.Ini)]
    [InlineData("hosts", "[::1]:22", InventoryFormat.Ini)]
    [InlineData("hosts", "h x=a: b", InventoryFormat.Ini)]
    [InlineData("hosts.multi-node", "[etcd]\nall:", InventoryFormat.Ini)]
    [InlineData("hosts.ini", "all:", InventoryFormat.Ini)]
    [InlineData("hosts", "# c\n\nall:\n", InventoryFormat.Yaml)]
    [InlineData("hosts", "\ufeff---\n", InventoryFormat.Yaml)]
    [InlineData("hosts", "\"all\": {}", InventoryFormat.Yaml)]
    [InlineData("hosts", "{\"all\": {}}", InventoryFormat.Yaml)]
    [InlineData("hosts.YML", "[a]", InventoryFormat.Yaml)]
    [InlineData("hosts.json", "[a]", InventoryFormat.Yaml)]
    [InlineData("hosts", "#TYPE x\r\n\"hostname\", \"Role\"\r\n", InventoryFormat.Csv)]
    [InlineData("hosts", "Rack,IP", InventoryFormat.Csv)]
    [InlineData("hosts", "a,b", InventoryFormat.Ini)]
    [InlineData("hosts.csv", "Name", InventoryFormat.Csv)]
    public void Is_of_the_format_its_name_or_first_line_says(string name, string text, object format) =>
        Assert.Equal(format, InventorySource.Read(_directory.Write(name, text)).Format);

    [Fact]
    public void Is_found_through_links()
    {
        _directory.Write("real/hosts", "\ufeff[kube_node]\r\na\r\n");
        File.CreateSymbolicLink(_directory["one"], _directory["real/hosts"]);
        File.CreateSymbolicLink(_directory["two"], "one");
        Assert.Equal(["a|a|||||Worker"], InventorySample.Show(InventoryFile.Read(_directory["two"])));
    }

    [Theory]
    [InlineData("missing")]
    [InlineData("missing/hosts")]
    [InlineData("broken")]
    [InlineData("a\nb")]
    [InlineData("a\0b")]
    public void That_is_missing_is_an_error(string name)
    {
        File.CreateSymbolicLink(_directory["broken"], "nowhere");
        Expect.Error(ErrorId.InventoryNotFound, () => InventoryFile.Read(_directory[name]));
    }

    [Fact]
    public void Without_a_path_is_missing() => Expect.Error(ErrorId.InventoryNotFound, () => InventoryFile.Read(""));

    [Fact]
    public void That_is_no_regular_file_is_an_error()
    {
        Expect.Error(ErrorId.InvalidInventory, () => InventoryFile.Read(_directory.Path));
        Expect.Error(ErrorId.NotRegularFile, () => InventoryFile.Read("/dev/null"));
        File.CreateSymbolicLink(_directory["self"], "self");
        Expect.Error(ErrorId.FileReadFailed, () => InventoryFile.Read(_directory["self"]));
    }

    [Fact]
    public void That_is_too_large_is_an_error()
    {
        var path = _directory.Write("hosts", "");
        using (var file = File.OpenWrite(path))
        {
            file.SetLength((16 << 20) + 1);
        }

        Expect.Error(ErrorId.FileReadFailed, () => InventoryFile.Read(path));
    }

    [Theory]
    [InlineData("$ANSIBLE_VAULT;1.1;AES256\n3132", "hosts", "encrypted")]
    [InlineData("$ANSIBLE_VAULT;1.1;AES256\n3132", "hosts.yaml", "encrypted")]
    [InlineData("#!/bin/sh\necho", "hosts", "program")]
    [InlineData("[all.vars]", "hosts.toml", "TOML")]
    public void That_is_none_as_a_whole_is_an_error(string text, string name, string named)
    {
        var error = Expect.Error(ErrorId.InvalidInventory, () => InventoryFile.Read(_directory.Write(name, text)));
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hosts")]
    [InlineData("hosts.yaml")]
    [InlineData("hosts.csv")]
    public void That_is_not_UTF8_is_an_error_of_its_line(string name)
    {
        File.WriteAllBytes(_directory[name], [.. "a\nb "u8, 0xff, .. "\n"u8]);
        var error = Expect.Error(ErrorId.InvalidInventory, () => InventoryFile.Read(_directory[name]));
        Assert.Contains("line 2", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("group_vars/all.yml", "ansible_user: me", "ansible_user")]
    [InlineData("group_vars/all/main.yml", "# ansible_user: a\nother: 1\n\"ip\" : 1", "ip")]
    [InlineData("host_vars/a", "k8s_nodename: n", "k8s_nodename")]
    [InlineData("group_vars/all.yml", "# ansible_user: me\nmap:\n  ip: 1\nport: 2", null)]
    [InlineData("vars/all.yml", "ansible_user: me", null)]
    public void Has_files_beside_it_that_are_not_read(string name, string text, string? variable)
    {
        _directory.Write(name, text);
        var warnings = InventoryFile.Read(_directory.Write("hosts", "a")).Warnings;
        Assert.Equal(variable is null ? 0 : 1, warnings.Count);
        Assert.All(warnings, warning => Assert.StartsWith($"{_directory[name]} sets '{variable}'", warning, StringComparison.Ordinal));
    }
}
