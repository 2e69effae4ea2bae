@{
    RootModule           = 'bin/KubePrep.dll'
    ModuleVersion        = '0.1.0'
    GUID                 = '5e0c1f0d-6a0b-4a53-9d0c-2f6a6d6a9b41'
    Author               = 'The KubePrep authors'
    CompanyName          = 'The KubePrep authors'
    Copyright            = '(c) 2026 The KubePrep authors'
    Description          = "Makes Debian machines ready for Kubernetes over SSH, and a cluster's certificate authority, client certificates and kubeconfigs."
    PowerShellVersion    = '7.6'
    CompatiblePSEditions = @('Core')
    # so that the engine's types can be named before the first cmdlet has run
    RequiredAssemblies   = @('bin/KubePrep.Core.dll')
    FormatsToProcess     = @('bin/KubePrep.Format.ps1xml')
    CmdletsToExport      = @(
        'Get-KpCertificate'
        'Get-KpNode'
        'Get-KpTimeSync'
        'Get-KpUser'
        'Import-KpInventory'
        'Invoke-KpDeployment'
        'Invoke-KpNodePreparation'
        'Merge-KpKubeconfig'
        'New-KpCertificateAuthority'
        'New-KpClientCertificate'
        'New-KpKubeconfig'
        'New-KpUser'
        'Remove-KpKubeconfigContext'
        'Remove-KpUser'
        'Set-KpTimeSync'
        'Sync-KpHostsFile'
        'Test-KpDeployment'
        'Test-KpNodePreparation'
        'Update-KpCertificate'
        'Update-KpCertificateAuthority'
    )
    FunctionsToExport    = @()
    AliasesToExport      = @()
    VariablesToExport    = @()
    PrivateData          = @{
        PSData = @{
            Tags         = @('Kubernetes', 'SSH', 'Debian', 'PKI', 'kubeconfig', 'PSEdition_Core', 'Linux')
            LicenseUri   = 'https://github.com/kubeprep/kubeprep/blob/main/LICENSE'
            ProjectUri   = 'https://github.com/kubeprep/kubeprep'
            # what CHANGELOG.md says of this version: nothing is packaged that says anything else
            ReleaseNotes = @'
The first version: 20 cmdlets, and the same jobs as the command line `kubeprep`.

### Added

- Preparing nodes over SSH: packages, journal, swap, kernel modules, kernel parameters and host names, by the profiles default and kubeasz
  or your own. One connection a node; a diff before, a proof after; runs survive a lost connection.
- Inventories of kubeasz, kubespray and Ansible in INI or YAML, and tables in CSV.
- One hosts map on all nodes, by a block in /etc/hosts or by equal files, under a lock on the first control-plane node.
- Clocks: what keeps each one, how far off it is and why, and setting up what can keep it (the hypervisor's clock, NTP, or the cluster's own
  time servers).
- A cluster's certificate authority, client certificates and kubeconfigs as one transaction, and a check of any such directory. An authority
  of cfssl, openssl or kubeadm is taken over as it is; its key may be encrypted.
- Listing certificates with where they are embedded, renewing them, and changing the authority in three phases without an outage.
- Users with a certificate, a kubeconfig and a role binding under names that are used once, and a ledger of every certificate issued.
- Merging kubeconfigs and removing contexts, with kubectl's lock and a backup, and without touching anything else in the file.
- Packages: the module as KubePrep, the command line as the .NET tool KubePrep.Tool.
'@
        }
    }
}
