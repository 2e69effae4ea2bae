# The cmdlet changes the machines it is given, so here it runs only with -WhatIf, a declined -Confirm, or what fails before a node is asked; what
# it does is tested in tests/lab.
BeforeDiscovery { $cannotServe = (id -u) -ne 0 -or -not (Test-Path /usr/sbin/sshd) }

BeforeAll {
    . $PSScriptRoot/common.ps1
    . $PSScriptRoot/sshd.ps1
    $id = '{0},KubePrep.Commands.SetKpTimeSyncCommand'
    $PSDefaultParameterValues = @{ 'Set-KpTimeSync:WhatIf' = $true } # a test that forgets it does no harm
}

Describe 'Set-KpTimeSync' {
    It 'emits with -WhatIf what it would change, and changes nothing' {
        $before = Get-MachineState
        $row = Set-KpTimeSync localhost -WhatIf -WarningAction SilentlyContinue -ErrorAction SilentlyContinue
        Get-MachineState | Should -Be $before
        $row | Should -BeOfType KubePrep.TimeSync.TimeSyncResult
        "$($row.Node)" | Should -Be localhost
        $row.Status | Should -BeIn Compliant, Drifted, HostOwned, Failed
        $row.TimeSync | Should -BeOfType KubePrep.TimeSync.NodeTimeSync
        $row.TimeSync.Offset.Duration() | Should -BeLessOrEqual $row.TimeSync.ErrorBound
        foreach ($change in $row.Changes) {
            $change.Step | Should -Be TimeSync
            $change.Target, $change.Reason | ForEach-Object { $_ | Should -Not -BeNullOrEmpty }
        }
        if ($row.Status -eq 'HostOwned') {
            $row.Changes | Should -BeNullOrEmpty
            $row.Warnings -like '*was left alone*' | Should -HaveCount 1
        }
    }

    It 'says what it would do with -WhatIf, once a node' {
        $text = pwsh -NoProfile -Command "Import-Module '$RepositoryRoot/KubePrep.psd1'; `$null = Set-KpTimeSync localhost, '-n' -WhatIf 2>&1 3>&1"
        $text | Should -Be 'What if: Synchronize the clock: localhost', 'What if: Synchronize the clock: -n'
    }

    It 'emits nothing for a node that its user declines, and changes nothing there' {
        $before = Get-MachineState
        $text = 'n', 'n' | pwsh -NoProfile -Command @"
            Import-Module '$RepositoryRoot/KubePrep.psd1'
            Set-KpTimeSync localhost, localhost -Confirm | ForEach-Object { 'emitted' }
            'end'
"@ | Out-String
        Get-MachineState | Should -Be $before
        [regex]::Matches($text, 'Synchronize the clock: localhost\?') | Should -HaveCount 2
        $text | Should -Not -Match 'emitted'
        $text | Should -Match "end\s*$"
    }

    It 'completes its sources' {
        Complete 'Set-KpTimeSync localhost -Source ' | Should -Be Auto, Cluster, Ntp, Ptp
        Complete 'Set-KpTimeSync localhost -Source c' | Should -Be Cluster
    }

    It 'puts out nothing for nothing' {
        @() | Set-KpTimeSync -WhatIf | Should -BeNullOrEmpty
        @() | Set-KpTimeSync -WhatIf -Source Cluster | Should -BeNullOrEmpty
    }

    It 'refuses the NTP server <Server> before it asks a node' -TestCases @(
        @{ Server = '' }
        @{ Server = ' ' }
        @{ Server = "a`nmakestep 1 -1" }
        @{ Server = 'a b' }
        @{ Server = '-n' }
        @{ Server = '.example.org' }
        @{ Server = '10.77.0.300' }
        @{ Server = '10.77.0' }
        @{ Server = '2001:db8::g' }
        @{ Server = '[2001:db8::1]' }
        @{ Server = 'ntp.example.org:123' }
        @{ Server = 'a' * 64 }
    ) {
        $rows = [System.Collections.Generic.List[object]]::new()
        $failure = { Set-KpTimeSync localhost -WhatIf -NtpServer 'ntp.example.org', $Server | ForEach-Object { $rows.Add($_) } } |
            Should -Throw -ErrorId ($id -f 'InvalidNtpServer') -PassThru
        $failure.CategoryInfo.Category | Should -Be InvalidArgument
        $failure.ErrorDetails.RecommendedAction | Should -BeLike '*-NtpServer*'
        "$failure" | Should -Not -Match "`n"
        $rows | Should -BeNullOrEmpty
    }

    It 'refuses -Source Gps, and what cannot be used of a connection' {
        { Set-KpTimeSync localhost -WhatIf -Source Gps } | Should -Throw -ExceptionType ([System.Management.Automation.ParameterBindingException])
        { Set-KpTimeSync localhost -WhatIf -Options @{ BatchMode = 'no' } } | Should -Throw -ErrorId ($id -f 'InvalidConnectionOption')
    }

    It 'wants a time server or a control-plane node with -Source Cluster, and has no row without one' {
        $before = Get-MachineState
        $rows = Set-KpTimeSync localhost -WhatIf -Source Cluster -ErrorVariable failure -ErrorAction SilentlyContinue
        Get-MachineState | Should -Be $before
        $rows | Should -BeNullOrEmpty
        $failure.FullyQualifiedErrorId | Should -Be ($id -f 'TimeServerMissing')
        $failure[0].CategoryInfo.Category | Should -Be InvalidArgument
        $failure[0].ErrorDetails.RecommendedAction | Should -BeLike '*ControlPlane*TimeServer*'
        { Set-KpTimeSync localhost -WhatIf -Source Cluster -ErrorAction Stop } | Should -Throw -ErrorId ($id -f 'TimeServerMissing')
    }

    It 'has a row and an error for a node that it cannot reach, and for one that cannot be' {
        $refused = "root@127.0.0.1:$(Get-FreePort)"
        $rows = $refused, '-n' | Set-KpTimeSync -WhatIf -ErrorVariable failure -ErrorAction SilentlyContinue
        "$($rows.Node)" | Should -Be "$refused -n"
        $rows.Status | Should -Be Unreachable, Failed
        $rows[0].TimeSync.Verdict, $rows[0].TimeSync.Facts | Should -Be $null, $null
        $rows.Error.Id | Should -Be ConnectionRefused, InvalidNode
        $failure.FullyQualifiedErrorId | Should -Be ($id -f 'ConnectionRefused'), ($id -f 'InvalidNode')
        $failure.TargetObject | Should -Be $refused, '-n'
    }

    It 'shows its rows whole in <_> columns' -ForEach 80, 100 {
        $rows = Set-KpTimeSync localhost, '-n' -WhatIf -ErrorAction SilentlyContinue -WarningAction SilentlyContinue
        $text = $rows | Out-String -Width $_
        $text | Should -Match 'Node +Status +Verdict +Source +Offset +Error +Time'
        $text | Should -Not -Match '…'
        $list = $rows | Format-List | Out-String -Width $_
        $list | Should -Match 'Error +: InvalidNode: '
        $list | Should -Match 'Recommendation : '
        $list | Should -Not -Match ' at KubePrep|…'
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

        It 'plans over a connection as it does here' {
            $rows = 'localhost', $server.Address | Set-KpTimeSync @connection -WhatIf -WarningAction SilentlyContinue -ErrorAction SilentlyContinue
            $rows[0].Status | Should -Be $rows[1].Status
            $rows[0].Changes | ConvertTo-Json | Should -Be ($rows[1].Changes | ConvertTo-Json)
        }

        It 'takes what Get-KpTimeSync has found out, and asks nobody again' {
            $nodes = 1..3 | ForEach-Object { @{ HostName = $server.Address; NodeName = "kubeprep-$_" } }
            $found = $nodes | Get-KpTimeSync @connection -WarningAction SilentlyContinue
            $logins = Get-LoginCount
            [array]::Reverse($found)
            $rows = $found | Set-KpTimeSync @connection -WhatIf -WarningAction SilentlyContinue -ErrorAction SilentlyContinue
            (Get-LoginCount) - $logins | Should -Be 0
            "$($rows.Node)" | Should -Be 'kubeprep-1 kubeprep-2 kubeprep-3'
            foreach ($row in $rows) {
                $row.TimeSync.Offset | Should -Be ($found | Where-Object { "$($_.Node)" -eq "$($row.Node)" }).Offset
            }
        }

        It 'takes nodes from Get-KpNode' {
            $row = Get-KpNode $server.Address @connection | Set-KpTimeSync @connection -WhatIf -WarningAction SilentlyContinue -ErrorAction SilentlyContinue
            "$($row.Node)" | Should -Be $server.Address
            $row.TimeSync.Verdict | Should -Not -BeNullOrEmpty
        }
    }
}
