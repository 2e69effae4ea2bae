namespace KubePrep.Users;

/// <summary>Whether a user's certificate is of use.</summary>
public enum UserStatus
{
    /// <summary>The certificate is valid, and all files are as they should be.</summary>
    Active,

    /// <summary>The certificate has ended.</summary>
    Expired,

    /// <summary>A file is missing or cannot be used. The certificate may be valid all the same, wherever there is a copy of it.</summary>
    Damaged,
}
