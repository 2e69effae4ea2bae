using System.Globalization;
using FsCheck.Fluent;
using KubePrep.Inventory;
using KubePrep.Yaml;

namespace KubePrep.Core.Tests;

public sealed class InventoryPropertyTests : IDisposable
{
    private static readonly string[] Pieces =
    [
        "a", "b1", "[kube_node]", "[etcd:children]", "[all:vars]", "[a]", "\n", "\n", "\n", "\r\n", " ", "  ", "=", ":", "[1:3]", "[a:c]", "[", "]",
        "ansible_host=", "ansible_port=", "ip=", "k8s_nodename=", "ansible_group_priority=", "22", "10.0.0.1", "::1", "'", "\"", "\\", "#", "{{ x }}",
        "all:", "hosts:", "children:", "vars:", "- ", "{", "}", "&x", "*x", "<<:", "!vault", "|", ",", "HostName", "Role", "Port", "Worker", "#TYPE",
        "\ufeff", "\t", "\0", "é", "😀", "\u2028", "---", "...", "None", "0x", "1_0", "'''", "r'", "\\x", "\\ud800", "%", "? ",
    ];

    private static readonly string[] Names = ["hosts", "hosts.ini", "hosts.yaml", "hosts.csv"];

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Any_text_is_read_or_refused() => Property.Holds(
        from count in Gen.Choose(0, 25)
        from pieces in Gen.Elements(Pieces).ListOf(count)
        from name in Gen.Elements(Names)
        select (Name: name, Text: string.Concat(pieces)),
        file =>
        {
            var path = _directory.Write(file.Name, file.Text);
            var error = Record.Exception(() => InventoryFile.Read(path));
            Assert.True(error is null or KubePrepException { Id: ErrorId.InvalidInventory }, $"{file}: {error}");
        },
        cases: 5000);

    [Fact]
    public void Any_damage_to_an_inventory_is_read_or_refused() => Property.Holds(
        from model in InventoryModel.Any
        from name in Gen.Elements(Names[1], Names[2])
        from at in Gen.Choose(0, 10_000)
        from piece in Gen.Elements(Pieces)
        from length in Gen.Choose(0, 5)
        select (model, name, at, piece, length),
        damage =>
        {
            var text = damage.name == Names[1] ? damage.model.Ini() : damage.model.Yaml();
            var at = damage.at % (text.Length + 1);
            var damaged = string.Concat(text.AsSpan(0, at), damage.piece, text.AsSpan(Math.Min(text.Length, at + damage.length)));
            var path = _directory.Write(damage.name, damaged);
            var error = Record.Exception(() => InventoryFile.Read(path));
            Assert.True(error is null or KubePrepException { Id: ErrorId.InvalidInventory }, $"{damaged}: {error}");
        },
        cases: 1000);

    [Fact]
    public void The_nodes_of_an_inventory_are_those_it_was_made_of() => Property.Holds(
        InventoryModel.Any,
        model =>
        {
            var expected = model.Nodes();
            Assert.Equal(expected, InventorySample.Show(InventoryFile.Read(_directory.Write("hosts.ini", model.Ini()))));
            Assert.Equal(expected, InventorySample.Show(InventoryFile.Read(_directory.Write("hosts.yaml", model.Yaml()))));
        },
        cases: 500);

    [Fact]
    public void A_range_counts_as_numbers_are_written() => Property.Holds(
        from first in Gen.Choose(0, 120)
        from more in Gen.Choose(0, 120)
        from step in Gen.Choose(1, 9)
        from isFilled in Gen.Elements(true, false)
        select (first, last: first + more, step, isFilled),
        range =>
        {
            var width = range.isFilled ? 3 : 1;
            string Write(int number) => number.ToString($"D{width}", CultureInfo.InvariantCulture);
            var expected = new List<string>();
            for (var i = range.first; i <= range.last; i += range.step)
            {
                expected.Add($"n{Write(i)}.lab");
            }

            var pattern = $"n[{Write(range.first)}:{Write(range.last)}:{range.step}].lab";
            Assert.Equal(expected, HostPattern.Parse(pattern, why => InventoryErrors.Invalid("hosts", 1, why)).Names);
        });
}
