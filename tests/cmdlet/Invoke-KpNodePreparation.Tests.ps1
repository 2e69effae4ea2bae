# The cmdlet changes the machines it is given, so here it runs only with -WhatIf or a declined -Confirm; what it does is tested in tests/lab.
BeforeDiscovery { $cannotServe = (id -u) -ne 0 -or -not (Test-Path /usr/sbin/sshd) }

BeforeAll {
    . $PSScriptRoot/common.ps1
    . $PSScriptRoot/sshd.ps1

    # runs a script in a PowerShell whose user types these lines
    function Invoke-Answering([string[]] $Answer, [string] $Script) {
        ($Answer -join "`n") | pwsh -NoProfile -Command "Import-Module '$RepositoryRoot/KubePrep.psd1'; $Script" 2>&1 | Out-String
    }
}

Describe 'Invoke-KpNodePreparation' {
    It 'emits the plan with -WhatIf, as Test-KpNodePreparation has it, and changes nothing' {
        $before = Get-MachineState
        $row = Invoke-KpNodePreparation localhost -WhatIf -WarningAction SilentlyContinue
        Get-MachineState | Should -Be $before
        $row | Should -BeOfType KubePrep.Preparation.NodePreparation
        $row.Status | Should -BeIn Compliant, Drifted
        $test = Test-KpNodePreparation localhost -WarningAction SilentlyContinue
        $row.Changes | ConvertTo-Json | Should -Be ($test.Changes | ConvertTo-Json)
        $row.Steps | ConvertTo-Json | Should -Be ($test.Steps | ConvertTo-Json)
    }

    It 'shows in the plan what it would write' {
        $profile = "$(New-TestPath).yaml"
        Set-Content $profile 'journal: {SystemMaxUse: 321M}'
        $row = Invoke-KpNodePreparation localhost -Profile $profile -WhatIf -WarningAction SilentlyContinue
        $row.Status, $row.Journal | Should -Be Drifted, Drifted
        $change = $row.Changes | Where-Object Action -EQ WriteFile
        $change.Step | Should -Be Journal
        $change.Diff | Should -BeLike "*`n+SystemMaxUse=321M`n*"
        $change.BackupPath | Should -BeNullOrEmpty
    }

    It 'says what it would do with -WhatIf, once a node' {
        $text = pwsh -NoProfile -Command @"
            Import-Module '$RepositoryRoot/KubePrep.psd1'
            `$null = Invoke-KpNodePreparation localhost, '-n' -Step Swap -WhatIf 2>&1 3>&1
"@
        $text | Should -Be 'What if: Prepare for Kubernetes: localhost', 'What if: Prepare for Kubernetes: -n'
    }

    It 'takes -WhatIf from the preference' {
        $WhatIfPreference = $true
        (Invoke-KpNodePreparation localhost -Step Swap -WarningAction SilentlyContinue 6>$null).Status | Should -BeIn Compliant, Drifted
    }

    It 'emits nothing for a node that its user declines, and changes nothing there' {
        $before = Get-MachineState
        $text = Invoke-Answering 'n', 'n' "Invoke-KpNodePreparation localhost, localhost -Confirm | ForEach-Object { 'emitted' }; 'end'"
        Get-MachineState | Should -Be $before
        [regex]::Matches($text, 'Prepare for Kubernetes: localhost\?') | Should -HaveCount 2
        $text | Should -Not -Match 'emitted'
        $text | Should -Match "end\s*$"
    }

    It 'asks no more after No to All' {
        $text = Invoke-Answering 'l' "'localhost', 'localhost', 'localhost' | Invoke-KpNodePreparation -Confirm | ForEach-Object { 'emitted' }; 'end'"
        [regex]::Matches($text, 'Prepare for Kubernetes: localhost\?') | Should -HaveCount 1
        $text | Should -Not -Match 'emitted'
    }

    It 'asks where the preference wants it' {
        $text = Invoke-Answering 'n' "`$ConfirmPreference = 'Medium'; Invoke-KpNodePreparation localhost; 'end'"
        $text | Should -Match 'Prepare for Kubernetes: localhost\?'
    }

    It 'refuses -Profile, -Options and paths that cannot be used before it asks' -TestCases @(
        @{ Arguments = @{ Profile = 'nosuch' }; Id = 'ProfileNotFound' }
        @{ Arguments = @{ Options = @{ BatchMode = 'no' } }; Id = 'InvalidConnectionOption' }
        @{ Arguments = @{ KeyFilePath = 'variable:x' }; Id = 'InvalidName' }
    ) {
        { Invoke-KpNodePreparation localhost -WhatIf @Arguments } |
            Should -Throw -ErrorId "$Id,KubePrep.Commands.InvokeKpNodePreparationCommand"
    }

    It 'has a row and an error for each bad node, and a plan for the good one' {
        $refused = "root@127.0.0.1:$(Get-FreePort)"
        $rows = '-n', $refused, 'localhost' |
            Invoke-KpNodePreparation -WhatIf -Step Swap -ErrorVariable failure -ErrorAction SilentlyContinue -WarningAction SilentlyContinue
        ($rows | Where-Object { "$($_.Node)" -eq '-n' }).Status | Should -Be Failed
        ($rows | Where-Object { "$($_.Node)" -eq $refused }).Status | Should -Be Unreachable
        ($rows | Where-Object { "$($_.Node)" -eq 'localhost' }).Error | Should -BeNullOrEmpty
        ($failure | Where-Object TargetObject -EQ '-n').FullyQualifiedErrorId |
            Should -Be 'InvalidNode,KubePrep.Commands.InvokeKpNodePreparationCommand'
        ($failure | Where-Object TargetObject -EQ $refused).FullyQualifiedErrorId |
            Should -Be 'ConnectionRefused,KubePrep.Commands.InvokeKpNodePreparationCommand'
    }

    Context 'over ssh' -Skip:$cannotServe {
        BeforeAll {
            $server = Start-SshServer
            $connection = $server.Connection
        }

        AfterAll { Stop-SshServer $server }

        It 'plans over a connection as it does here, and changes nothing' {
            $before = Get-MachineState
            $rows = 'localhost', $server.Address | Invoke-KpNodePreparation @connection -WhatIf -WarningAction SilentlyContinue
            Get-MachineState | Should -Be $before
            $rows[0].Changes | ConvertTo-Json | Should -Be ($rows[1].Changes | ConvertTo-Json)
        }

        It 'takes the rows of a check' {
            $row = Test-KpNodePreparation $server.Address @connection -Step Swap -WarningAction SilentlyContinue |
                Invoke-KpNodePreparation @connection -Step Swap -WhatIf -WarningAction SilentlyContinue
            "$($row.Node)" | Should -Be $server.Address
        }
    }
}
