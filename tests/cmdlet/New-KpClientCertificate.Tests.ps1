BeforeAll {
    . $PSScriptRoot/common.ps1

    function Get-Usage([string] $Path) {
        [System.Security.Cryptography.X509Certificates.X509Certificate2]::CreateFromPem((Get-Content -Raw $Path)).Extensions.Where{ $_.Oid.Value -eq '2.5.29.37' }.EnhancedKeyUsages.Value
    }
}

Describe 'New-KpClientCertificate' {
    BeforeEach {
        $ssl = Join-Path (New-TestPath) ssl
        $authority = New-KpCertificateAuthority $ssl
    }

    It 'makes a certificate for clients only, and no other file' {
        $certificate = $authority | New-KpClientCertificate -CommonName jane -Organization dev, ops
        $certificate | Should -BeOfType KubePrep.Deployment.DeployedCertificate
        $certificate.Status | Should -Be Created
        $certificate.Name | Should -Be jane
        $certificate.Subject | Should -Be 'CN=jane, O=dev + O=ops'
        $certificate.KeyPath | Should -Be "$ssl/jane-key.pem"
        $certificate.CertificateAuthorityPath | Should -Be $authority.Path
        Get-Usage $certificate.Path | Should -Be '1.3.6.1.5.5.7.3.2'
        (Get-ChildItem $ssl -Filter jane*).Name | Sort-Object | Should -Be 'jane-key.pem', 'jane.pem'
    }

    It 'takes the authority as <Kind>' -TestCases @(
        @{ Kind = 'a directory'; Value = { $ssl } }
        @{ Kind = 'a directory item'; Value = { Get-Item $ssl } }
        @{ Kind = 'a file'; Value = { "$ssl/ca.pem" } }
        @{ Kind = 'a file item'; Value = { Get-Item "$ssl/ca.pem" } }
    ) {
        (New-KpClientCertificate -CertificateAuthority (& $Value) -CommonName jane).Path | Should -Be "$ssl/jane.pem"
        (& $Value | New-KpClientCertificate -CommonName jane).Status | Should -Be Kept
    }

    It 'makes one for each row of a table' {
        $rows = "CommonName,Organization`njane,dev`njohn,ops" | ConvertFrom-Csv
        ($rows | New-KpClientCertificate -CertificateAuthority $ssl).Name | Should -Be jane, john
    }

    It 'drops system: from the name, and takes another name' {
        ($authority | New-KpClientCertificate -CommonName system:metrics).Path | Should -Be "$ssl/metrics.pem"
        ($authority | New-KpClientCertificate -CommonName a/b -Name ab).Path | Should -Be "$ssl/ab.pem"
    }

    It 'takes a profile and a lifetime' {
        $certificate = $authority | New-KpClientCertificate -CommonName jane -Profile kubernetes -Lifetime 8h
        Get-Usage $certificate.Path | Should -Be '1.3.6.1.5.5.7.3.1', '1.3.6.1.5.5.7.3.2'
        ($certificate.NotAfter - $certificate.NotBefore).TotalHours | Should -Be 8
    }

    It 'refuses another owner for the same files without -Force' {
        $null = $authority | New-KpClientCertificate -CommonName jane
        { $authority | New-KpClientCertificate -CommonName system:jane } | Should -Throw -ErrorId 'ClientCertificateNameTaken,*'
        ($authority | New-KpClientCertificate -CommonName system:jane -Force).Status | Should -Be Replaced
    }

    It 'refuses <Why> with <Id>, and writes nothing' -TestCases @(
        @{ Why = 'a common name of 65 characters'; Id = 'InvalidName'; Arguments = @{ CommonName = 'x' * 65 } }
        @{ Why = 'a file name with a separator'; Id = 'InvalidName'; Arguments = @{ CommonName = '../jane' } }
        @{ Why = 'the name of the authority'; Id = 'InvalidName'; Arguments = @{ CommonName = 'ca' } }
        @{ Why = 'an unknown profile'; Id = 'UnknownProfile'; Arguments = @{ CommonName = 'jane'; Profile = 'nope' } }
    ) {
        $before = Get-Tree $ssl
        { $authority | New-KpClientCertificate @Arguments } | Should -Throw -ErrorId "$Id,*"
        Get-Tree $ssl | Should -Be $before
    }

    It 'says that there is no authority, and makes no directory' {
        $path = New-TestPath
        { New-KpClientCertificate "$path/ssl" -CommonName jane } | Should -Throw -ErrorId 'CertificateAuthorityNotFound,*'
        $path | Should -Not -Exist
    }

    It 'keeps good certificates without the key of the authority, and says what to do when it needs it' {
        $null = $authority | New-KpClientCertificate -CommonName jane
        Remove-Item $authority.KeyPath
        ($authority | New-KpClientCertificate -CommonName jane).Status | Should -Be Kept
        { $authority | New-KpClientCertificate -CommonName john } | Should -Throw -ErrorId 'CertificateAuthorityKeyNotFound,*'
    }
}
