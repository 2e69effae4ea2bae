BeforeDiscovery { $cannotServe = (id -u) -ne 0 -or -not (Test-Path /usr/sbin/sshd) }

BeforeAll {
    . $PSScriptRoot/common.ps1
    . $PSScriptRoot/sshd.ps1

    # a profile of its own that this machine fulfils, and one that no machine does
    function New-Profile([string] $Text) {
        $path = "$(New-TestPath).yaml"
        Set-Content $path $Text
        $path
    }
    $fulfilled = New-Profile 'swap: keep'
    $unfulfilled = New-Profile "sysctl: {kernel.pid_max: 12345}"
}

Describe 'Test-KpNodePreparation' {
    It 'has a row with a status for each step, and what differs' {
        $row = Test-KpNodePreparation localhost -WarningAction SilentlyContinue
        $row | Should -BeOfType KubePrep.Preparation.NodePreparation
        $row.Status | Should -BeIn Compliant, Drifted
        $row.Error | Should -BeNullOrEmpty
        $row.Steps.Step | Should -Be ([enum]::GetValues([KubePrep.Changes.StepName]) -ne 'HostsFile')
        foreach ($step in $row.Steps) {
            $row.($step.Step) | Should -Be $step.Status
        }
        $row.Facts.HostName | Should -Be (uname -n)
        $row.Duration | Should -BeGreaterThan ([timespan]::Zero)
        foreach ($change in $row.Changes) {
            $change.Target, $change.Reason | Should -Not -BeNullOrEmpty
        }
    }

    It 'changes nothing' {
        $before = Get-MachineState
        $null = Test-KpNodePreparation localhost -WarningAction SilentlyContinue
        Get-MachineState | Should -Be $before
    }

    It 'says that a node is as the profile wants it, and that it is not' {
        $row = Test-KpNodePreparation localhost -Profile $fulfilled -WarningAction SilentlyContinue
        $row.Status | Should -Be Compliant
        $row.Changes | Should -BeNullOrEmpty
        $row = Test-KpNodePreparation localhost -Profile $unfulfilled -WarningAction SilentlyContinue
        $row.Status, $row.Sysctl | Should -Not -Contain Failed
        $row.Steps[4].Reason | Should -BeLike '*kernel.pid_max*'
    }

    It 'puts out true or false with -Quiet, and nothing else' {
        Test-KpNodePreparation localhost -Profile $fulfilled -Quiet | Should -BeExactly $true
        Test-KpNodePreparation localhost -Profile $unfulfilled -Quiet | Should -BeIn $true, $false
        $all = Test-KpNodePreparation "127.0.0.1:$(Get-FreePort)", '-n' -Quiet *>&1
        $all | Should -HaveCount 2
        $all | Should -Be $false, $false
        $reason = Test-KpNodePreparation '-n' -Quiet -Verbose 4>&1
        $reason -like '-n: *begins with a hyphen*' | Should -HaveCount 1
    }

    It 'takes only the steps of -Step, and none of -SkipStep' {
        $row = Test-KpNodePreparation localhost -Step Swap, Sysctl -WarningAction SilentlyContinue
        ($row.Steps | Where-Object Status -NE Skipped).Step | Should -Be Swap, Sysctl
        $row.Changes.Step | Where-Object { $_ -notin 'Swap', 'Sysctl' } | Should -BeNullOrEmpty
        $row = Test-KpNodePreparation localhost -SkipStep Swap, Sysctl -WarningAction SilentlyContinue
        $row.Swap, $row.Sysctl | Should -Be Skipped, Skipped
        $row.Packages | Should -Not -Be Skipped
        $row = Test-KpNodePreparation localhost -Step Swap, Sysctl -SkipStep Sysctl -WarningAction SilentlyContinue
        ($row.Steps | Where-Object Status -NE Skipped).Step | Should -Be Swap
    }

    It 'only warns of a clock that nothing keeps, and counts it with -SetTimeSync' {
        $verdict = (Get-KpTimeSync localhost -WarningAction SilentlyContinue).Verdict
        $row = Test-KpNodePreparation localhost -Step TimeSync -WarningVariable warnings -WarningAction SilentlyContinue
        $row.Status | Should -Be Compliant
        $row.TimeSync | Should -Be ($verdict -in 'Unsynchronized', 'Conflict' ? 'Warning' : 'Compliant')
        if ($row.TimeSync -eq 'Warning') {
            @($warnings) -like '*TimeSync*' | Should -HaveCount 1
        }
        $before = Get-MachineState
        $row = Test-KpNodePreparation localhost -Step TimeSync -SetTimeSync -WarningAction SilentlyContinue -ErrorAction SilentlyContinue
        Get-MachineState | Should -Be $before
        $planned = Set-KpTimeSync localhost -WhatIf -WarningAction SilentlyContinue -ErrorAction SilentlyContinue
        "$($row.TimeSync)" | Should -Be "$($planned.Status)"
        $row.Changes | ConvertTo-Json | Should -Be ($planned.Changes | ConvertTo-Json)
        $row.Steps.Step[-1] | Should -Be TimeSync
    }

    It 'has its rows with -SetTimeSync in the order of the list' {
        $nodes = "root@127.0.0.1:$(Get-FreePort)", 'localhost', '-n'
        $rows = $nodes | Test-KpNodePreparation -Step TimeSync -SetTimeSync -ErrorAction SilentlyContinue -WarningAction SilentlyContinue
        "$($rows.Node | Sort-Object { [array]::IndexOf($nodes, "$_") })" | Should -Be "$nodes"
        ($rows | Where-Object { "$($_.Node)" -eq '-n' }).Status | Should -Be Failed
    }

    It 'looks for what the proxy mode needs' {
        $row = Test-KpNodePreparation localhost -ProxyMode Ipvs -WarningVariable warnings -WarningAction SilentlyContinue
        $row.Facts.Packages.Count + $row.Changes.Count | Should -BeGreaterThan 0
        $row.Warnings | Where-Object { $_ -like '*ipvs*' } | Should -HaveCount 1 -Because 'Kubernetes deprecates it'
        @($warnings).ForEach({ "$_" }) | Should -Be $row.Warnings
    }

    It 'reads a profile from the current location, and what that extends' {
        $directory = New-Item -ItemType Directory (New-TestPath)
        Set-Content "$directory/base.yaml" 'swap: keep'
        Set-Content "$directory/own.yaml" "extends: base.yaml`npackages: [base-files]"
        Push-Location $directory
        try {
            [Environment]::CurrentDirectory | Should -Not -Be $PWD.Path
            Test-KpNodePreparation localhost -Profile ./own.yaml -Quiet | Should -BeTrue
            Test-KpNodePreparation localhost -Profile own.yaml -Quiet | Should -BeTrue
        } finally {
            Pop-Location
        }
    }

    It 'names the built-in profiles where there is none of the name, and works on no node' {
        $failure = { Test-KpNodePreparation localhost -Profile nosuch } |
            Should -Throw -ErrorId 'ProfileNotFound,KubePrep.Commands.TestKpNodePreparationCommand' -PassThru
        $failure.CategoryInfo.Category | Should -Be ObjectNotFound
        $failure.ErrorDetails.RecommendedAction | Should -BeLike '*default, kubeasz*'
    }

    It 'names the line of a profile that cannot be used' {
        $profile = New-Profile "swap: off`npackges: [curl]"
        { Test-KpNodePreparation localhost -Profile $profile } |
            Should -Throw "*$profile, line 2*packges*" -ErrorId 'InvalidProfile,KubePrep.Commands.TestKpNodePreparationCommand'
    }

    It 'refuses to name a node that has no name, and two with one, each with an error and a row of its own' {
        $rows = 'localhost', @{ HostName = 'localhost'; NodeName = 'kubeprep-a' }, @{ HostName = 'localhost'; NodeName = 'kubeprep-a' } |
            Test-KpNodePreparation -SetHostName -Step Hostname -ThrottleLimit 1 -ErrorVariable failure -ErrorAction SilentlyContinue -WarningAction SilentlyContinue
        $rows.Status | Should -Be Failed, Drifted, Failed
        $failure.FullyQualifiedErrorId | Sort-Object -Unique | Should -Be 'InvalidNode,KubePrep.Commands.TestKpNodePreparationCommand'
        $failure.TargetObject | Should -Be localhost, kubeprep-a
    }

    It 'warns of machines that are the same' {
        Test-KpNodePreparation localhost, @{ HostName = 'localhost'; NodeName = 'kubeprep-b' } -Profile $fulfilled -WarningVariable warnings -WarningAction SilentlyContinue |
            Should -HaveCount 2
        $warnings | Where-Object { $_ -like '*localhost*' -and $_ -like '*kubeprep-b*' -and $_ -like '*machine-id*' } | Should -HaveCount 1
    }

    It 'has written its rows before a warning that is made to stop it' {
        $rows = [System.Collections.Generic.List[object]]::new()
        { Test-KpNodePreparation localhost -ProxyMode Ipvs -Step Swap -WarningAction Stop | ForEach-Object { $rows.Add($_) } } | Should -Throw
        $rows | Should -HaveCount 1
    }

    It 'has a row and an error for a node that it cannot reach' {
        $node = "root@127.0.0.1:$(Get-FreePort)"
        $row = Test-KpNodePreparation $node -ErrorVariable failure -ErrorAction SilentlyContinue
        $row.Status | Should -Be Unreachable
        $row.Steps | Should -BeNullOrEmpty
        $row.Packages | Should -BeNullOrEmpty
        $row.Error.Id | Should -Be ConnectionRefused
        $failure | Should -HaveCount 1
        $failure[0].FullyQualifiedErrorId | Should -Be 'ConnectionRefused,KubePrep.Commands.TestKpNodePreparationCommand'
        $failure[0].TargetObject | Should -Be $node
        $failure[0].ErrorDetails.RecommendedAction | Should -Be $row.Error.RecommendedAction
    }

    It 'shows what it is doing, and takes that away again' {
        $shell = [powershell]::Create()
        try {
            $null = $shell.AddScript("Import-Module '$RepositoryRoot/KubePrep.psd1'; Test-KpNodePreparation localhost -WarningAction SilentlyContinue").Invoke()
            $progress = @($shell.Streams.Progress)
            $progress.Activity | Sort-Object -Unique | Should -Be 'Checking nodes'
            $progress[0].CurrentOperation | Should -BeLike 'localhost: *'
            $progress[-1].RecordType | Should -Be Completed
        } finally {
            $shell.Dispose()
        }
    }

    Context 'over ssh' -Skip:$cannotServe {
        BeforeAll {
            $server = Start-SshServer
            $connection = $server.Connection
        }

        AfterAll { Stop-SshServer $server }

        It 'judges a node as its own shell would' {
            $rows = Test-KpNodePreparation localhost, $server.Address @connection -WarningAction SilentlyContinue
            $rows | Should -HaveCount 2
            $rows[0].Steps.Status | Should -Be $rows[1].Steps.Status
        }

        It 'takes nodes from Get-KpNode and from its own rows' {
            $row = Get-KpNode $server.Address @connection |
                Test-KpNodePreparation @connection -Profile $fulfilled -WarningAction SilentlyContinue |
                Test-KpNodePreparation @connection -Profile $fulfilled -WarningAction SilentlyContinue
            "$($row.Node)" | Should -Be $server.Address
            $row.Status | Should -Be Compliant
        }

        It 'works on as many nodes at once as it may' {
            $nodes = 1..8 | ForEach-Object { @{ HostName = $server.Address; NodeName = "kubeprep-$_" } }
            $rows = $nodes | Test-KpNodePreparation @connection -Profile $fulfilled -ThrottleLimit 3 -WarningAction SilentlyContinue
            $rows.Status | Should -Be (@('Compliant') * 8)
            $rows.Node.NodeName | Sort-Object | Should -Be $nodes.NodeName
        }
    }
}
