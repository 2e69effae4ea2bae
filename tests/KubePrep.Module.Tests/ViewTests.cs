using System.Xml.Linq;

namespace KubePrep.ModuleTests;

/// <summary>What the cmdlets put out is shown in views that name what there is.</summary>
public sealed class ViewTests
{
    private static readonly XDocument Views = XDocument.Load(Repository.File("src/KubePrep/KubePrep.Format.ps1xml"));

    public static TheoryData<string> OutputTypes =>
        [.. CmdletClass.All.SelectMany(cmdlet => cmdlet.OutputTypes).Except([typeof(bool)]).Select(type => type.FullName!).Distinct()];

    public static TheoryData<string> ViewNames => [.. Views.Descendants("View").Select(view => view.Element("Name")!.Value)];

    [Theory]
    [MemberData(nameof(OutputTypes))]
    public void What_is_put_out_has_a_view(string type)
    {
        var shown = Views.Descendants("View").SelectMany(TypesOf).ToHashSet();
        var bases = BasesOf(typeof(ErrorId).Assembly.GetType(type, throwOnError: true)!);
        Assert.True(bases.Any(shown.Contains), $"There is no view for {type}.");
    }

    [Theory]
    [MemberData(nameof(ViewNames))]
    public void A_view_shows_properties_that_there_are(string name)
    {
        var view = Views.Descendants("View").Single(view => view.Element("Name")!.Value == name);
        Assert.All(TypesOf(view), type =>
        {
            Assert.NotNull(type);
            Assert.All(view.Descendants("PropertyName"), property => Assert.Contains(TypesLike(type), candidate => candidate.GetProperty(property.Value) is not null));
        });
    }

    private static IEnumerable<Type?> TypesOf(XElement view) =>
        view.Element("ViewSelectedBy")!.Elements("TypeName").Select(type => typeof(ErrorId).Assembly.GetType(type.Value));

    /// <summary>A type and those that derive from it, which have no view of their own: such a view shows what the object at hand has.</summary>
    private static IEnumerable<Type> TypesLike(Type type) => typeof(ErrorId).Assembly.GetTypes().Where(type.IsAssignableFrom);

    private static IEnumerable<Type> BasesOf(Type type)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            yield return current;
        }
    }
}
