using System.Net;
using FsCheck;
using FsCheck.Fluent;
using KubePrep.Facts;
using KubePrep.HostsFile;

namespace KubePrep.Core.Tests;

public sealed class HostsMapTests
{
    private static Gen<HostsEntry> Entry { get; } =
        from address in Gen.Elements("10.0.0.9", "10.0.0.10", "9.0.0.1", "2001:db8::1", "::1", "::ffff:10.0.0.9", "::ffff:9.0.0.1", "fd00::a")
        from count in Gen.Choose(1, 3)
        from names in Gen.Elements("node-1", "NODE-1", "gpu-node-1", "n", "n.example.org").ListOf(count)
        select new HostsEntry(IPAddress.Parse(address), names);

    [Fact]
    public void Is_rendered_between_marks() => Assert.Equal(
        """
        # BEGIN KUBEPREP
        # KubePrep manages the rows between these marks; changes made to them are overwritten.
        10.0.0.2 node-2
        10.0.0.10 node-1.example.org node-1
        2001:db8::1 node-1.example.org node-1
        # END KUBEPREP

        """,
        Rendered("2001:db8:0::1 node-1.example.org node-1", "10.0.0.10 node-1.example.org node-1", "10.0.0.2 node-2"));

    [Fact]
    public void Is_rendered_without_rows_too() => Assert.Empty(HostsDocument.Parse(HostsMap.Of([]).Block).Entries);

    [Fact]
    public void Rows_of_one_address_are_one() =>
        Assert.Equal(
            ["10.0.0.1 Node-1 a b"], Map("10.0.0.1 Node-1 a", "::ffff:10.0.0.1 b node-1", "10.0.0.1 A").Entries.Select(entry => entry.ToString()));

    [Theory]
    [InlineData("10.0.0.1 a", "10.0.0.1 a", 0, 0, 0)]
    [InlineData("", "10.0.0.1 a,10.0.0.2 a", 2, 0, 0)]
    [InlineData("10.0.0.1 a", "", 0, 0, 1)]
    [InlineData("10.0.0.1 a", "10.0.0.2 a", 1, 0, 1)]
    [InlineData("10.0.0.1 a b", "10.0.0.1 b a", 0, 1, 0)]
    [InlineData("10.0.0.1 a", "10.0.0.1 A", 0, 1, 0)]
    [InlineData("10.0.0.1 a,10.0.0.1 b", "::ffff:10.0.0.1 a b", 0, 0, 0)]
    [InlineData("10.0.0.1 a,10.0.0.2 b,10.0.0.3 c", "10.0.0.1 a,10.0.0.2 x,fd00::1 c", 1, 1, 1)]
    public void Differences_are_counted_by_address(string before, string after, int added, int changed, int removed) =>
        Assert.Equal(new HostsDifference(added, changed, removed), HostsMap.Of(Entries(after)).ChangeFrom(Entries(before)));

    [Fact]
    public void What_is_rendered_is_read_again() => Property.Holds(
        Entry.ListOf(),
        entries =>
        {
            var map = HostsMap.Of(entries);
            var document = HostsDocument.Parse(map.Block);
            Assert.Equal(map.Block.ToArray(), document.Block.ToArray());
            Assert.Equal(Texts(map.Entries), Texts(document.BlockEntries));
            Assert.Equal(Texts(map.Entries), Texts(HostsMap.Of(map.Entries.Reverse()).Entries));
            Assert.Equal(map.Entries.Count, map.Entries.Select(entry => entry.Address).Distinct().Count());
            Assert.Equal(map.Entries.OrderBy(entry => HostsAddress.SortKey(entry.Address)), map.Entries);
            foreach (var entry in entries)
            {
                var row = map.Entries.Single(row => row.Address.Equals(HostsAddress.Normalize(entry.Address)));
                Assert.All(entry.Names, name => Assert.Single(row.Names, other => other.Equals(name, StringComparison.OrdinalIgnoreCase)));
            }
        },
        cases: 300);

    internal static IReadOnlyList<HostsEntry> Entries(string rows) =>
        HostsDocument.Parse(HostsFileGenerators.Bytes(rows.Replace(',', '\n'))).Entries;

    internal static string[] Texts(IEnumerable<HostsEntry> entries) => [.. entries.Select(entry => entry.ToString())];

    private static HostsMap Map(params string[] rows) => HostsMap.Of(Entries(string.Join(',', rows)));

    private static string Rendered(params string[] rows) => HostsFileGenerators.Text(Map(rows).Block.Span);
}
