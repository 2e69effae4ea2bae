using FsCheck;
using FsCheck.Fluent;

namespace KubePrep.Core.Tests;

/// <summary>Checks that something holds for whatever a generator makes; the failure's message has the seed to replay it with.</summary>
internal static class Property
{
    public static void Holds<T>(Gen<T> generator, Action<T> assertion, int cases = 100) =>
        Prop.ForAll(generator.ToArbitrary(), assertion)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(cases).WithQuietOnSuccess(true));
}
