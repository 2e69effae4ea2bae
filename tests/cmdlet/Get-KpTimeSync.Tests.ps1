BeforeDiscovery { $cannotServe = (id -u) -ne 0 -or -not (Test-Path /usr/sbin/sshd) }

BeforeAll {
    . $PSScriptRoot/common.ps1
    . $PSScriptRoot/sshd.ps1
    $id = '{0},KubePrep.Commands.GetKpTimeSyncCommand'

    # a certificate authority that begins in an hour, in a directory of its own
    function New-FutureAuthority {
        $key = [Security.Cryptography.ECDsa]::Create()
        $request = [Security.Cryptography.X509Certificates.CertificateRequest]::new('CN=kubernetes', $key, 'SHA256')
        $certificate = $request.CreateSelfSigned([DateTimeOffset]::UtcNow.AddHours(1), [DateTimeOffset]::UtcNow.AddDays(1))
        $directory = New-Item -ItemType Directory (New-TestPath)
        Set-Content "$directory/ca.pem" $certificate.ExportCertificatePem()
        $directory.FullName
    }
}

Describe 'Get-KpTimeSync' {
    It 'says what keeps the clock of this machine, which does not differ from itself' {
        $row = Get-KpTimeSync localhost -WarningAction SilentlyContinue
        $row | Should -BeOfType KubePrep.TimeSync.NodeTimeSync
        "$($row.Node)" | Should -Be localhost
        $row.Verdict, $row.Machine, $row.Reason, $row.IsTraceable | ForEach-Object { $_ | Should -Not -BeNullOrEmpty }
        $row.Error | Should -BeNullOrEmpty
        $row.ErrorBound | Should -BeGreaterThan ([timespan]::Zero)
        $row.Offset.Duration() | Should -BeLessOrEqual $row.ErrorBound -Because 'it is one clock'
        $row.ErrorBound.TotalSeconds | Should -BeLessThan 0.5
        $row.OffsetFromMedian, $row.MedianErrorBound | Should -Be $null, $null -Because 'there is no other node'
        $row.Duration | Should -BeGreaterThan ([timespan]::Zero)
        $row.Facts.HostName | Should -Be (uname -n)
        if ($row.Verdict -ne 'Synchronized') {
            $row.WayOut | Should -Not -BeNullOrEmpty
        }
    }

    It 'changes nothing' {
        $before = Get-MachineState
        $null = Get-KpTimeSync localhost -WarningAction SilentlyContinue
        Get-MachineState | Should -Be $before
    }

    It 'puts out nothing for nothing' {
        @() | Get-KpTimeSync | Should -BeNullOrEmpty
    }

    It 'refuses what cannot be used of a connection' {
        { Get-KpTimeSync localhost -Options @{ BatchMode = 'no' } } | Should -Throw -ErrorId ($id -f 'InvalidConnectionOption')
    }

    It 'has a row without a verdict, and an error, for a node that it cannot reach or that cannot be, in the order of the list' {
        $refused = "root@127.0.0.1:$(Get-FreePort)"
        $rows = $refused, 'localhost', '-n' | Get-KpTimeSync -ErrorVariable failure -ErrorAction SilentlyContinue -WarningAction SilentlyContinue
        "$($rows.Node)" | Should -Be "$refused localhost -n"
        $rows[0].Verdict, $rows[0].Machine, $rows[0].Offset, $rows[0].Facts | Should -Be $null, $null, $null, $null
        $rows[0].Error.Id, $rows[2].Error.Id | Should -Be ConnectionRefused, InvalidNode
        $rows[1].Verdict | Should -Not -BeNullOrEmpty
        $rows[1].OffsetFromMedian | Should -BeNullOrEmpty -Because 'no other clock is known'
        $failure.FullyQualifiedErrorId | Should -Be ($id -f 'ConnectionRefused'), ($id -f 'InvalidNode')
        $failure.TargetObject | Should -Be $refused, '-n'
        $failure[0].CategoryInfo.Category | Should -Be ConnectionError
        $failure[0].ErrorDetails.RecommendedAction | Should -Be $rows[0].Error.RecommendedAction
    }

    It 'compares the clocks of several nodes with each other' {
        $rows = 'localhost', @{ HostName = 'localhost'; NodeName = 'cp-1'; Role = 'ControlPlane' }, @{ HostName = 'localhost'; NodeName = 'cp-2'; Role = 'ControlPlane' } |
            Get-KpTimeSync -WarningAction SilentlyContinue
        "$($rows.Node)" | Should -Be 'localhost cp-1 cp-2'
        foreach ($row in $rows) {
            $row.Error | Should -BeNullOrEmpty
            $row.OffsetFromMedian.Duration() | Should -BeLessOrEqual $row.MedianErrorBound -Because 'it is one clock'
        }
    }

    It 'warns of a certificate authority that begins in the future, given by its <_>' -ForEach 'directory', 'file', 'object' {
        $directory = New-FutureAuthority
        $authority = switch ($_) {
            'directory' { $directory }
            'file' { "$directory/ca.pem" }
            'object' {
                $row = [KubePrep.Deployment.DeployedAuthority]::new()
                foreach ($property in @{ Path = "$directory/ca.pem"; KeyPath = "$directory/ca-key.pem" }.GetEnumerator()) {
                    $row.GetType().GetProperty($property.Key).SetValue($row, $property.Value)
                }
                $row
            }
        }
        $row = Get-KpTimeSync localhost -CertificateAuthority $authority -WarningVariable warnings -WarningAction SilentlyContinue
        $found = @($row.Warnings) -like 'localhost: The certificate authority *'
        $found | Should -HaveCount 1
        $found | Should -BeLike "*$directory/ca.pem begins to be valid at *"
        @($warnings).ForEach({ "$_" }) | Should -Be $row.Warnings
    }

    It 'warns of no certificate authority that is valid, as New-KpCertificateAuthority puts one out' {
        $authority = New-KpCertificateAuthority (New-TestPath)
        $row = Get-KpTimeSync localhost -CertificateAuthority $authority -WarningAction SilentlyContinue
        @($row.Warnings) -like "*$($authority.Path)*" | Should -BeNullOrEmpty
    }

    It 'finds a certificate authority from the current location' {
        $directory = New-FutureAuthority
        Push-Location $directory
        try {
            $row = Get-KpTimeSync localhost -CertificateAuthority ./ca.pem -WarningAction SilentlyContinue
            @($row.Warnings) -like '*begins to be valid*' | Should -HaveCount 1
        } finally {
            Pop-Location
        }
    }

    It 'ends before the first node for a certificate authority that is <What>' -TestCases @(
        @{ What = 'missing'; Content = $null; Error = 'CertificateAuthorityNotFound' }
        @{ What = 'damaged'; Content = 'no certificate'; Error = 'MalformedCertificate' }
    ) {
        $path = New-Item -ItemType Directory (New-TestPath)
        if ($Content) {
            Set-Content "$path/ca.pem" $Content
        }
        $rows = [System.Collections.Generic.List[object]]::new()
        { Get-KpTimeSync localhost -CertificateAuthority $path | ForEach-Object { $rows.Add($_) } } | Should -Throw -ErrorId ($id -f $Error)
        $rows | Should -BeNullOrEmpty
    }

    It 'shows its rows whole in <_> columns' -ForEach 80, 100 {
        $rows = Get-KpTimeSync localhost, '-n' -ErrorAction SilentlyContinue -WarningAction SilentlyContinue
        $text = $rows | Out-String -Width $_
        $text | Should -Match 'Node +Verdict +Machine +Source +Offset +Error +Median'
        $text | Should -Not -Match '…'
        $list = $rows | Format-List | Out-String -Width $_
        $list | Should -Match 'Verdict +: \w+'
        $list | Should -Match 'Offset +: [+-]?0(\.\d{6})? s, ± 0\.\d{6} s'
        $list | Should -Match 'Error +: InvalidNode: '
        $list | Should -Not -Match ' at KubePrep|…'
    }

    It 'shows what it is doing, and takes that away again' {
        $shell = [powershell]::Create()
        try {
            $null = $shell.AddScript("Import-Module '$RepositoryRoot/KubePrep.psd1'; Get-KpTimeSync localhost -WarningAction SilentlyContinue").Invoke()
            $progress = @($shell.Streams.Progress)
            $progress.Activity | Sort-Object -Unique | Should -Be 'Comparing clocks'
            $progress[-1].RecordType | Should -Be Completed
        } finally {
            $shell.Dispose()
        }
    }

    Context 'over ssh' -Skip:$cannotServe {
        BeforeAll {
            $server = Start-SshServer
            $connection = $server.Connection

            function Get-LoginCount {
                (@(Get-Content "$($server.Directory)/log") -match '^Accepted publickey').Count
            }
        }

        AfterAll { Stop-SshServer $server }

        It 'judges a node as its own shell would, and measures its clock within the error' {
            $rows = Get-KpTimeSync localhost, $server.Address @connection -WarningAction SilentlyContinue
            $rows[0].Verdict | Should -Be $rows[1].Verdict
            $rows[0].Reason | Should -Be $rows[1].Reason
            $rows[1].Offset.Duration() | Should -BeLessOrEqual $rows[1].ErrorBound
            $rows[1].OffsetFromMedian.Duration() | Should -BeLessOrEqual $rows[1].MedianErrorBound
        }

        It 'takes nodes from Get-KpNode, and asks them for their clocks' {
            $logins = Get-LoginCount
            $row = Get-KpNode $server.Address @connection | Get-KpTimeSync @connection -WarningAction SilentlyContinue
            "$($row.Node)" | Should -Be $server.Address
            $row.Verdict | Should -Not -BeNullOrEmpty
            $row.Offset | Should -Not -BeNullOrEmpty
            (Get-LoginCount) - $logins | Should -Be 2
        }

        It 'takes its own rows, and does not log in again' {
            $first = Get-KpTimeSync $server.Address @connection -WarningAction SilentlyContinue
            $logins = Get-LoginCount
            $second = $first | Get-KpTimeSync @connection -WarningAction SilentlyContinue
            $second.Offset, $second.Verdict | Should -Be $first.Offset, $first.Verdict
            (Get-LoginCount) - $logins | Should -Be 0
        }

        It 'takes rows of a check with the step TimeSync, and puts them into the order of the list' {
            $nodes = 1..3 | ForEach-Object { @{ HostName = $server.Address; NodeName = "kubeprep-$_" } }
            $checked = $nodes | Test-KpNodePreparation @connection -Step TimeSync -ThrottleLimit 1 -WarningAction SilentlyContinue
            [array]::Reverse($checked)
            $logins = Get-LoginCount
            $rows = $checked | Get-KpTimeSync @connection -WarningAction SilentlyContinue
            "$($rows.Node)" | Should -Be 'kubeprep-1 kubeprep-2 kubeprep-3'
            (Get-LoginCount) - $logins | Should -Be 0
        }
    }
}
