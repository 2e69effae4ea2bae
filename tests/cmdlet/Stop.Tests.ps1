BeforeAll {
    . $PSScriptRoot/common.ps1
    . $PSScriptRoot/sshd.ps1
}

Describe 'Stopping' {
    It 'ends a run at once, replaces nothing and leaves nothing staged' {
        $path = New-TestPath
        $null = Invoke-KpDeployment $path @Deployment
        $before = Get-Tree $path
        $shell = [powershell]::Create()
        $null = $shell.AddScript("Import-Module '$RepositoryRoot/KubePrep.psd1'; Invoke-KpDeployment '$path' c1 $Server -Force -KeyAlgorithm Rsa4096")
        $running = $shell.BeginInvoke()
        while ($shell.Streams.Progress.Count -eq 0 -and -not $running.IsCompleted) {
            Start-Sleep -Milliseconds 5
        }
        $shell.Stop()
        $shell.InvocationStateInfo.State | Should -Be Stopped
        $shell.Streams.Error | Should -BeNullOrEmpty
        Get-Tree $path | Should -Be $before
    }

    It 'gives way to Select-Object -First, with the work that was done whole' {
        $path = New-TestPath
        Invoke-KpDeployment $path @Deployment | Select-Object -First 1 | Should -HaveCount 1
        Test-KpDeployment $path -Quiet | Should -BeTrue
    }

    Context 'of cmdlets that wait for a node' {
        BeforeAll {
            $silent = New-SilentListener
            $port = $silent.LocalEndpoint.Port
            $node = "root@127.0.0.1:$port"
        }

        AfterAll { $silent.Stop() }

        It 'ends <_> at once, with no error and no process left' -ForEach @(
            'Get-KpNode {0} -ConnectionTimeoutSeconds 600'
            'Test-KpNodePreparation {0} -ConnectionTimeoutSeconds 600'
            'Invoke-KpNodePreparation {0} -ConnectionTimeoutSeconds 600 -WhatIf'
            'Sync-KpHostsFile {0} -ConnectionTimeoutSeconds 600 -MasterNode {0}'
            'Get-KpTimeSync {0} -ConnectionTimeoutSeconds 600'
            'Set-KpTimeSync {0} -ConnectionTimeoutSeconds 600 -WhatIf'
            'Test-KpNodePreparation {0} -ConnectionTimeoutSeconds 600 -SetTimeSync'
            '1..20 | ForEach-Object {{ @{{ HostName = "{0}"; NodeName = "n$_" }} }} | Get-KpNode -ConnectionTimeoutSeconds 600 -ThrottleLimit 4'
            'Get-KpNode {0} -ConnectionTimeoutSeconds 600 -SudoPassword (ConvertTo-SecureString x -AsPlainText)'
        ) {
            $shell = [powershell]::Create()
            $null = $shell.AddScript("Import-Module '$RepositoryRoot/KubePrep.psd1'; " + ($_ -f $node))
            $running = $shell.BeginInvoke()
            Wait-Until { $running.IsCompleted -or (Get-ProcessOfPort $port) } 'The start of ssh'
            $clock = [Diagnostics.Stopwatch]::StartNew()
            $shell.Stop()
            $clock.Elapsed.TotalSeconds | Should -BeLessThan 5
            $shell.InvocationStateInfo.State | Should -Be Stopped
            $shell.Streams.Error | Should -BeNullOrEmpty
            Get-ProcessOfPort $port | Should -BeNullOrEmpty
            $shell.Dispose()
        }

        It 'gives way to Select-Object -First while another node hangs, and leaves no process' {
            $clock = [Diagnostics.Stopwatch]::StartNew()
            $first = $node, 'localhost' | Get-KpNode -ConnectionTimeoutSeconds 600 | Select-Object -First 1
            $clock.Elapsed.TotalSeconds | Should -BeLessThan 10
            $first.Node.HostName | Should -Be localhost
            Get-ProcessOfPort $port | Should -BeNullOrEmpty
        }

        It 'holds no row back for clocks that -SkipStep leaves alone' {
            $first = $node, 'localhost' | Test-KpNodePreparation -SetTimeSync -SkipStep TimeSync -ConnectionTimeoutSeconds 60 -WarningAction SilentlyContinue |
                Select-Object -First 1
            $first.Node.HostName | Should -Be localhost
        }

        It 'ends with the command after it' {
            { $node, 'localhost' | Test-KpNodePreparation -ConnectionTimeoutSeconds 600 -WarningAction SilentlyContinue | ForEach-Object { throw 'enough' } } |
                Should -Throw enough
            Get-ProcessOfPort $port | Should -BeNullOrEmpty
        }

        It 'ends with -ErrorAction Stop at another node''s error' {
            { '-n', $node | Get-KpNode -ConnectionTimeoutSeconds 600 -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidNode,*'
            Get-ProcessOfPort $port | Should -BeNullOrEmpty
        }

        It 'leaves nothing of a password''s helper behind' {
            $scratch = New-Item -ItemType Directory (New-TestPath)
            $shell = [powershell]::Create()
            $before = $env:TMPDIR
            $env:TMPDIR = $scratch
            try {
                $null = $shell.AddScript(@"
                    Import-Module '$RepositoryRoot/KubePrep.psd1'
                    Get-KpNode $node -ConnectionTimeoutSeconds 600 -Credential ([pscredential]::new('jane', (ConvertTo-SecureString x -AsPlainText)))
"@)
                $running = $shell.BeginInvoke()
                Wait-Until { $running.IsCompleted -or (Get-ChildItem -Recurse $scratch -Filter askpass) } 'The making of the helper'
                $shell.Stop()
            } finally {
                $env:TMPDIR = $before
            }
            $shell.Streams.Error | Should -BeNullOrEmpty
            Get-ChildItem -Recurse $scratch | Should -BeNullOrEmpty
            $shell.Dispose()
        }
    }
}
