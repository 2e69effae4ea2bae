BeforeAll {
    . $PSScriptRoot/common.ps1
}

Describe 'A path' {
    BeforeEach {
        Push-Location (New-Item -ItemType Directory (New-TestPath))
    }

    AfterEach {
        Pop-Location
    }

    It 'outside of the file system is an error of its own: <_>' -ForEach @(
        'Get-KpCertificate variable:x'
        'Get-KpCertificate -Path variable:*'
        'Get-KpCertificate -Path nodrive:*'
        'Get-KpUser -ClusterDirectory variable:x'
        'Import-KpInventory variable:x'
        'Import-KpInventory variable:*'
        'Import-KpInventory nodrive:*'
        'Invoke-KpDeployment variable:x prod https://192.0.2.10:6443'
        'Merge-KpKubeconfig variable:*'
        'Merge-KpKubeconfig nodrive:*'
        'Merge-KpKubeconfig ./some -Destination variable:x'
        'New-KpCertificateAuthority variable:*'
        'New-KpCertificateAuthority nodrive:*'
        'New-KpUser jane view -ClusterDirectory variable:x'
        'Remove-KpKubeconfigContext some -Path variable:x'
        'Remove-KpUser jane -ClusterDirectory variable:x'
        'Test-KpDeployment variable:x'
        'Update-KpCertificate variable:x'
        'Update-KpCertificateAuthority variable:x Prepare'
    ) {
        Invoke-Expression "$_ -ErrorAction SilentlyContinue -ErrorVariable failure" | Should -BeNullOrEmpty
        $failure.FullyQualifiedErrorId | Should -BeLike 'InvalidName,KubePrep.Commands.*'
        Get-ChildItem | Should -BeNullOrEmpty
    }

    It 'with wildcards that nothing matches stands for nothing: <_>' -ForEach @(
        'Get-KpCertificate -Path'
        'Import-KpInventory'
        'Merge-KpKubeconfig -Destination ./config -Path'
        'New-KpCertificateAuthority'
    ) {
        foreach ($pattern in './*/ssl', './missing/*') {
            Invoke-Expression "$_ '$pattern' -ErrorAction Stop" | Should -BeNullOrEmpty
        }
        Get-ChildItem | Should -BeNullOrEmpty
    }
}
