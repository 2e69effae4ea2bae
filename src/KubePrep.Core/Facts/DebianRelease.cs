namespace KubePrep.Facts;

/// <summary>The distribution, from <c>/etc/os-release</c> (os-release(5)).</summary>
/// <param name="Id">Such as <c>debian</c> or <c>ubuntu</c>.</param>
/// <param name="VersionId">Such as <c>12</c> or <c>24.04</c>; empty in rolling releases.</param>
/// <param name="PrettyName">For people.</param>
/// <param name="IdLike">What it derives from, separated by spaces.</param>
public sealed record DebianRelease(string Id, string VersionId, string PrettyName, string IdLike)
{
    /// <summary>Whether it is Debian or made from it, so that apt and its packages are there.</summary>
    public bool IsDebian => Id is "debian" or "ubuntu" || IdLike.Split(' ').Any(id => id is "debian" or "ubuntu");

    /// <summary>Whether KubePrep is tested for it: Debian 12 and 13, Ubuntu 22.04 and 24.04.</summary>
    public bool IsTested => (Id, VersionId) is ("debian", "12" or "13") or ("ubuntu", "22.04" or "24.04");

    /// <inheritdoc/>
    public override string ToString() => PrettyName;
}
