BeforeAll { . $PSScriptRoot/common.ps1 }

Describe 'New-KpCertificateAuthority' {
    It 'makes an authority and its documents' {
        $path = Join-Path (New-TestPath) ssl
        $authority = New-KpCertificateAuthority $path
        $authority | Should -BeOfType KubePrep.Deployment.DeployedAuthority
        $authority.Status | Should -Be Created
        $authority.Path | Should -Be "$path/ca.pem"
        $authority.KeyPath | Should -Be "$path/ca-key.pem"
        (Get-ChildItem $path).Name | Sort-Object | Should -Be 'ca-config.json', 'ca-csr.json', 'ca-key.pem', 'ca.pem', 'issued.jsonl'
        (Get-Item $authority.KeyPath).UnixMode | Should -Be '-rw-------'
    }

    It 'keeps the one that exists' {
        $path = Join-Path (New-TestPath) ssl
        $first = New-KpCertificateAuthority $path
        $second = New-KpCertificateAuthority $path
        $second.Status | Should -Be Kept
        $second.Thumbprint | Should -Be $first.Thumbprint
    }

    It 'takes directories from the pipeline, and wildcards' {
        $root = New-TestPath
        $null = New-Item -ItemType Directory "$root/a/ssl", "$root/b/ssl", "$root/[c]/ssl"
        (Get-Item "$root/a/ssl" | New-KpCertificateAuthority).Path | Should -Be "$root/a/ssl/ca.pem"
        (New-KpCertificateAuthority "$root/?/ssl").Status | Should -Be Kept, Created
        (New-KpCertificateAuthority -LiteralPath "$root/[c]/ssl").Path | Should -Be "$root/[c]/ssl/ca.pem"
    }

    It 'replaces it only with -Force' {
        $path = Join-Path (New-TestPath) ssl
        $null = New-KpCertificateAuthority $path
        $authority = New-KpCertificateAuthority $path -KeyAlgorithm EcdsaP384 -WarningVariable warnings -WarningAction SilentlyContinue
        $authority.Status | Should -Be Kept
        $warnings | Should -BeLike '*keeps its ECDSA P-256 key*'
        (New-KpCertificateAuthority $path -KeyAlgorithm EcdsaP384 -Force).Status | Should -Be Replaced
    }

    It 'goes on with the next directory after one that cannot be used' {
        $good, $bad = (New-TestPath), (New-TestPath)
        $null = New-KpCertificateAuthority "$bad/ssl"
        Remove-Item "$bad/ssl/ca.pem"
        $authorities = New-KpCertificateAuthority "$bad/ssl", "$good/ssl" -ErrorVariable failure -ErrorAction SilentlyContinue
        $authorities.Path | Should -Be "$good/ssl/ca.pem"
        $failure | Should -HaveCount 1
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'CertificateAuthorityCertificateNotFound,*'
        $failure[0].TargetObject | Should -Be "$bad/ssl/ca.pem"
    }
}
