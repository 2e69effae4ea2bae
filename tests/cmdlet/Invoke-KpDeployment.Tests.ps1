BeforeAll { . $PSScriptRoot/common.ps1 }

Describe 'Invoke-KpDeployment' {
    It 'makes every file of a cluster and says so' {
        $path = New-TestPath
        $files = Invoke-KpDeployment -ClusterDirectory $path @Deployment
        $files | Should -HaveCount 20
        $files.Status | Sort-Object -Unique | Should -Be Created
        $files.Path | ForEach-Object { $_ | Should -Exist }
        Test-KpDeployment $path -Quiet | Should -BeTrue
    }

    It 'keeps everything when it is run again' {
        $path = New-TestPath
        $null = Invoke-KpDeployment $path @Deployment
        $before = Get-Tree $path
        (Invoke-KpDeployment $path @Deployment).Status | Sort-Object -Unique | Should -Be Kept
        Get-Tree $path | Should -Be $before
    }

    It 'carries the properties of each certificate' {
        $admin = Invoke-KpDeployment (New-TestPath) @Deployment | Where-Object Path -Like '*/admin.pem'
        $admin | Should -BeOfType KubePrep.Deployment.DeployedCertificate
        $admin.Subject | Should -Be 'CN=admin, O=system:masters'
        $admin.NotAfter.Kind | Should -Be Utc
        ($admin.NotAfter - $admin.NotBefore).TotalDays | Should -Be 365
        $certificate = [System.Security.Cryptography.X509Certificates.X509Certificate2]::CreateFromPem((Get-Content -Raw $admin.Path))
        $admin.SerialNumber | Should -Be $certificate.SerialNumber
        $admin.Thumbprint | Should -Be $certificate.Thumbprint
    }

    It 'takes <Parameter> <Value>' -TestCases @(
        @{ Parameter = 'KeyAlgorithm'; Value = 'EcdsaP384'; Name = 'ca.pem'; Expected = { $_.PublicKey.Oid.FriendlyName -eq 'ECC' -and $_.SignatureAlgorithm.FriendlyName -eq 'sha384ECDSA' } }
        @{ Parameter = 'KeyAlgorithm'; Value = 'Rsa2048'; Name = 'admin.pem'; Expected = { $_.PublicKey.GetRSAPublicKey().KeySize -eq 2048 } }
        @{ Parameter = 'Lifetime'; Value = '90d'; Name = 'admin.pem'; Expected = { ($_.NotAfter - $_.NotBefore).TotalDays -eq 90 } }
        @{ Parameter = 'Lifetime'; Value = [timespan]::FromDays(7); Name = 'admin.pem'; Expected = { ($_.NotAfter - $_.NotBefore).TotalDays -eq 7 } }
        @{ Parameter = 'CaLifetime'; Value = '5y'; Name = 'ca.pem'; Expected = { ($_.NotAfter - $_.NotBefore).TotalDays -eq 1825 } }
    ) {
        $arguments = @{ $Parameter = $Value }
        $files = Invoke-KpDeployment (New-TestPath) @Deployment @arguments
        $pem = Get-Content -Raw ($files | Where-Object Path -Like "*/$Name").Path
        [System.Security.Cryptography.X509Certificates.X509Certificate2]::CreateFromPem($pem) | Where-Object $Expected | Should -Not -BeNullOrEmpty
    }

    It 'names the context' {
        $files = Invoke-KpDeployment (New-TestPath) @Deployment -ContextName prod
        ($files | Where-Object Path -Like '*/kubectl.kubeconfig').ContextName | Should -Be prod
    }

    It 'writes nothing with -WhatIf, and shows what it would do and why' {
        $path = New-TestPath
        (Invoke-KpDeployment $path @Deployment -WhatIf).Status | Sort-Object -Unique | Should -Be WouldCreate
        $path | Should -Not -Exist

        $null = Invoke-KpDeployment $path @Deployment
        $before = Get-Tree $path
        $changed = Invoke-KpDeployment $path -ClusterName c2 -Server $Server -WhatIf | Where-Object Status -NE Kept
        $changed.Path | Should -BeLike '*/kubectl.kubeconfig'
        $changed.Status | Should -Be WouldReplace
        $changed.Reason | Should -BeLike '*c2*'
        Get-Tree $path | Should -Be $before
    }

    It 'replaces everything with -Force, after a backup' {
        $path = New-TestPath
        $old = Invoke-KpDeployment $path @Deployment | Where-Object Path -Like '*/ca.pem'
        $new = Invoke-KpDeployment $path @Deployment -Force | Where-Object Path -Like '*/ca.pem'
        $new.Status | Should -Be Replaced
        $new.Thumbprint | Should -Not -Be $old.Thumbprint
        $backup = Get-ChildItem (Join-Path $path backup)
        [System.Security.Cryptography.X509Certificates.X509Certificate2]::CreateFromPemFile("$backup/ssl/ca.pem", "$backup/ssl/ca-key.pem").Thumbprint |
            Should -Be $old.Thumbprint
    }

    It 'deploys a cluster for each row of a table' {
        $first, $second = (New-TestPath), (New-TestPath)
        $rows = @"
ClusterDirectory,ClusterName,Server
$first,a,https://a.example:6443
$second,b,https://b.example:6443
"@ | ConvertFrom-Csv
        $rows | Invoke-KpDeployment | Should -HaveCount 40
        $first, $second | Test-KpDeployment -Quiet | Should -Be $true, $true
    }

    It 'resolves paths against the current location' {
        $path = New-Item -ItemType Directory (New-TestPath)
        Push-Location $path
        try {
            $null = Invoke-KpDeployment ./here @Deployment
        } finally {
            Pop-Location
        }
        "$path/here/ssl/ca.pem" | Should -Exist
    }

    It 'refuses <Value> for <Parameter> with <Id>, and writes nothing' -TestCases @(
        @{ Parameter = 'Server'; Value = 'http://192.0.2.1'; Id = 'InvalidServer' }
        @{ Parameter = 'Server'; Value = 'https://'; Id = 'InvalidServer' }
        @{ Parameter = 'ClusterName'; Value = 'a/b'; Id = 'InvalidName' }
        @{ Parameter = 'ClusterName'; Value = '..'; Id = 'InvalidName' }
        @{ Parameter = 'ContextName'; Value = "a`nb"; Id = 'InvalidName' }
        @{ Parameter = 'ClusterDirectory'; Value = 'env:x'; Id = 'InvalidName' }
    ) {
        $path = New-TestPath
        $arguments = @{ ClusterDirectory = $path } + $Deployment
        $arguments[$Parameter] = $Value
        Invoke-KpDeployment @arguments -ErrorVariable failure -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failure[0].FullyQualifiedErrorId | Should -Be "$Id,KubePrep.Commands.InvokeKpDeploymentCommand"
        $failure[0].ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
        $path | Should -Not -Exist
    }

    It 'refuses a lifetime of <_>' -ForEach '0h', '-5h', '9m', '101y', 'soon' {
        { Invoke-KpDeployment (New-TestPath) @Deployment -Lifetime $_ } | Should -Throw -ErrorId 'CannotConvertArgumentNoMessage,*'
    }

    It 'says which line of a document is malformed' {
        $path = New-TestPath
        $null = Invoke-KpDeployment $path @Deployment
        Set-Content (Join-Path $path ssl/admin-csr.json) "{`n  `"CN`": admin`n}"
        $before = Get-Tree $path
        { Invoke-KpDeployment $path @Deployment } | Should -Throw '*admin-csr.json*line 2*' -ErrorId 'MalformedJson,*'
        Get-Tree $path | Should -Be $before
    }

    It 'warns once of what users should know' {
        $null = Invoke-KpDeployment (New-TestPath) @Deployment -Lifetime 5y -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings | Should -HaveCount 1
        $warnings | Should -BeLike '*more than a year*'
    }
}
