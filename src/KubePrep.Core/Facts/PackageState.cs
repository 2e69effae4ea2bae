namespace KubePrep.Facts;

/// <summary>A package's state, in dpkg's own words (dpkg-query(1), <c>db:Status-Abbrev</c>).</summary>
/// <param name="Name">Its name, without an architecture.</param>
/// <param name="Version">Its version; empty if it is not there.</param>
/// <param name="Status">Two letters, wanted and is: <c>ii</c> installed, <c>hi</c> held, <c>rc</c> only its configuration is left, <c>iF</c>
/// half configured.</param>
public sealed record PackageState(string Name, string Version, string Status)
{
    /// <summary>Whether it is there and configured.</summary>
    public bool IsInstalled => Status.Length > 1 && Status[1] is 'i' or 't' or 'W';

    /// <summary>Whether apt must not touch it.</summary>
    public bool IsHeld => Status.StartsWith('h');

    /// <summary>Whether an installation was interrupted in it.</summary>
    public bool IsBroken => Status.Length > 1 && Status[1] is 'H' or 'U' or 'F';

    /// <inheritdoc/>
    public override string ToString() => $"{Name} {Version}";
}
