namespace KubePrep.ModuleTests;

public sealed class GuidelineTests
{
    public static TheoryData<string> Rules => [.. Guideline.All.Select(guideline => guideline.ToString())];

    public static TheoryData<string, string> Exceptions
    {
        get
        {
            var exceptions = new TheoryData<string, string>();
            foreach (var exception in GuidelineException.All)
            {
                exceptions.Add(exception.Id, exception.Subject);
            }

            return exceptions;
        }
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void The_cmdlets_follow(string rule)
    {
        var guideline = Guideline.All.Single(guideline => guideline.ToString() == rule);
        var excepted = GuidelineException.All.Where(exception => exception.Id == guideline.Id).Select(exception => exception.Subject);
        Assert.Empty(guideline.Violations.Except(excepted));
    }

    [Theory]
    [MemberData(nameof(Exceptions))]
    public void An_exception_is_needed(string id, string subject) =>
        Assert.Contains(subject, Guideline.All.Single(guideline => guideline.Id == id).Violations);
}
