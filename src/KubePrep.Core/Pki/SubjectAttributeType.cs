namespace KubePrep.Pki;

/// <summary>An attribute type of subjects: cfssl's name for it, its identifier, and the lengths RFC 5280 (appendix A) allows.</summary>
internal sealed record SubjectAttributeType(string Name, string Oid, int MinimumLength, int MaximumLength)
{
    public static readonly SubjectAttributeType Country = new("C", "2.5.4.6", 2, 2);
    public static readonly SubjectAttributeType State = new("ST", "2.5.4.8", 1, 128);
    public static readonly SubjectAttributeType Locality = new("L", "2.5.4.7", 1, 128);
    public static readonly SubjectAttributeType Organization = new("O", "2.5.4.10", 1, 64);
    public static readonly SubjectAttributeType OrganizationalUnit = new("OU", "2.5.4.11", 1, 64);
    public static readonly SubjectAttributeType CommonName = new("CN", "2.5.4.3", 1, 64);

    /// <summary>All of them, in the order cfssl writes them.</summary>
    public static readonly SubjectAttributeType[] All = [Country, State, Locality, Organization, OrganizationalUnit, CommonName];

    /// <summary>The lengths in words.</summary>
    public string Limits => MinimumLength == MaximumLength ? $"exactly {MinimumLength}" : $"{MinimumLength} to {MaximumLength}";
}
