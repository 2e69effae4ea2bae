namespace KubePrep;

/// <summary>
/// The distinct causes for which a KubePrep operation stops. The name is the error's id in PowerShell
/// (<c>FullyQualifiedErrorId</c>) and in messages of the command line.
/// </summary>
public enum ErrorId
{
    /// <summary>A name holds characters, or has a length, that its use does not allow.</summary>
    InvalidName,

    /// <summary>Two parameters were given that say different things.</summary>
    ParametersExclusive,

    /// <summary>The API server's address is not an https URL.</summary>
    InvalidServer,

    /// <summary>A lifetime cannot be read, or is out of range.</summary>
    InvalidLifetime,

    /// <summary>A cluster's directory does not exist.</summary>
    ClusterDirectoryNotFound,

    /// <summary>A directory cannot be written to, or cannot be made.</summary>
    DirectoryNotWritable,

    /// <summary>Something that is not a regular file (a symbolic link, a pipe, a directory) stands where a file belongs.</summary>
    NotRegularFile,

    /// <summary>A file could not be read.</summary>
    FileReadFailed,

    /// <summary>A file could not be written.</summary>
    FileWriteFailed,

    /// <summary>The disk is full.</summary>
    DiskFull,

    /// <summary>Another process is working in the same directory, and did not end in time.</summary>
    DirectoryBusy,

    /// <summary>The new files are written and recorded, but could not all be put in their places.</summary>
    CommitUnfinished,

    /// <summary>The record of an interrupted commit cannot be used.</summary>
    CommitRecordInvalid,

    /// <summary>A file is not valid JSON.</summary>
    MalformedJson,

    /// <summary>A cfssl document has a value that cannot be used.</summary>
    InvalidDocument,

    /// <summary>A signing profile is not in <c>ca-config.json</c>.</summary>
    UnknownProfile,

    /// <summary>A usage is not one that cfssl knows.</summary>
    UnknownUsage,

    /// <summary>A file holds no certificate that can be read.</summary>
    MalformedCertificate,

    /// <summary>There is no certificate where one was looked for.</summary>
    CertificateNotFound,

    /// <summary>A file holds no private key that can be read.</summary>
    MalformedKey,

    /// <summary>A private key is encrypted, and has to be used.</summary>
    EncryptedKey,

    /// <summary>A passphrase does not open the private key it was given for.</summary>
    PassphraseWrong,

    /// <summary>A key's type or size is not supported.</summary>
    UnsupportedKey,

    /// <summary>There is no certificate authority where one is needed.</summary>
    CertificateAuthorityNotFound,

    /// <summary>A certificate has to be signed, and the certificate authority's key is not there.</summary>
    CertificateAuthorityKeyNotFound,

    /// <summary>There is a certificate authority key without its certificate.</summary>
    CertificateAuthorityCertificateNotFound,

    /// <summary>The certificate authority's certificate and key do not belong together.</summary>
    CertificateAuthorityKeyMismatch,

    /// <summary>The certificate authority has expired.</summary>
    CertificateAuthorityExpired,

    /// <summary>The certificate authority is not valid yet.</summary>
    CertificateAuthorityNotYetValid,

    /// <summary>The certificate is not that of a certificate authority.</summary>
    NotCertificateAuthority,

    /// <summary>The certificate authority is being changed for another one, and what was asked for has to wait until that is finished.</summary>
    AuthorityChangeInProgress,

    /// <summary>The next certificate authority cannot take over, as none is prepared.</summary>
    AuthorityChangeNotPrepared,

    /// <summary>The old certificate authority cannot be dropped, as the next one has not taken over everything.</summary>
    AuthorityChangeNotSwitched,

    /// <summary>There is no client certificate where one is needed.</summary>
    ClientCertificateNotFound,

    /// <summary>A client certificate with the same file name belongs to somebody else.</summary>
    ClientCertificateNameTaken,

    /// <summary>A client certificate cannot be used: its key, its issuer or its dates are wrong.</summary>
    ClientCertificateUnusable,

    /// <summary>There is no user of this name.</summary>
    UserNotFound,

    /// <summary>Which cluster a user is for cannot be told: the administrator's kubeconfig is missing, or its current context leads to none or to another.</summary>
    ClusterUnknown,

    /// <summary>A manifest cannot be read as a role binding.</summary>
    MalformedRoleBinding,

    /// <summary>What a command builds on was only planned, by one with <c>-WhatIf</c>, and is not there.</summary>
    OnlyPlanned,

    /// <summary>A kubeconfig that is to be merged or changed does not exist.</summary>
    KubeconfigNotFound,

    /// <summary>A kubeconfig cannot be read.</summary>
    MalformedKubeconfig,

    /// <summary>A kubeconfig holds clusters, contexts or users that would be lost.</summary>
    KubeconfigInUse,

    /// <summary>A kubeconfig is written in a way that lets nothing be changed without harm to the rest of it.</summary>
    KubeconfigNotEditable,

    /// <summary>A kubeconfig has no cluster, context or user of this name.</summary>
    KubeconfigEntryNotFound,

    /// <summary>Two kubeconfigs have different clusters, contexts or users of one name, and one is to be merged into the other.</summary>
    KubeconfigClash,

    /// <summary>Another process holds kubectl's lock on a kubeconfig, or has left it behind.</summary>
    KubeconfigLocked,

    /// <summary>What was made did not pass verification, and was thrown away.</summary>
    VerificationFailed,

    /// <summary>A node's name, address, port or another of its properties cannot be used.</summary>
    InvalidNode,

    /// <summary>An ssh option, a known_hosts file or another part of how to connect cannot be used.</summary>
    InvalidConnectionOption,

    /// <summary>The program ssh is not there.</summary>
    SshNotFound,

    /// <summary>The ssh server's host key is not known.</summary>
    HostKeyUnknown,

    /// <summary>The ssh server's host key is not the one that is known.</summary>
    HostKeyChanged,

    /// <summary>Nothing listens at the node's address and port.</summary>
    ConnectionRefused,

    /// <summary>The node did not answer in time.</summary>
    ConnectionTimeout,

    /// <summary>The node's name cannot be resolved.</summary>
    HostNameNotFound,

    /// <summary>There is no way to the node's address.</summary>
    NodeUnreachable,

    /// <summary>The ssh server did not accept the user, key or password.</summary>
    PermissionDenied,

    /// <summary>The connection could not be made for another reason, which ssh has named.</summary>
    ConnectionFailed,

    /// <summary>The connection ended before the work did.</summary>
    ConnectionLost,

    /// <summary>The node's shell answers with something else than KubePrep's replies.</summary>
    UnexpectedReply,

    /// <summary>sudo wants a password, and none was given.</summary>
    SudoPasswordRequired,

    /// <summary>The password for sudo is wrong.</summary>
    SudoPasswordWrong,

    /// <summary>The user cannot become root on the node.</summary>
    SudoNotAllowed,

    /// <summary>The node's operating system is not Debian or made from it.</summary>
    UnsupportedSystem,

    /// <summary>A run of another client is still changing the node.</summary>
    RunInProgress,

    /// <summary>The changes could not be started on the node, or their journal could not be read.</summary>
    ApplyFailed,

    /// <summary>A step failed on the node.</summary>
    StepFailed,

    /// <summary>The node was changed, and it could not be proved that it is as it should be.</summary>
    ChangesNotVerified,

    /// <summary>There is no profile of this name or path.</summary>
    ProfileNotFound,

    /// <summary>A profile has a key or value that cannot be used.</summary>
    InvalidProfile,

    /// <summary>Of the steps of a preparation, none is left to be taken.</summary>
    NoStepLeft,

    /// <summary>There is no inventory at this path.</summary>
    InventoryNotFound,

    /// <summary>An inventory cannot be read, or has a value that cannot be used.</summary>
    InvalidInventory,

    /// <summary>No node of the run is a control-plane node, and none was named to collect the hosts map on.</summary>
    MasterNodeMissing,

    /// <summary>A node has no name, or no address, that other nodes could find it by.</summary>
    NodeIdentityMissing,

    /// <summary>Two nodes claim one name or one address.</summary>
    HostsMapConflict,

    /// <summary>Not every node could be asked for its name and address, so that the hosts map was not sent.</summary>
    HostsMapIncomplete,

    /// <summary>A node's hosts file has a managed block without its beginning or its end.</summary>
    InvalidHostsFile,

    /// <summary>What was given as an NTP server is neither an address nor a host name.</summary>
    InvalidNtpServer,

    /// <summary>The cluster is to keep its own time, and no node of the run could be its time server.</summary>
    TimeServerMissing,

    /// <summary>What is asked to keep a node's clock cannot.</summary>
    TimeSyncNotPossible,

    /// <summary>A node's clock is not synchronized.</summary>
    ClockNotSynchronized,

    /// <summary>A node's clock is farther from the others', or from this machine's, than a cluster bears.</summary>
    ClockBeyondLimit,
}
