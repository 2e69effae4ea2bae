# What every cmdlet has to keep to in a pipeline. Nodes are this machine, and are only looked at or changed with -WhatIf.
BeforeDiscovery {
    . $PSScriptRoot/common.ps1

    # what each cmdlet is asked, below a directory of the test's own: something that can be done, and something that cannot
    $invocations = @(
        @{ Cmdlet = 'Get-KpCertificate'; Good = '$site/prod'; Bad = '$site/nowhere' }
        @{ Cmdlet = 'Get-KpNode'; Good = 'localhost'; Bad = '"-n"' }
        @{ Cmdlet = 'Get-KpTimeSync'; Good = 'localhost'; Bad = '"-n"' }
        @{ Cmdlet = 'Get-KpUser'; Good = '-ClusterDirectory $site/prod'; Bad = 'nobody -ClusterDirectory $site/prod' }
        @{ Cmdlet = 'Import-KpInventory'; Good = '$site/hosts'; Bad = '$site/nowhere' }
        @{ Cmdlet = 'Invoke-KpDeployment'; Good = '$site/new c2 https://192.0.2.20:6443'; Bad = '$site/new c2 ftp://192.0.2.20' }
        @{ Cmdlet = 'Invoke-KpNodePreparation'; Good = 'localhost -WhatIf'; Bad = '"-n" -WhatIf' }
        @{ Cmdlet = 'Merge-KpKubeconfig'; Good = '$site/prod/kubectl.kubeconfig $site/config'; Bad = '$site/nowhere $site/config' }
        @{ Cmdlet = 'New-KpCertificateAuthority'; Good = '$site/ca'; Bad = 'env:/x' }
        @{ Cmdlet = 'New-KpClientCertificate'; Good = '$site/prod/ssl bob'; Bad = '$site/nowhere bob' }
        @{ Cmdlet = 'New-KpKubeconfig'; Good = '$site/prod/ssl/admin.pem https://192.0.2.20:6443 c2 -Path $site/new.kubeconfig'; Bad = '$site/prod/ssl/nowhere.pem https://192.0.2.20:6443 c2' }
        @{ Cmdlet = 'New-KpUser'; Good = 'bob view -ClusterDirectory $site/prod'; Bad = 'system:x view -ClusterDirectory $site/prod' }
        @{ Cmdlet = 'Remove-KpKubeconfigContext'; Good = 'context-c1 $site/prod/kubectl.kubeconfig'; Bad = 'nosuch $site/prod/kubectl.kubeconfig' }
        @{ Cmdlet = 'Remove-KpUser'; Good = 'jane* -ClusterDirectory $site/prod'; Bad = 'nobody -ClusterDirectory $site/prod' }
        @{ Cmdlet = 'Set-KpTimeSync'; Good = 'localhost -WhatIf'; Bad = '"-n" -WhatIf' }
        @{ Cmdlet = 'Sync-KpHostsFile'; Good = 'localhost -MasterNode localhost -WhatIf'; Bad = '"-n" -MasterNode "-n" -WhatIf' }
        @{ Cmdlet = 'Test-KpDeployment'; Good = '$site/prod'; Bad = '$site/nowhere' }
        @{ Cmdlet = 'Test-KpNodePreparation'; Good = 'localhost'; Bad = '"-n"' }
        @{ Cmdlet = 'Update-KpCertificate'; Good = '$site/prod -Force'; Bad = '$site/prod nosuch' }
        @{ Cmdlet = 'Update-KpCertificateAuthority'; Good = '$site/prod Prepare'; Bad = '$site/prod Finish' }
    )
    $changing = $invocations.Where({ (Get-Command $_.Cmdlet).Parameters.ContainsKey('WhatIf') })
    $cannotServe = (id -u) -ne 0 -or -not (Test-Path /usr/sbin/sshd)
}

BeforeAll {
    . $PSScriptRoot/common.ps1
    . $PSScriptRoot/sshd.ps1

    # a cluster with a user, and an inventory
    function New-Site {
        $site = (New-Item -ItemType Directory (New-TestPath)).FullName
        $null = Invoke-KpDeployment $site/prod c1 $Server
        $null = New-KpUser jane view -ClusterDirectory $site/prod
        Set-Content $site/hosts 'localhost ansible_connection=local unknown=1', '[kube_node]', 'localhost'
        $site
    }

    # an invocation for a site, as a script for any runspace or process
    function Get-Script([string] $Cmdlet, [string] $Arguments, [string] $Site) {
        "Import-Module '$RepositoryRoot/KubePrep.psd1'; `$site = '$Site'; $Cmdlet $Arguments -WarningAction SilentlyContinue -ErrorAction SilentlyContinue"
    }

    # starts a script in a runspace of its own; its Output is what it has put out so far, of which more is waited for if it is enumerated
    function Start-Shell([string] $Script) {
        $shell = [powershell]::Create()
        $null = $shell.AddScript($Script)
        $nothing = [System.Management.Automation.PSDataCollection[psobject]]::new()
        $nothing.Complete()
        $output = [System.Management.Automation.PSDataCollection[psobject]]::new()
        $running = $shell.BeginInvoke($nothing, $output)
        [pscustomobject]@{ Shell = $shell; Running = $running; Output = $output }
    }
}

Describe 'A pipeline' {
    It 'is tried with every cmdlet' -TestCases @{ Names = $invocations.Cmdlet } {
        $Names | Should -Be (Get-Command -Module KubePrep).Name
    }

    Context 'with <Cmdlet>' -ForEach $invocations {
        BeforeAll {
            $site = New-Site
            $quiet = @{ WarningAction = 'SilentlyContinue' }
            $succeed = [scriptblock]::Create("$Cmdlet $Good @args @quiet")
            $fail = [scriptblock]::Create("$Cmdlet $Bad @args @quiet")
            $id = "*,$((Get-Command $Cmdlet).ImplementingType.FullName)"
        }

        It 'gives its objects to -OutVariable and Tee-Object, and its type is one that it says' {
            $objects = . $succeed -OutVariable out -ErrorAction SilentlyContinue | Tee-Object -Variable tee
            $objects | Should -Not -BeNullOrEmpty
            $out.Count | Should -Be @($objects).Count
            @($tee).Count | Should -Be @($objects).Count
            foreach ($object in $objects) {
                $object.GetType() | Should -BeIn (Get-Command $Cmdlet).OutputType.Type
            }
        }

        It 'has one error, which -ErrorVariable gets and -ErrorAction decides about' {
            $Error.Clear()
            $null = . $fail -ErrorAction SilentlyContinue -ErrorVariable failure
            # where a step of all nodes fails by one of them, that is an error of its own
            $failure.Count | Should -Be $(if ($Cmdlet -eq 'Sync-KpHostsFile') { 2 } else { 1 })
            $failure[0].FullyQualifiedErrorId | Should -BeLike $id
            $failure[0].FullyQualifiedErrorId | Should -BeIn ([enum]::GetNames([KubePrep.ErrorId]).ForEach({ "$_$($id.TrimStart('*'))" }))
            $failure[0].TargetObject | Should -Not -BeNullOrEmpty
            $failure[0].ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
            $Error.Count | Should -Be $failure.Count
            $Error.Clear()
            $null = . $fail -ErrorAction Ignore 2>&1 | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] } | Should -BeNullOrEmpty
            $Error.Count | Should -Be 0
            { . $fail -ErrorAction Stop } | Should -Throw -ErrorId $id
        }

        It 'gives its warnings to -WarningVariable as to the stream' {
            $site = New-Site
            $said = Invoke-Expression "$Cmdlet $Good -ErrorAction SilentlyContinue -WarningVariable warnings 3>&1" |
                Where-Object { $_ -is [System.Management.Automation.WarningRecord] }
            @($warnings).Count | Should -Be @($said).Count
        }

        It 'says with -Verbose what it does' {
            $site = New-Site
            $said = . $succeed -Verbose -ErrorAction SilentlyContinue 4>&1 | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] }
            $said.Message | Should -Not -BeNullOrEmpty
            $said.Message | ForEach-Object { $_ | Should -Not -Match "[\e\n]|PRIVATE KEY" }
        }
    }

    It 'has done its work when a warning stops it' {
        $site = New-Site
        $rows = [System.Collections.Generic.List[object]]::new()
        { Remove-KpUser jane* -ClusterDirectory $site/prod -WarningAction Stop | ForEach-Object { $rows.Add($_) } } | Should -Throw '*revoked*'
        $rows.Status | Should -Be Removed
        Get-KpUser -ClusterDirectory $site/prod | Should -BeNullOrEmpty
    }

    It 'takes <Values> one by one through <Cmdlet>: the first is out before the second comes in' -ForEach @(
        @{ Cmdlet = 'Get-KpUser'; Values = '"jane*", "jane*"'; Arguments = '-ClusterDirectory $site/prod' }
        @{ Cmdlet = 'Import-KpInventory'; Values = '"$site/hosts", "$site/hosts"' }
        @{ Cmdlet = 'Invoke-KpDeployment'; Values = '@{ ClusterDirectory = "$site/a" }, @{ ClusterDirectory = "$site/b" } | ForEach-Object { [pscustomobject] $_ }'; Arguments = '-ClusterName c -Server https://192.0.2.1:6443' }
        @{ Cmdlet = 'New-KpCertificateAuthority'; Values = '"$site/a", "$site/b"' }
        @{ Cmdlet = 'New-KpClientCertificate'; Values = '"$site/prod/ssl", "$site/prod/ssl"'; Arguments = '-CommonName bob' }
        @{ Cmdlet = 'New-KpKubeconfig'; Values = '"$site/prod/ssl/admin.pem", "$site/prod/ssl/admin.pem"'; Arguments = '-Server https://192.0.2.1:6443 -ClusterName c -Path $site/x' }
        @{ Cmdlet = 'New-KpUser'; Values = '"bob", "eve"'; Arguments = '-Role View -ClusterDirectory $site/prod' }
        @{ Cmdlet = 'Remove-KpKubeconfigContext'; Values = '"context-c1", "nosuch"'; Arguments = '-Path $site/prod/kubectl.kubeconfig' }
        @{ Cmdlet = 'Remove-KpUser'; Values = '"jane*", "nobody"'; Arguments = '-ClusterDirectory $site/prod' }
        @{ Cmdlet = 'Test-KpDeployment'; Values = '"$site/prod", "$site/prod"' }
        @{ Cmdlet = 'Update-KpCertificate'; Values = '"admin", "kube-proxy" | ForEach-Object { [pscustomobject] @{ Name = $_ } }'; Arguments = '-ClusterDirectory $site/prod' }
    ) {
        $site = New-Site
        $given = 0
        $first = Invoke-Expression "$Values | ForEach-Object { `$script:given++; `$_ } | $Cmdlet $Arguments -WarningAction SilentlyContinue | Select-Object -First 1"
        $first | Should -Not -BeNullOrEmpty
        $script:given | Should -Be 1
        $script:given = $null
    }
}

Describe '-WhatIf' {
    It 'leaves everything as it is: <Cmdlet>' -ForEach $changing {
        $site = New-Site
        $tree, $machine = (Get-Tree $site), (Get-MachineState)
        $rows = Invoke-Expression "$Cmdlet $($Good -replace ' -WhatIf') -WhatIf -WarningAction SilentlyContinue -ErrorAction SilentlyContinue"
        Get-Tree $site | Should -Be $tree
        Get-MachineState | Should -Be $machine
        $rows | Should -Not -BeNullOrEmpty
        foreach ($row in $rows) {
            $row.GetType() | Should -BeIn (Get-Command $Cmdlet).OutputType.Type
        }
    }

    It 'is tried with every cmdlet that changes something' -TestCases @{ Names = $changing.Cmdlet } {
        $Names | Should -Be (Get-Command -Module KubePrep | Where-Object { $_.Verb -notin 'Get', 'Test', 'Import' }).Name
    }
}

Describe 'Runspaces and jobs' {
    It 'do the same for <Cmdlet>: two at once, and a job of a thread' -ForEach $invocations {
        $count = (Invoke-Expression (Get-Script $Cmdlet $Good (New-Site))).Count
        $scripts = 1..3 | ForEach-Object { Get-Script $Cmdlet $Good (New-Site) }
        $counts = $scripts[0, 1] | ForEach-Object -Parallel { @(Invoke-Expression $_).Count }
        $counts | Should -Be $count, $count
        $rows = Start-ThreadJob ([scriptblock]::Create($scripts[2])) | Receive-Job -Wait -AutoRemoveJob
        @($rows).Count | Should -Be $count
        $rows[0].PSObject.TypeNames | Should -Contain @((Get-Command $Cmdlet).OutputType.Name)[0]
    }

    It 'send rows that are still shown: <Cmdlet>' -ForEach @(
        @{ Cmdlet = 'Get-KpCertificate'; Arguments = '$site/prod'; Shown = 'kube-proxy +system:kube-proxy .*Good' }
        @{ Cmdlet = 'Test-KpNodePreparation'; Arguments = 'localhost'; Shown = 'localhost +(Compliant|Drifted)' }
    ) {
        $rows = Start-Job ([scriptblock]::Create((Get-Script $Cmdlet $Arguments (New-Site)))) | Receive-Job -Wait -AutoRemoveJob
        $rows | Out-String -Width 120 | Should -Match $Shown
        $rows | Format-List | Out-String -Width 120 | Should -Match 'Status +: (Good|Compliant|Drifted)'
    }
}

Describe 'Rows of nodes' -Skip:$cannotServe {
    BeforeAll {
        $server = Start-SshServer
        $arguments = "-KeyFilePath '$($server.Connection.KeyFilePath)' -KnownHostsPath '$($server.Connection.KnownHostsPath)'"
    }

    AfterAll { Stop-SshServer $server }

    BeforeEach {
        $silent = New-SilentListener
        $port = $silent.LocalEndpoint.Port
        $nodes = "'root@127.0.0.1:$port', '$($server.Address)' | "
        $options = "$arguments -ConnectionTimeoutSeconds 600 -WarningAction SilentlyContinue"
    }

    AfterEach { $silent.Stop() }

    It 'come as nodes are done, and errors with their own: <_>' -ForEach 'Get-KpNode', 'Test-KpNodePreparation', 'Invoke-KpNodePreparation -WhatIf' {
        $work = Start-Shell "Import-Module '$RepositoryRoot/KubePrep.psd1'; $nodes $_ $options"
        try {
            Wait-Until { $work.Output.Count -gt 0 -or $work.Running.IsCompleted } 'The first row'
            "$($work.Output[0].Node)" | Should -Be $server.Address
            $work.Running.IsCompleted | Should -BeFalse
            Get-ProcessOfPort $port | Should -Not -BeNullOrEmpty
            $work.Shell.Streams.Error.Count | Should -Be 0
            $silent.Stop() # the node that was waited for has gone
            Wait-Until { $work.Running.IsCompleted } 'The end'
            $work.Shell.Streams.Error.TargetObject | Should -Be "root@127.0.0.1:$port"
            Get-ProcessOfPort $port | Should -BeNullOrEmpty
        } finally {
            $work.Shell.Stop()
            $work.Shell.Dispose()
        }
    }

    It 'give way to Select-Object -First, and leave no process: <_>' -ForEach 'Get-KpNode', 'Test-KpNodePreparation', 'Invoke-KpNodePreparation -WhatIf' {
        $first = Invoke-Expression "$nodes $_ $options | Select-Object -First 1"
        "$($first.Node)" | Should -Be $server.Address
        Get-ProcessOfPort $port | Should -BeNullOrEmpty
    }

    It 'stop at an error where that is wanted, and leave no process: <_>' -ForEach @(
        '"-n", "root@127.0.0.1:{0}" | Get-KpNode {1} -ErrorAction Stop'
        '"-n", "root@127.0.0.1:{0}" | Test-KpNodePreparation {1} -ErrorAction Stop'
        '"-n", "root@127.0.0.1:{0}" | Invoke-KpNodePreparation {1} -WhatIf -ErrorAction Stop'
    ) {
        { Invoke-Expression ($_ -f $port, $options) } | Should -Throw -ErrorId 'InvalidNode,*'
        Get-ProcessOfPort $port | Should -BeNullOrEmpty
    }

    It 'stop when the user presses Ctrl+C in a terminal, and leave no process' -Skip:(-not (Get-Command script -ErrorAction Ignore)) {
        $script = "$(New-TestPath).ps1"
        # no progress: for its place, the terminal would be asked where its cursor is
        Set-Content $script "`$ProgressPreference = 'Ignore'; Import-Module '$RepositoryRoot/KubePrep.psd1'; $nodes Get-KpNode $options; 'went on'"
        $start = [Diagnostics.ProcessStartInfo]::new('script', [string[]] ('-qec', "pwsh -NoProfile -File '$script'", '/dev/null'))
        $start.RedirectStandardInput = $start.RedirectStandardOutput = $true
        $terminal = [Diagnostics.Process]::Start($start)
        try {
            Wait-Until { $terminal.HasExited -or (Get-ProcessOfPort $port) } 'The start of ssh'
            $terminal.StandardInput.Write([char] 3)
            $terminal.StandardInput.Flush()
            $output = $terminal.StandardOutput.ReadToEndAsync()
            $terminal.WaitForExit(30000) | Should -BeTrue
            $output.Result | Should -Not -Match 'went on'
            Get-ProcessOfPort $port | Should -BeNullOrEmpty
        } finally {
            $terminal.Kill($true)
            $terminal.WaitForExit()
        }
    }
}
