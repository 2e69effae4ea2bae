namespace KubePrep.Pki;

/// <summary>What a certificate authority's certificate has to be.</summary>
/// <param name="Subject">Its subject, and issuer.</param>
/// <param name="Algorithm">The algorithm of its key.</param>
/// <param name="AlternativeNames">Its alternative names, which are rare.</param>
/// <param name="Expiry">How long it lasts, counted from its backdated start.</param>
/// <param name="Backdate">How far its start is set back.</param>
/// <param name="PathLength">How many authorities may follow below it, or null for any number.</param>
internal sealed record AuthoritySpecification(
    SubjectName Subject,
    KeyAlgorithm Algorithm,
    SubjectAlternativeNames AlternativeNames,
    Lifetime Expiry,
    TimeSpan Backdate,
    int? PathLength);
