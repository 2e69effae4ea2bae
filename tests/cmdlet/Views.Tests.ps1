BeforeAll {
    . $PSScriptRoot/common.ps1

    # sets what only a constructor may
    function Set-Property($Object, [hashtable] $Value) {
        foreach ($name in $Value.Keys) {
            $Object.GetType().GetProperty($name).SetValue($Object, $Value[$name])
        }
    }

    # a row as a check has it, with the longest words that a status can be
    function New-Row([string] $Node, [KubePrep.Preparation.PreparationStatus] $Status, [double] $Seconds) {
        $row = [KubePrep.Preparation.NodePreparation]::new()
        $steps = ([enum]::GetValues([KubePrep.Changes.StepName]) -ne 'HostsFile').ForEach({
                [KubePrep.Preparation.StepResult]::new($_, [KubePrep.Preparation.StepStatus]::Compliant, 'it is as it should be')
            })
        $change = [KubePrep.Changes.Change]::new()
        Set-Property $row @{
            Node     = [KubePrep.Inventory.Node]::new($Node)
            Status   = $Status
            Duration = [timespan]::FromSeconds($Seconds)
            Warnings = [string[]] 'a warning'
            Steps    = [KubePrep.Preparation.StepResult[]] $steps
            Changes  = [KubePrep.Changes.Change[]] $change
        }
        Set-Property $change @{
            Step   = [KubePrep.Changes.StepName]::Journal
            Action = [KubePrep.Changes.ChangeAction]::WriteFile
            Target = '/etc/a/rather/long/path/of/a/file.conf'
            Reason = 'ten words of why it has to be so differ'
            Diff   = "--- /dev/null`n+++ /etc/a`n@@ -0,0 +1 @@`n+a=1`n"
        }
        $row
    }

    # what came of a hosts file
    function New-HostsFileRow([string] $Node, [KubePrep.HostsFile.HostsFileStatus] $Status, [double] $Seconds) {
        $row = [KubePrep.HostsFile.HostsFileResult]::new()
        $change = [KubePrep.Changes.Change]::new()
        Set-Property $change @{
            Step   = [KubePrep.Changes.StepName]::HostsFile
            Action = [KubePrep.Changes.ChangeAction]::WriteFile
            Target = '/etc/hosts'
            Reason = "it has not the nodes' names"
            Diff   = "--- /etc/hosts`n+++ /etc/hosts`n@@ -0,0 +1 @@`n+192.0.2.1 n1`n"
        }
        Set-Property $row @{
            Node     = [KubePrep.Inventory.Node]::new($Node)
            Status   = $Status
            Added    = 12
            Changed  = 3
            Removed  = 1
            Duration = [timespan]::FromSeconds($Seconds)
            Changes  = [KubePrep.Changes.Change[]] $change
        }
        $row
    }

    $rows = @(
        New-Row 'n1' Compliant 0.1
        New-Row 'root@control-plane-1.lan' Unreachable 1234.4
    )
}

Describe 'Views' {
    It 'show every status whole in <_> columns' -ForEach 100, 120 {
        $text = $rows | Out-String -Width $_
        $lines = $text -split "`n"
        $lines | ForEach-Object { $_.Length | Should -BeLessOrEqual 120 }
        $text | Should -Not -Match '…'
        ($lines -like '*Node*Status*Packages*Journal*Swap*Modules*Sysctl*Time*') | Should -HaveCount 1
        ($lines -like 'n1 *') | Should -Match 'Compliant( +Compliant){5} +0\.1 s'
        $text | Should -Match 'Unreachable( Compliant){5} +1234 s'
    }

    It 'show the status of nodes and steps whole in 80 columns' {
        $text = $rows[0] | Out-String -Width 80
        $text | Should -Match 'n1 +Compliant( +Compliant){5}'
        $text | Should -Not -Match '…'
    }

    It 'lose nothing of reasons and targets in 80 columns' {
        foreach ($item in $rows[0].Steps, $rows[0].Changes) {
            ($item | Out-String -Width 80) | Should -Not -Match '…'
        }
    }

    It 'list a row with its diffs, and leave out what is not there' {
        $text = $rows[0] | Format-List | Out-String -Width 100
        $text | Should -Match 'Journal +Compliant it is as it should be'
        $text | Should -Match '\n +\+a=1\n'
        $text | Should -Match 'Warnings : a warning'
        $text | Should -Not -Match 'Error|Recommendation'
    }

    It 'show what came of hosts files whole in <_> columns' -ForEach 80, 100 {
        $rows = @(
            New-HostsFileRow 'n1' Compliant 0.1
            New-HostsFileRow 'root@control-plane-1.lan' Unreachable 1234.4
        )
        $text = $rows | Out-String -Width $_
        $text -split "`n" | ForEach-Object { $_.Length | Should -BeLessOrEqual 80 }
        $text | Should -Not -Match '…'
        $text | Should -Match 'Node +Status +Added +Changed +Removed +Time'
        $text | Should -Match 'n1 +Compliant +12 +3 +1 +0\.1 s'
        $text | Should -Match 'Unreachable +12 +3 +1 +1234\.4 s'
    }

    It 'list what came of a hosts file with its diff, and leave out what is not there' {
        $text = New-HostsFileRow 'n1' Changed 0.1 | Format-List | Out-String -Width 100
        $text | Should -Match 'Node +: n1\nStatus +: Changed\nAdded +: 12\nChanged +: 3\nRemoved +: 1\nDuration : 0\.1 s\n'
        $text | Should -Match 'Changes +: HostsFile: WriteFile /etc/hosts \(it has not the nodes'' names\)\n'
        $text | Should -Match '\n +\+192\.0\.2\.1 n1\n'
        $text | Should -Not -Match 'Warnings|Error|Recommendation'
        $row = Sync-KpHostsFile '-n' -MasterNode '-n' -ErrorAction SilentlyContinue
        $text = $row | Format-List | Out-String -Width 200
        $text | Should -Match 'Error +: InvalidNode: The host name'
        $text | Should -Match 'Recommendation : Give another host name'
        $text | Should -Not -Match ' at KubePrep|Changes|Warnings'
    }

    It 'list an error by its id, message and way out, without a stack' {
        $row = Test-KpNodePreparation '-n' -ErrorAction SilentlyContinue
        $text = $row | Format-List | Out-String -Width 200
        $text | Should -Match 'Error +: InvalidNode: The host name'
        $text | Should -Match 'Recommendation : Give another host name'
        $text | Should -Not -Match ' at KubePrep|Changes|Steps'
    }

    It 'show nodes and facts without truncation in 100 columns' {
        $facts = Get-KpNode localhost
        ($facts | Out-String -Width 100) | Should -Match 'Node +Hostname +Address +System +CPUs +Memory +Kernel'
        ($facts, $facts.Node, $facts.Packages, $facts.Units, $facts.Files | ForEach-Object { $_ | Out-String -Width 100 }) -join '' |
            Should -Not -Match '…'
    }
}
