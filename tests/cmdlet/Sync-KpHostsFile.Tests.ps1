# The nodes are ssh servers of this machine in namespaces: each has a host name, and an /etc and a /run, of its own, so that nothing here is
# changed. What the cmdlet does to whole systems is tested in tests/lab.
BeforeDiscovery { $cannotServe = (id -u) -ne 0 -or -not (Test-Path /usr/sbin/sshd) -or -not (Get-Command unshare -ErrorAction Ignore) }

BeforeAll {
    . $PSScriptRoot/common.ps1
    . $PSScriptRoot/sshd.ps1
    $id = '{0},KubePrep.Commands.SyncKpHostsFileCommand'

    # starts a server with a host name and files of its own; Row is what a cmdlet needs to reach it
    function Start-Node([string] $HostName, [string] $NodeName, [int] $Number, [string] $Role = 'Worker') {
        $files = New-Item -ItemType Directory (New-TestPath)
        $null = New-Item -ItemType Directory "$files/backups"
        cp -a /etc $files
        $SshdPath = "$files/sshd" # that of Start-SshServer
        @"
#!/bin/sh
exec unshare --mount --uts sh -c '
    mount --bind $files/etc /etc && mount --bind $files/backups /var/backups && mount -t tmpfs tmpfs /run && mkdir /run/sshd &&
        echo $HostName >/proc/sys/kernel/hostname && exec /usr/sbin/sshd "`$@"
' sh "`$@"
"@ | Set-Content $SshdPath
        chmod 755 $SshdPath
        $server = Start-SshServer "ListenAddress 127.0.0.$Number"
        [pscustomobject]@{
            Server    = $server
            Files     = $files.FullName
            HostsPath = "$files/etc/hosts"
            Log       = "$($server.Directory)/log"
            HostKey   = "[127.0.0.$Number]:$($server.Port) $(Get-Content "$($server.Directory)/host_key.pub")"
            Row       = [pscustomobject]@{
                HostName = "127.0.0.$Number"; NodeName = $NodeName; IPAddress = "192.0.2.$Number"; Port = $server.Port; UserName = 'root'
                KeyFilePath = $server.Connection.KeyFilePath; Role = $Role
            }
        }
    }

    # how often nodes have been logged in to
    function Get-LoginCount($Node) {
        (@($Node.Log | ForEach-Object { Get-Content $_ }) -match '^Accepted publickey').Count
    }

    # what the nodes' hosts files hold, and when they were written
    function Get-Hosts($Node) {
        $Node.HostsPath | ForEach-Object { '{0:O} {1}' -f (Get-Item $_).LastWriteTimeUtc, (Get-Content -Raw $_) }
    }
}

Describe 'Sync-KpHostsFile' {
    It 'is described by its help, whole' {
        $help = Get-Help Sync-KpHostsFile -Full
        $help.Synopsis, $help.description.Text, $help.alertSet.alert.Text | Should -Not -BeNullOrEmpty
        @($help.examples.example).Count | Should -BeGreaterOrEqual 4
        $common = [System.Management.Automation.PSCmdlet]::CommonParameters
        foreach ($name in (Get-Command Sync-KpHostsFile).Parameters.Keys | Where-Object { $_ -notin $common }) {
            ($help.parameters.parameter | Where-Object name -EQ $name).description.Text | Should -Not -BeNullOrEmpty -Because "-$name is described"
        }
        $help.relatedLinks.navigationLink.linkText | Should -Contain Invoke-KpNodePreparation
    }

    It 'completes its modes, and offers its step to no preparation' {
        Complete 'Sync-KpHostsFile localhost -Mode ' | Should -Be Block, Copy
        Complete 'Sync-KpHostsFile localhost -Mode c' | Should -Be Copy
        foreach ($cmdlet in 'Test-KpNodePreparation', 'Invoke-KpNodePreparation') {
            foreach ($parameter in 'Step', 'SkipStep') {
                Complete "$cmdlet localhost -$parameter " | Should -Not -Contain HostsFile
                Complete "$cmdlet localhost -$parameter Ho" | Should -Be Hostname
            }
        }
    }

    It 'leaves its step to no preparation: <Cmdlet> -<Parameter> HostsFile is refused' -TestCases @(
        @{ Cmdlet = 'Test-KpNodePreparation'; Parameter = 'Step' }
        @{ Cmdlet = 'Test-KpNodePreparation'; Parameter = 'SkipStep' }
        @{ Cmdlet = 'Invoke-KpNodePreparation'; Parameter = 'Step' }
        @{ Cmdlet = 'Invoke-KpNodePreparation'; Parameter = 'SkipStep' }
    ) {
        $arguments = @{ $Parameter = 'HostsFile' }
        { & $Cmdlet localhost @arguments } | Should -Throw -ExceptionType ([System.Management.Automation.ParameterBindingException])
    }

    It 'refuses <Parameter> <Value>' -TestCases @(
        @{ Parameter = 'Mode'; Value = 'Append' }
        @{ Parameter = 'ThrottleLimit'; Value = 0 }
        @{ Parameter = 'Port'; Value = 65536 }
    ) {
        $arguments = @{ $Parameter = $Value }
        { Sync-KpHostsFile localhost @arguments } | Should -Throw -ExceptionType ([System.Management.Automation.ParameterBindingException])
    }

    It 'puts out nothing for nothing' {
        @() | Sync-KpHostsFile | Should -BeNullOrEmpty
    }

    It 'refuses what cannot be used of a connection, before it asks' {
        { Sync-KpHostsFile localhost -WhatIf -Options @{ BatchMode = 'no' } } | Should -Throw -ErrorId ($id -f 'InvalidConnectionOption')
    }

    It 'wants a node on which the map is collected, and has no row without one' {
        $before = Get-MachineState
        $rows = Sync-KpHostsFile localhost -WhatIf -ErrorVariable failure -ErrorAction SilentlyContinue
        Get-MachineState | Should -Be $before
        $rows | Should -BeNullOrEmpty
        $failure.FullyQualifiedErrorId | Should -Be ($id -f 'MasterNodeMissing')
        $failure[0].CategoryInfo.Category | Should -Be InvalidArgument
        $failure[0].ErrorDetails.RecommendedAction | Should -BeLike '*-MasterNode*ControlPlane*'
        { Sync-KpHostsFile localhost -WhatIf -ErrorAction Stop } | Should -Throw -ErrorId ($id -f 'MasterNodeMissing')
    }

    It 'has a row and an error for a node that it cannot reach, and for one that cannot be, given as <_>' -ForEach 'strings', 'hashtables' {
        $refused = "root@127.0.0.1:$(Get-FreePort)"
        $nodes = $_ -eq 'strings' ? @('-n', $refused) : @(@{ HostName = '-n' }, @{ HostName = $refused })
        $rows = $nodes | Sync-KpHostsFile -MasterNode $refused -WhatIf -ErrorVariable failure -ErrorAction SilentlyContinue
        $rows | Should -BeOfType KubePrep.HostsFile.HostsFileResult
        ($rows | Where-Object { "$($_.Node)" -eq '-n' }).Status | Should -Be Failed
        $row = $rows | Where-Object { "$($_.Node)" -eq $refused }
        $row.Status, $row.Error.Id | Should -Be Unreachable, ConnectionRefused
        $failure.FullyQualifiedErrorId | Sort-Object | Should -Be ('ConnectionRefused', 'HostsMapIncomplete', 'InvalidNode').ForEach({ $id -f $_ })
        foreach ($one in $failure) {
            $one.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
        }
    }

    It 'says what it would do with -WhatIf, and asks with -Confirm; a node that is declined has no row' {
        $text = pwsh -NoProfile -Command "Import-Module '$RepositoryRoot/KubePrep.psd1'; `$null = Sync-KpHostsFile localhost, '-n' -WhatIf 2>&1"
        $text | Should -Be 'What if: Synchronize the hosts file: localhost', 'What if: Synchronize the hosts file: -n'
        $before = Get-MachineState
        $text = 'n', 'n' | pwsh -NoProfile -Command @"
            Import-Module '$RepositoryRoot/KubePrep.psd1'
            Sync-KpHostsFile localhost, localhost -MasterNode localhost -Confirm | ForEach-Object { 'emitted' }
            'end'
"@ | Out-String
        Get-MachineState | Should -Be $before
        [regex]::Matches($text, 'Synchronize the hosts file: localhost\?') | Should -HaveCount 2
        $text | Should -Not -Match 'emitted'
        $text | Should -Match "end\s*$"
    }

    Context 'on nodes' -Skip:$cannotServe {
        BeforeAll {
            $cp = Start-Node 'a' 'cp-1' 11 'ControlPlane'
            $worker = Start-Node 'b.example.org' 'worker-1' 12
            $other = Start-Node 'c' 'cp-2' 13 'ControlPlane, Worker'
            $all = $cp, $worker, $other
            $known = New-TestPath
            $all.HostKey | Set-Content $known
            $connection = @{ KnownHostsPath = $known }
            $machine = Get-Content -Raw /etc/hosts
            $map = "192.0.2.11 cp-1 a`n192.0.2.12 b.example.org worker-1 b`n192.0.2.13 cp-2 c`n"
        }

        BeforeEach {
            foreach ($node in $all) {
                [IO.File]::WriteAllText($node.HostsPath, "127.0.0.1 localhost`n127.0.1.1 $($node.Row.NodeName) extra`n10.9.9.9 own-$($node.Row.NodeName)`n")
            }
        }

        AfterAll {
            Stop-SshServer $all.Server
            Get-Content -Raw /etc/hosts | Should -BeExactly $machine -Because 'this machine is no node'
        }

        It 'gives every node the names of all, proves it, and writes nothing the second time' {
            $rows = $all.Row | Sync-KpHostsFile @connection
            $rows.Status | Should -Be Changed, Changed, Changed
            $rows.Added + $rows.Changed + $rows.Removed | Should -Be 3, 3, 3, 0, 0, 0, 0, 0, 0
            $rows.Changes.Target | Should -Be (@('/etc/hosts') * 3)
            $rows.Duration | Should -BeGreaterThan ([timespan]::Zero)
            foreach ($node in $all) {
                $text = Get-Content -Raw $node.HostsPath
                $text | Should -Match "(?s)^127\.0\.0\.1 localhost`n#127\.0\.1\.1 $($node.Row.NodeName) extra`n127\.0\.1\.1 extra`n10\.9\.9\.9 own-"
                $text | Should -BeLike "*`n# BEGIN KUBEPREP`n#*`n$map# END KUBEPREP`n"
                Get-Content -Raw "$($node.Files)/backups/kubeprep/etc/hosts" | Should -BeLike "*`n127.0.1.1 $($node.Row.NodeName) extra`n*"
            }

            $before = Get-Hosts $all
            $logins = Get-LoginCount $all
            $rows = $all.Row | Sync-KpHostsFile @connection
            $rows.Status | Should -Be Compliant, Compliant, Compliant
            $rows | Where-Object { $_.Changes.Count -gt 0 } | Should -BeNullOrEmpty
            Get-Hosts $all | Should -Be $before
            (Get-LoginCount $all) - $logins | Should -Be 3
        }

        It 'takes the rows of a table, and hashtables' {
            $table = $all.Row | ConvertTo-Csv | ConvertFrom-Csv
            ($table | Sync-KpHostsFile @connection -WhatIf).Node.NodeName | Should -Be cp-1, worker-1, cp-2
            $tables = $all.Row.ForEach({ @{ HostName = "root@$($_.HostName):$($_.Port)"; NodeName = $_.NodeName; IP = $_.IPAddress; KeyFilePath = $_.KeyFilePath } })
            (Sync-KpHostsFile $tables @connection -MasterNode worker-1 -WhatIf).Node.NodeName | Should -Be worker-1, cp-1, cp-2
        }

        It 'writes nothing with -WhatIf, and shows in its rows what it would' {
            $before = Get-Hosts $all
            $rows = $all.Row | Sync-KpHostsFile @connection -WhatIf
            Get-Hosts $all | Should -Be $before
            $rows.Status | Should -Be Drifted, Drifted, Drifted
            $rows.Added | Should -Be 3, 3, 3
            foreach ($row in $rows) {
                $row.Changes.Step, $row.Changes.Action, $row.Changes.BackupPath | Should -Be HostsFile, WriteFile, /var/backups/kubeprep/etc/hosts
                $row.Changes.Diff | Should -BeLike "*`n-127.0.1.1 $($row.Node) extra`n+#127.0.1.1 $($row.Node) extra`n+127.0.1.1 extra`n*`n+192.0.2.12 b.example.org worker-1 b`n*"
            }
            $WhatIfPreference = $true
            ($all.Row | Sync-KpHostsFile @connection 6>$null).Status | Should -Be Drifted, Drifted, Drifted
            Get-Hosts $all | Should -Be $before
        }

        It 'asks nothing with -Confirm:$false, where the preference wants it' {
            $ConfirmPreference = 'Low'
            ($all.Row | Sync-KpHostsFile @connection -Confirm:$false).Status | Should -Be Changed, Changed, Changed
        }

        It 'takes what Get-KpNode has found out, and does not log in again where the map is right' {
            $null = $all.Row | Sync-KpHostsFile @connection
            $logins = Get-LoginCount $all
            $rows = $all.Row | Get-KpNode @connection | Sync-KpHostsFile @connection
            $rows.Status | Should -Be Compliant, Compliant, Compliant
            (Get-LoginCount $all) - $logins | Should -Be 3
        }

        It 'takes what a check has found out, and sends the map by it' {
            $profile = "$(New-TestPath).yaml"
            Set-Content $profile 'swap: keep'
            $arguments = @{ Profile = $profile; WarningAction = 'SilentlyContinue' }
            $rows = $all.Row | Test-KpNodePreparation @connection @arguments | Sync-KpHostsFile @connection
            $rows.Status | Should -Be Changed, Changed, Changed
            Get-Content -Raw $worker.HostsPath | Should -BeLike "*`n$map*"
            $logins = Get-LoginCount $all
            $rows = $all.Row | Test-KpNodePreparation @connection @arguments | Sync-KpHostsFile @connection
            $rows.Status | Should -Be Compliant, Compliant, Compliant
            (Get-LoginCount $all) - $logins | Should -Be 3
        }

        It 'collects on the control-plane node that was named first, whichever result came first' {
            $facts = $all.Row | Get-KpNode @connection -ThrottleLimit 1
            [array]::Reverse($facts)
            ($facts | Sync-KpHostsFile @connection -WhatIf).Node.NodeName | Should -Be cp-1, worker-1, cp-2
            ($facts.Node | Sync-KpHostsFile @connection -WhatIf).Node.NodeName | Should -Be cp-2, worker-1, cp-1 -Because 'these are a list of their own'
        }

        It 'does so too where a node could not be reached, whose result has no facts' {
            $profile = "$(New-TestPath).yaml"
            Set-Content $profile 'swap: keep'
            $away = [pscustomobject]@{ HostName = '127.0.0.1'; Port = Get-FreePort; NodeName = 'away' }
            $results = @($all.Row) + $away |
                Test-KpNodePreparation @connection -Profile $profile -ErrorAction SilentlyContinue -WarningAction SilentlyContinue |
                Sort-Object { "$($_.Node)" } -Descending
            "$($results.Node)" | Should -Be 'worker-1 cp-2 cp-1 away'
            $rows = $results | Sync-KpHostsFile @connection -AllowPartial -WhatIf -ErrorAction SilentlyContinue -WarningAction SilentlyContinue
            "$($rows.Node)" | Should -Be 'away cp-1 worker-1 cp-2'
        }

        It 'collects on the node that -MasterNode names by its <_>' -ForEach 'name', 'host' {
            $name = $_ -eq 'name' ? 'worker-1' : '127.0.0.12'
            Set-Content $worker.HostsPath "127.0.0.1 localhost`n# BEGIN KUBEPREP`n192.0.2.99 w-99`n# END KUBEPREP"
            $rows = $all.Row | Sync-KpHostsFile @connection -MasterNode $name -WarningVariable warnings -WarningAction SilentlyContinue
            $rows[0].Node.NodeName | Should -Be worker-1
            $all.HostsPath | ForEach-Object { Get-Content -Raw $_ | Should -BeLike "*`n192.0.2.99 w-99`n*" }
            $warnings | Should -HaveCount 1
            "$warnings" | Should -BeLike "*'192.0.2.99 w-99'*-Prune*"
            $rows[0].Warnings | Should -Be "$warnings"
        }

        It 'collects on a node that is none of those given, too, and sends nothing if it cannot be asked' {
            $before = Get-Hosts $all
            $master = "root@127.0.0.1:$(Get-FreePort)"
            $rows = $all.Row | Sync-KpHostsFile @connection -MasterNode $master -AllowPartial -ErrorVariable failure -ErrorAction SilentlyContinue
            $rows | Should -HaveCount 4
            ($rows | Where-Object { "$($_.Node)" -eq $master }).Status | Should -Be Unreachable
            ($rows.Status -eq 'Skipped').Count | Should -Be 3
            $failure[-1].FullyQualifiedErrorId, $failure[-1].TargetObject | Should -Be ($id -f 'HostsMapIncomplete'), $master
            Get-Hosts $all | Should -Be $before
        }

        It 'removes the rows of others with -Prune' {
            Set-Content $cp.HostsPath "# BEGIN KUBEPREP`n192.0.2.99 w-99`n# END KUBEPREP"
            $row = $all.Row | Sync-KpHostsFile @connection -Prune -WarningVariable warnings | Select-Object -First 1
            $row.Removed, $row.Added | Should -Be 1, 3
            $warnings | Should -BeNullOrEmpty
            Get-Content -Raw $cp.HostsPath | Should -Not -Match 'w-99'
        }

        It 'warns of a row that says something else, and can be stopped by that after its row' {
            Add-Content $worker.HostsPath '10.1.1.1 cp-1'
            $null = $all.Row | Sync-KpHostsFile @connection -WarningVariable warnings -WarningAction SilentlyContinue
            $warnings | Should -HaveCount 1
            "$warnings" | Should -BeLike 'worker-1: Line * of /etc/hosts maps cp-1 to 10.1.1.1, and the hosts map to 192.0.2.11.'
            $rows = [System.Collections.Generic.List[object]]::new()
            { $all.Row | Sync-KpHostsFile @connection -WarningAction Stop | ForEach-Object { $rows.Add($_) } } | Should -Throw
            $rows.Node.NodeName | Should -Be cp-1, worker-1
        }

        It 'makes copies with -Mode Copy, and keeps each that it replaces' {
            $old = Get-Content -Raw $worker.HostsPath
            $rows = $all.Row | Sync-KpHostsFile @connection -Mode Copy -WarningAction SilentlyContinue
            $rows.Status | Should -Be Changed, Changed, Changed
            Get-Content -Raw $worker.HostsPath | Should -BeExactly (Get-Content -Raw $cp.HostsPath)
            $backup = ($rows | Where-Object { "$($_.Node)" -eq 'worker-1' }).Changes.BackupPath
            $backup | Should -Match '^/var/backups/kubeprep/etc/hosts\.[0-9a-f]{16}$'
            Get-Content -Raw ($backup -replace '^/var/backups', "$($worker.Files)/backups") | Should -BeExactly $old
            ($all.Row | Sync-KpHostsFile @connection -Mode Copy -WarningAction SilentlyContinue).Status | Should -Be Compliant, Compliant, Compliant
        }

        It 'sends no map of nodes that are at odds' {
            $before = Get-Hosts $all
            $twin = $worker.Row | Select-Object *
            $twin.IPAddress = $cp.Row.IPAddress
            $rows = $cp.Row, $twin | Sync-KpHostsFile @connection -ErrorVariable failure -ErrorAction SilentlyContinue
            $rows.Status | Should -Be Skipped, Skipped
            $failure.FullyQualifiedErrorId | Should -Be ($id -f 'HostsMapConflict')
            $failure[0].CategoryInfo.Category, $failure[0].TargetObject | Should -Be ResourceExists, worker-1
            "$failure" | Should -BeLike '*192.0.2.11*'
            $failure[0].ErrorDetails.RecommendedAction | Should -BeLike '*IPAddress*'
            { $cp.Row, $twin | Sync-KpHostsFile @connection -ErrorAction Stop } | Should -Throw -ErrorId ($id -f 'HostsMapConflict')
            Get-Hosts $all | Should -Be $before
        }

        It 'sends no map without a node that is away, unless -AllowPartial says so' {
            $before = Get-Hosts $all
            $away = [pscustomobject]@{ HostName = '127.0.0.1'; Port = Get-FreePort; NodeName = 'away' }
            $rows = @($all.Row) + $away | Sync-KpHostsFile @connection -ErrorVariable failure -ErrorAction SilentlyContinue
            ($rows | ForEach-Object { "$($_.Node) $($_.Status)" } | Sort-Object) | Should -Be 'away Unreachable', 'cp-1 Skipped', 'cp-2 Skipped', 'worker-1 Skipped'
            $failure.FullyQualifiedErrorId | Should -Be ($id -f 'ConnectionRefused'), ($id -f 'HostsMapIncomplete')
            $failure.CategoryInfo.Category | Should -Be ConnectionError, InvalidData
            $failure[1].ErrorDetails.RecommendedAction | Should -BeLike '*-AllowPartial*'
            Get-Hosts $all | Should -Be $before
            { @($all.Row) + $away | Sync-KpHostsFile @connection -ErrorAction Stop } | Should -Throw -ErrorId ($id -f 'ConnectionRefused')

            $arguments = @{ ErrorVariable = 'failure'; ErrorAction = 'SilentlyContinue'; WarningVariable = 'warnings'; WarningAction = 'SilentlyContinue' }
            $rows = @($all.Row) + $away | Sync-KpHostsFile @connection -AllowPartial @arguments
            ($rows | ForEach-Object { "$($_.Node) $($_.Status)" } | Sort-Object) | Should -Be 'away Unreachable', 'cp-1 Changed', 'cp-2 Changed', 'worker-1 Changed'
            $failure.FullyQualifiedErrorId | Should -Be ($id -f 'ConnectionRefused')
            "$warnings" | Should -BeLike "*no row of 'away'*"
        }

        It 'does not change a file whose block is damaged' {
            Add-Content $worker.HostsPath '# BEGIN KUBEPREP'
            $before = Get-Hosts $all
            $rows = $all.Row | Sync-KpHostsFile @connection -ErrorVariable failure -ErrorAction SilentlyContinue
            ($rows | Where-Object Error).Node.NodeName | Should -Be worker-1
            $one = $failure | Where-Object TargetObject -EQ worker-1 | Select-Object -First 1
            $one.FullyQualifiedErrorId | Should -Be ($id -f 'InvalidHostsFile')
            $one.CategoryInfo.Category | Should -Be ParserError
            (Get-Hosts $all)[1] | Should -Be $before[1]
        }

        It 'refuses a node without a name, and an address that cannot be one of a node' {
            $nameless = Start-Node 'localhost' $null 14
            try {
                $nameless.HostKey | Add-Content $known
                $null = $cp.Row, $nameless.Row | Sync-KpHostsFile @connection -WhatIf -ErrorVariable failure -ErrorAction SilentlyContinue
                $failure[0].FullyQualifiedErrorId | Should -Be ($id -f 'NodeIdentityMissing')
                $failure[0].ErrorDetails.RecommendedAction | Should -BeLike '*NodeName*'
                $nameless.Row.NodeName, $nameless.Row.IPAddress = 'worker-4', '127.0.0.1'
                $null = $cp.Row, $nameless.Row | Sync-KpHostsFile @connection -WhatIf -ErrorVariable failure -ErrorAction SilentlyContinue
                $failure[0].FullyQualifiedErrorId | Should -Be ($id -f 'InvalidNode')
                "$($failure[0])" | Should -BeLike "*'127.0.0.1'*loopback*"
            } finally {
                Stop-SshServer $nameless.Server
            }
        }

        It 'gives way to Select-Object -First, leaves no process, and gives its lock back' {
            $first = $all.Row | Sync-KpHostsFile @connection | Select-Object -First 1
            $first.Node.NodeName, $first.Status | Should -Be cp-1, Changed
            $all | ForEach-Object { Get-ProcessOfPort $_.Server.Port } | Should -BeNullOrEmpty
            $clock = [Diagnostics.Stopwatch]::StartNew()
            $null = $all.Row | Sync-KpHostsFile @connection
            $clock.Elapsed.TotalSeconds | Should -BeLessThan 20
            ($all.Row | Sync-KpHostsFile @connection).Status | Should -Be Compliant, Compliant, Compliant
        }

        It 'can be stopped while it waits for a node, and leaves no process' {
            $silent = New-SilentListener
            $shell = [powershell]::Create()
            try {
                $port = $silent.LocalEndpoint.Port
                $null = $shell.AddScript({
                        param($Module, $Row, $Known)
                        Import-Module $Module
                        $Row | Sync-KpHostsFile -KnownHostsPath $Known -ConnectionTimeoutSeconds 600
                    }).AddArgument("$RepositoryRoot/KubePrep.psd1").AddArgument(@($all.Row) + "root@127.0.0.1:$port").AddArgument($known)
                $running = $shell.BeginInvoke()
                Wait-Until { $running.IsCompleted -or (Get-ProcessOfPort $port) } 'The start of ssh'
                $clock = [Diagnostics.Stopwatch]::StartNew()
                $shell.Stop()
                $clock.Elapsed.TotalSeconds | Should -BeLessThan 5
                $shell.InvocationStateInfo.State | Should -Be Stopped
                $shell.Streams.Error | Should -BeNullOrEmpty
                @($all.Server.Port) + $port | ForEach-Object { Get-ProcessOfPort $_ } | Should -BeNullOrEmpty
            } finally {
                $shell.Dispose()
                $silent.Stop()
            }
        }

        It 'shows what it is doing, and takes that away again' {
            $shell = [powershell]::Create()
            try {
                $null = $shell.AddScript({
                        param($Module, $Row, $Known)
                        Import-Module $Module
                        $Row | Sync-KpHostsFile -KnownHostsPath $Known
                    }).AddArgument("$RepositoryRoot/KubePrep.psd1").AddArgument($all.Row).AddArgument($known).Invoke()
                $progress = @($shell.Streams.Progress)
                $progress.Activity | Sort-Object -Unique | Should -Be 'Synchronizing hosts files'
                $progress.CurrentOperation -like 'cp-1: HostsFile: write /etc/hosts*' | Should -Not -BeNullOrEmpty
                $progress[-1].RecordType | Should -Be Completed
            } finally {
                $shell.Dispose()
            }
        }
    }
}
