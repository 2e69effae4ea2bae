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
            Tags = @('Kubernetes', 'SSH', 'Debian', 'PKI', 'kubeconfig', 'PSEdition_Core', 'Linux')
        }
    }
}
