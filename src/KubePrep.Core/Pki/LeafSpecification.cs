namespace KubePrep.Pki;

/// <summary>What a leaf certificate has to be.</summary>
internal sealed record LeafSpecification(SubjectName Subject, KeyAlgorithm Algorithm, SubjectAlternativeNames AlternativeNames, SigningProfile Profile);
