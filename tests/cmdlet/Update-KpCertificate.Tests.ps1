BeforeAll {
    . $PSScriptRoot/common.ps1
}

Describe 'Update-KpCertificate' {
    BeforeEach {
        $cluster = New-TestPath
        $null = Invoke-KpDeployment $cluster @Deployment
    }

    It 'keeps what is not due' {
        $before = Get-Tree $cluster
        (Update-KpCertificate $cluster).Status | Sort-Object -Unique | Should -Be Kept
        Get-Tree $cluster | Should -Be $before
    }

    It 'renews what ends within a time, with its kubeconfigs, and says what to restart' {
        $rows = Update-KpCertificate $cluster -ExpiringWithin 2y -WarningVariable warnings -WarningAction SilentlyContinue
        $rows.Where{ $_ -is [KubePrep.Deployment.DeployedCertificate] }.Name | Should -Be admin, kube-controller-manager, kube-proxy, kube-scheduler
        $rows.Where{ $_ -is [KubePrep.Deployment.DeployedKubeconfig] }.Count | Should -Be 4
        "$warnings" | Should -BeLike '*restart*'
        Test-KpDeployment $cluster -Quiet | Should -BeTrue
    }

    It 'renews by name and pattern, and keeps the key where that is asked for' {
        $key = Get-FileHash "$cluster/ssl/admin-key.pem"
        $rows = Update-KpCertificate $cluster adm* -KeepKey
        $rows.Where{ $_.Status -eq 'Replaced' }.Path | Split-Path -Leaf | Should -Be admin.pem, kubectl.kubeconfig
        (Get-FileHash "$cluster/ssl/admin-key.pem").Hash | Should -Be $key.Hash
    }

    It 'renews the certificates of the pipeline where they are, and nothing in the current directory' {
        $here = New-TestPath
        $null = Invoke-KpDeployment $here @Deployment
        $before = Get-Tree $here
        Push-Location $here
        try {
            $rows = Get-KpCertificate $cluster | Where-Object Name -EQ admin | Update-KpCertificate -WarningAction SilentlyContinue
            $rows.Where{ $_.Status -eq 'Replaced' }.Path | Should -Be "$cluster/ssl/admin.pem", "$cluster/ssl/admin-key.pem", "$cluster/kubectl.kubeconfig"
            { Get-KpCertificate -Path ./ssl/admin.pem | Update-KpCertificate -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidName,*'
        } finally {
            Pop-Location
        }
        Get-Tree $here | Should -Be $before
    }

    It 'writes nothing with -WhatIf, and keeps the shape of its rows' {
        $before = Get-Tree $cluster
        (Update-KpCertificate $cluster -Force -WhatIf -WarningAction SilentlyContinue).Status | Sort-Object -Unique | Should -Be WouldReplace
        Get-Tree $cluster | Should -Be $before
    }

    It 'refuses a name that there is not' {
        { Update-KpCertificate $cluster jane } | Should -Throw -ErrorId 'ClientCertificateNotFound,*'
        { Update-KpCertificate (New-TestPath) } | Should -Throw -ErrorId 'ClusterDirectoryNotFound,*'
    }

    It 'opens an encrypted key with -CaPassphrase, and asks for it without' {
        $encrypted = New-TestPath
        $passphrase = ConvertTo-SecureString 'open sesame' -AsPlainText -Force
        $null = Invoke-KpDeployment $encrypted @Deployment -CaPassphrase $passphrase
        Get-Content "$encrypted/ssl/ca-key.pem" -TotalCount 1 | Should -Be '-----BEGIN ENCRYPTED PRIVATE KEY-----'
        { Update-KpCertificate $encrypted admin } | Should -Throw -ErrorId 'EncryptedKey,*'
        { Update-KpCertificate $encrypted admin -CaPassphrase (ConvertTo-SecureString x -AsPlainText -Force) } | Should -Throw -ErrorId 'PassphraseWrong,*'
        (Update-KpCertificate $encrypted admin -CaPassphrase $passphrase).Status | Should -Contain Replaced
        Test-KpDeployment $encrypted -CaPassphrase $passphrase -Quiet | Should -BeTrue
    }
}
