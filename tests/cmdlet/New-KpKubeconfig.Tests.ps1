BeforeAll { . $PSScriptRoot/common.ps1 }

Describe 'New-KpKubeconfig' {
    BeforeEach {
        $root = New-TestPath
        $authority = New-KpCertificateAuthority "$root/ssl"
        $certificate = $authority | New-KpClientCertificate -CommonName jane -Organization dev
    }

    It 'composes with the other pieces' {
        $path = New-TestPath
        $kubeconfig = New-KpCertificateAuthority "$path/ssl" |
            New-KpClientCertificate -CommonName jane -Organization dev |
            New-KpKubeconfig -Server $Server -ClusterName c
        $kubeconfig.Path | Should -Be "$path/jane.kubeconfig"
        $kubeconfig.Status | Should -Be Created
        $kubeconfig.Subject | Should -Be 'CN=jane, O=dev'
        $kubeconfig.UserName | Should -Be jane
        $kubeconfig.ContextName | Should -Be context-c
        (Get-Item $kubeconfig.Path).UnixMode | Should -Be '-rw-------'
        "$path/ssl/jane.pem", "$path/ssl/jane-key.pem" | Should -Exist
    }

    It 'can be read by kubectl' -Skip:(-not (Get-Command kubectl -ErrorAction Ignore)) {
        $kubeconfig = $certificate | New-KpKubeconfig -Server $Server -ClusterName c -ContextName x -UserName j
        $view = kubectl --kubeconfig $kubeconfig.Path config view -o json | ConvertFrom-Json
        $view.'current-context' | Should -Be x
        $view.clusters[0].cluster.server | Should -Be $Server
        $view.contexts[0].context.user | Should -Be j
    }

    It 'keeps what is right, and rewrites what is not' {
        $null = $certificate | New-KpKubeconfig -Server $Server -ClusterName c
        ($certificate | New-KpKubeconfig -Server $Server -ClusterName c).Status | Should -Be Kept
        $changed = $certificate | New-KpKubeconfig -Server https://b.example -ClusterName c
        $changed.Status | Should -Be Replaced
        $changed.Reason | Should -BeLike '*server*'
    }

    It 'takes the certificate as a file, and another path' {
        $path = New-TestPath
        $kubeconfig = Get-Item $certificate.Path | New-KpKubeconfig -Server $Server -ClusterName c -Path $path
        $kubeconfig.Path | Should -Be $path
        (New-KpKubeconfig $certificate.Path $Server c -LiteralPath $path).Status | Should -Be Kept
    }

    It 'does not replace a file with other clusters without -Force' {
        $path = ($certificate | New-KpKubeconfig -Server $Server -ClusterName mine).Path
        $before = Get-Tree $path
        { $certificate | New-KpKubeconfig -Server $Server -ClusterName other } | Should -Throw '*mine*' -ErrorId 'KubeconfigInUse,*'
        Get-Tree $path | Should -Be $before
        ($certificate | New-KpKubeconfig -Server $Server -ClusterName other -Force).Status | Should -Be Replaced
    }

    It 'plans a whole pipeline with -WhatIf' {
        $path = New-TestPath
        $kubeconfig = New-KpCertificateAuthority "$path/ssl" -WhatIf |
            New-KpClientCertificate -CommonName jane -WhatIf |
            New-KpKubeconfig -Server $Server -ClusterName c -WhatIf
        $kubeconfig.Status | Should -Be WouldCreate
        $kubeconfig.Path | Should -Be "$path/jane.kubeconfig"
        $path | Should -Not -Exist
    }

    It 'builds nothing on what was only planned' {
        $before = Get-Tree $root
        { New-KpCertificateAuthority "$root/ssl" -Force -WhatIf | New-KpClientCertificate -CommonName john } | Should -Throw -ErrorId 'OnlyPlanned,*'
        { $authority | New-KpClientCertificate -CommonName john -WhatIf | New-KpKubeconfig -Server $Server -ClusterName c } |
            Should -Throw -ErrorId 'OnlyPlanned,*'
        Get-Tree $root | Should -Be $before
    }

    It 'refuses a certificate that <Why>' -TestCases @(
        @{ Why = 'does not exist'; Id = 'ClientCertificateNotFound'; Damage = { Remove-Item $certificate.Path } }
        @{ Why = 'has lost its key'; Id = 'ClientCertificateNotFound'; Damage = { Remove-Item $certificate.KeyPath } }
        @{ Why = 'has another key'; Id = 'ClientCertificateUnusable'; Damage = { Copy-Item $authority.KeyPath $certificate.KeyPath } }
        @{ Why = 'is of another authority'; Id = 'ClientCertificateUnusable'; Damage = { $null = New-KpCertificateAuthority "$root/ssl" -Force } }
    ) {
        & $Damage
        { $certificate | New-KpKubeconfig -Server $Server -ClusterName c } | Should -Throw -ErrorId "$Id,*"
        "$root/jane.kubeconfig" | Should -Not -Exist
    }
}
