BeforeAll { . $PSScriptRoot/common.ps1 }

Describe 'Get-KpCertificate' {
    BeforeAll {
        $path = New-TestPath
        $null = Invoke-KpDeployment $path @Deployment
    }

    It 'has a row for each certificate, all good' {
        $rows = Get-KpCertificate $path
        $rows | Should -BeOfType KubePrep.Certificates.ClusterCertificate
        $rows.Name | Should -Be ca, admin, kube-controller-manager, kube-proxy, kube-scheduler
        $rows.Status | Sort-Object -Unique | Should -Be Good
        $rows[0].UsedBy | Should -HaveCount 4
        $rows[1].UsedBy | Should -Be "$path/kubectl.kubeconfig"
        $rows[1].Usages | Should -Be 'signing', 'key encipherment', 'server auth', 'client auth'
        $rows[1].NotAfter.Kind | Should -Be Utc
        $rows[1].DaysLeft | Should -BeIn 364, 365
    }

    It 'looks into the current directory by default' {
        Push-Location $path
        try {
            Get-KpCertificate | Should -HaveCount 5
        } finally {
            Pop-Location
        }
    }

    It 'takes clusters'' directories as text, as a property and as directories from the pipeline' {
        $path | Get-KpCertificate | Should -HaveCount 5
        [pscustomobject] @{ ClusterDirectory = $path } | Get-KpCertificate | Should -HaveCount 5
        Get-Item $path | Get-KpCertificate | Should -HaveCount 5
    }

    It 'takes files from the pipeline, by wildcards and by their own names' {
        (Get-ChildItem $path/ssl/kube-*.pem -Exclude *-key.pem | Get-KpCertificate).Name | Should -Be kube-controller-manager, kube-proxy, kube-scheduler
        (Get-KpCertificate -Path "$path/ssl/[ac]*n.pem", "$path/ssl/ca.pem").Name | Should -Be admin, ca
        (Get-KpCertificate -LiteralPath "$path/kubectl.kubeconfig").Name | Should -Be 'kubectl.kubeconfig (c1)', 'kubectl.kubeconfig (admin)'
        Copy-Item $path/ssl/admin.pem -Destination "$TestDrive/a[b].pem"
        (Get-KpCertificate -LiteralPath "$TestDrive/a[b].pem").Name | Should -Be 'a[b]'
        Get-KpCertificate -Path "$path/*.none", "$path/none/*" | Should -BeNullOrEmpty
    }

    It 'has one row for a certificate that comes down the pipeline twice' {
        $rows = Get-Item $path/ssl/admin.pem, $path/kubectl.kubeconfig, $path | Get-KpCertificate
        $rows.Name | Should -Be admin, ca, kube-controller-manager, kube-proxy, kube-scheduler
        $rows[0].UsedBy | Should -Be "$path/kubectl.kubeconfig"
    }

    It 'puts out what ends within <Within>' -TestCases @(
        @{ Within = '366d'; Count = 4 }
        @{ Within = '8784h'; Count = 4 }
        @{ Within = '30d'; Count = 0 }
        @{ Within = '0d'; Count = 0 }
        @{ Within = New-TimeSpan -Days 366; Count = 4 }
        @{ Within = New-TimeSpan -Days 4000; Count = 5 }
    ) {
        $rows = @(Get-KpCertificate $path -ExpiringWithin $Within)
        $rows | Should -HaveCount $Count
        $rows | ForEach-Object { $_.Status | Should -Be Expiring }
    }

    It 'refuses <_> as a time' -ForEach '30', '-1d', 'soon', '200y', 30 {
        { Get-KpCertificate $path -ExpiringWithin $_ } | Should -Throw -ErrorId 'CannotConvertArgument*'
    }

    It 'says that a directory does not exist, is a file, or has no certificate' {
        { Get-KpCertificate (New-TestPath) } | Should -Throw -ErrorId 'ClusterDirectoryNotFound,*'
        { Get-KpCertificate $path/ssl/ca.pem } | Should -Throw -ErrorId 'ClusterDirectoryNotFound,*'
        { Get-KpCertificate -Path (New-TestPath) } | Should -Throw -ErrorId 'CertificateNotFound,*'
        { Get-KpCertificate (New-Item -ItemType Directory (New-TestPath)) } | Should -Throw -ErrorId 'CertificateNotFound,*'
        { Get-KpCertificate Env: } | Should -Throw -ErrorId 'InvalidName,*'
    }

    It 'goes on after a file that cannot be read, and quotes no key' {
        $other = New-TestPath
        $null = Invoke-KpDeployment $other @Deployment
        Copy-Item $other/ssl/admin-key.pem $other/ssl/admin.pem
        $rows = Get-KpCertificate $other -ErrorAction SilentlyContinue -ErrorVariable errors
        $rows.Name | Should -Be ca, kube-controller-manager, kube-proxy, kube-scheduler, 'kubectl.kubeconfig (admin)'
        $errors | Should -HaveCount 1
        $errors[0].FullyQualifiedErrorId | Should -Be 'MalformedCertificate,KubePrep.Commands.GetKpCertificateCommand'
        $text = ($errors | Format-List * -Force | Out-String -Width 10000) + ($rows | ConvertTo-Json -Depth 5)
        $text | Should -Not -Match 'PRIVATE KEY-----'
        $text | Should -Not -Match ([regex]::Escape((Get-Content $other/ssl/admin-key.pem)[1].Substring(0, 20)))
    }

    It 'tells a mismatch' {
        $other = New-TestPath
        $null = Invoke-KpDeployment $other @Deployment
        Copy-Item $path/ssl/admin.pem $other/ssl/admin.pem
        $bad = Get-KpCertificate $other | Where-Object Status -EQ Mismatch
        $bad.Name | Should -Be admin, 'kubectl.kubeconfig (admin)'
        $bad[0].Reason | Should -BeLike 'the key in *admin-key.pem* does not match it'
    }

    It 'shows every status whole in 100 columns, and lists everything' {
        $rows = Get-KpCertificate $path
        $text = $rows | Out-String -Width 100
        $text -split "`n" | ForEach-Object { $_.Length | Should -BeLessOrEqual 100 }
        $text | Should -Not -Match '…'
        $text | Should -Match 'Name +Subject +Usages +NotAfter +Days +Status +UsedBy'
        $text | Should -Match '\nadmin +admin +server +\d{4}-\d\d-\d\d +36\d Good +kubectl *\n +client'
        $list = $rows[0] | Format-List | Out-String -Width 200
        foreach ($property in 'Name', 'Path', 'Subject', 'Issuer', 'IsAuthority', 'Usages', 'SerialNumber', 'Thumbprint', 'NotBefore', 'NotAfter', 'DaysLeft', 'Status', 'UsedBy') {
            $list | Should -Match "(?m)^$property +: \S"
        }
        $list | Should -Not -Match 'Reason|AlternativeNames'
    }

    It 'completes times' {
        $line = 'Get-KpCertificate -ExpiringWithin 3'
        [System.Management.Automation.CommandCompletion]::CompleteInput($line, $line.Length, $null).CompletionMatches.CompletionText | Should -Be 30d
    }
}
