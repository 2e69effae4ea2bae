BeforeDiscovery {
    $hasNoTerminal = -not (Get-Command script -CommandType Application -ErrorAction Ignore)
}

BeforeAll {
    . $PSScriptRoot/common.ps1
    . $PSScriptRoot/samples.ps1

    # the types that the cmdlets put out, and those of the properties that users look into
    function Get-ShownType {
        $seen = [System.Collections.Generic.HashSet[type]]::new()
        $queue = [System.Collections.Generic.Queue[type]]::new([type[]] (Get-Command -Module KubePrep).OutputType.Type)
        while ($queue.Count -gt 0) {
            $type = $queue.Dequeue()
            if ($type.Namespace -like 'KubePrep*' -and -not $type.IsEnum -and $type -ne [KubePrep.Facts.NodeFileCollection] -and $seen.Add($type)) {
                $type.GetProperties().PropertyType.ForEach({ $_; $_.GetGenericArguments() }).ForEach({ $queue.Enqueue($_) })
            }
        }
        $queue.Enqueue([KubePrep.Facts.NodeFile])
        $null = $seen.Add([KubePrep.Facts.NodeFile])
        $seen
    }

    # the views of a type
    function Get-View([type] $Type, [string] $Control) {
        for ($one = $Type; $one; $one = $one.BaseType) {
            $found = Get-FormatData $one.FullName | ForEach-Object FormatViewDefinition | Where-Object { $_.Control -is "System.Management.Automation.$Control" }
            if ($found) {
                return $found.Control
            }
        }
    }

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

    It 'are there for every type that users get to see' {
        foreach ($type in Get-ShownType) {
            Get-View $type TableControl | Should -Not -BeNullOrEmpty -Because "$type is shown"
            $samples.Where({ $_.GetType() -eq $type }) | Should -Not -BeNullOrEmpty -Because "$type has to be tried"
        }
        foreach ($type in (Get-Command -Module KubePrep).OutputType.Type | Where-Object { $_ -ne [bool] }) {
            Get-View $type ListControl | Should -Not -BeNullOrEmpty -Because "$type is put out"
        }
    }

    It 'show everything in 100 columns' {
        foreach ($sample in $samples) {
            $text = $sample | Format-Table | Out-String -Width 100
            $text | Should -Not -Match '…'
            $text -split "`n" | ForEach-Object { $_.Length | Should -BeLessOrEqual 100 }
            # a column that does not fit is left out with its label
            $letters = $text -replace '\s'
            foreach ($label in (Get-View $sample.GetType() TableControl).Headers.Label) {
                $letters | Should -BeLike "*$($label -replace '\s')*" -Because "$($sample.GetType()) has it"
            }
        }
    }

    It 'list what there is in words' {
        foreach ($sample in $samples.Where({ Get-View $_.GetType() ListControl })) {
            $text = $sample | Format-List | Out-String -Width 100
            $text | Should -Not -Match '…|System\.|KubePrep\.\w+\.|\w \{ \w+ = '
            $text -split "`n" | ForEach-Object { $_.Length | Should -BeLessOrEqual 100 }
        }
    }

    It 'make no column of rows that come one by one too narrow for those that come later' {
        $first = New-Row 'n1' Changed 0.1
        Set-Property $first @{ Steps = [KubePrep.Preparation.StepResult[]] [KubePrep.Preparation.StepResult]::new('Journal', 'Changed', 'x') }
        $rows = & {
            $first
            Start-Sleep -Milliseconds 400 # PowerShell makes columns as wide as the rows of the first 300 ms are
            New-Row 'n2' Changed 0.1
            New-Row 'n3' Unreachable 0.1
        } | Out-String -Width 100
        $rows | Should -Match 'n3 +Unreachable( Compliant){5} +0\.1 s'
    }
}

Describe 'Colours' {
    BeforeAll {
        $rendering = $PSStyle.OutputRendering
        $escape = [char] 27

        # a script for a process of PowerShell, which has the samples
        function New-Script([string] $Command) {
            $script = "$(New-TestPath).ps1"
            # no progress: for its place, the terminal would be asked where its cursor is
            Set-Content $script "`$ProgressPreference = 'Ignore'", ". '$PSScriptRoot/common.ps1'", ". '$PSScriptRoot/samples.ps1'", $Command
            $script
        }

        # what it prints in a terminal
        function Invoke-InTerminal([string] $Command, [string] $Environment) {
            $script = New-Script $Command
            ((script -qec "stty cols 100; env TERM=xterm $Environment pwsh -NoProfile -File '$script'" /dev/null) -join "`n").Replace("`r", '')
        }
    }

    AfterAll { $PSStyle.OutputRendering = $rendering }

    It 'make <Word> <Color>' -ForEach @(
        @{ Color = 'green'; Code = 32; Word = 'Good' }, @{ Color = 'green'; Code = 32; Word = 'Compliant' }
        @{ Color = 'green'; Code = 32; Word = 'Synchronized' }, @{ Color = 'green'; Code = 32; Word = 'Created' }
        @{ Color = 'yellow'; Code = 33; Word = 'Changed' }, @{ Color = 'yellow'; Code = 33; Word = 'Expiring' }
        @{ Color = 'yellow'; Code = 33; Word = 'Warning' }, @{ Color = 'red'; Code = 31; Word = 'Failed' }
        @{ Color = 'red'; Code = 31; Word = 'Expired' }, @{ Color = 'red'; Code = 31; Word = 'Unreachable' }
        @{ Color = 'red'; Code = 31; Word = 'Mismatch' }
    ) {
        $PSStyle.OutputRendering = 'Ansi'
        [KubePrep.Formatting.ViewText]::Status($Word) | Should -Be "$escape[${Code}m$Word$escape[0m"
        [KubePrep.Formatting.ViewText]::Status($Word, 15) | Should -Be "$escape[${Code}m$Word$escape[0m$(' ' * (15 - $Word.Length))"
    }

    It 'are decided for every word that says how something is' {
        $PSStyle.OutputRendering = 'Ansi'
        $plain = 'HostOwned', 'Skipped' # left alone, and not asked for
        $enums = [KubePrep.Inventory.Node].Assembly.GetExportedTypes().Where({ $_.IsEnum -and $_.Name -match '(Status|Verdict)$' })
        $enums.Count | Should -BeGreaterThan 8
        foreach ($word in $enums.ForEach({ [enum]::GetNames($_) }) + [enum]::GetNames([KubePrep.Facts.NtpOutcome]) + 'Unknown') {
            [KubePrep.Formatting.ViewText]::Status($word).Contains($escape) | Should -Be ($word -notin $plain) -Because $word
        }
    }

    It 'leave other words and no word alone' {
        $PSStyle.OutputRendering = 'Ansi'
        [KubePrep.Formatting.ViewText]::Status('other') | Should -BeExactly other
        [KubePrep.Formatting.ViewText]::Status($null) | Should -BeExactly ''
        [KubePrep.Formatting.ViewText]::Status($null, 3) | Should -BeExactly '   '
    }

    It 'show what a diff removes and adds, and not the names of its files' {
        $PSStyle.OutputRendering = 'Ansi'
        [KubePrep.Formatting.ViewText]::Diff("--- a`n+++ a`n@@ -1,2 +1,2 @@`n x`n--- y`n+++ z`n") |
            Should -Be "--- a`n+++ a`n@@ -1,2 +1,2 @@`n x`n$escape[31m--- y$escape[0m`n$escape[32m+++ z$escape[0m"
        [KubePrep.Formatting.ViewText]::Diff("-1`n+0`n") | Should -Be "$escape[31m-1$escape[0m`n$escape[32m+0$escape[0m"
        [KubePrep.Formatting.ViewText]::Diff('') | Should -BeExactly ''
    }

    It 'keep offsets short: <Seconds> s' -ForEach @(
        @{ Seconds = 0; Text = '0.000 s' }, @{ Seconds = 0.0004; Text = '0.000 s' }, @{ Seconds = -0.437; Text = '-0.437 s' }
        @{ Seconds = 999.999; Text = '+999.999 s' }, @{ Seconds = 1000; Text = '+1000 s' }, @{ Seconds = -12345.6; Text = '-12346 s' }
        @{ Seconds = 864000; Text = '+10.0 d' }, @{ Seconds = -1767225600; Text = '-20454.0 d' }
    ) {
        [KubePrep.Formatting.ViewText]::Offset([timespan]::FromSeconds($Seconds)) | Should -BeExactly $Text
        [KubePrep.Formatting.ViewText]::Offset($null) | Should -BeExactly ''
    }

    It 'do not come through where PowerShell renders <_>' -ForEach PlainText, Host {
        $PSStyle.OutputRendering = $_
        ($samples | Format-List | Out-String).Contains($escape) | Should -BeFalse
        ($samples | Out-String).Contains($escape) | Should -BeFalse
        $file = New-TestPath
        $samples > $file
        (Get-Content -Raw $file).Contains($escape) | Should -BeFalse
    }

    It 'come through where PowerShell renders Ansi, with columns as before' {
        $PSStyle.OutputRendering = 'Ansi'
        $colored = $samples | Format-Table | Out-String -Width 100
        $PSStyle.OutputRendering = 'PlainText'
        $plain = $samples | Format-Table | Out-String -Width 100
        $colored | Should -Match "$escape\[33mWouldReplace$escape\[0m"
        $colored -replace "$escape\[[\d;]*m" -replace ' +\n', "`n" | Should -Be ($plain -replace ' +\n', "`n")
    }

    It 'are in no row of a process whose output is redirected' {
        # the labels are PowerShell's own, and it colours them
        $script = New-Script '$samples | Format-Table; $samples | Format-List'
        $lines = pwsh -NoProfile -File $script
        $lines -match 'WouldReplace' | Should -Not -BeNullOrEmpty
        $lines -match "WouldReplace$escape" | Should -BeNullOrEmpty
        $lines -match '^ +[-+](removed|added)$' | Should -Not -BeNullOrEmpty
        $lines -match "$escape.*[-+](removed|added)" | Should -BeNullOrEmpty
        $file = New-TestPath
        pwsh -NoProfile -Command ". '$script' > '$file'"
        (Get-Content -Raw $file).Contains($escape) | Should -BeFalse
        (Get-Content -Raw $file) | Should -Match 'WouldReplace'
    }

    It 'are in a terminal''s rows, whose columns stay' -Skip:$hasNoTerminal {
        $command = '$samples | Where-Object { $_ -is [KubePrep.Preparation.NodePreparation] -or $_ -is [KubePrep.Preparation.StepResult] } | Format-Table'
        $text = Invoke-InTerminal $command
        $text | Should -Match "root@control-plane-1\.lan $escape\[31mUnreachable$escape\[0m $escape\[32mCompliant$escape\[0m $escape\[32mCompliant$escape\[0m "
        $plain = Invoke-InTerminal $command 'NO_COLOR=1'
        $plain | Should -Not -Match "$escape\[\d*m"
        $sequences = "$escape(\[[\d;?]*[a-zA-Z]|=)"
        $text -replace $sequences -replace ' +\n', "`n" | Should -Be ($plain -replace $sequences -replace ' +\n', "`n")
    }

    It 'are in a terminal''s diffs' -Skip:$hasNoTerminal {
        $command = '$samples | Where-Object { $_ -is [KubePrep.Changes.Change] } | Format-List'
        $text = Invoke-InTerminal $command
        $text | Should -Match "$escape\[31m-removed$escape\[0m"
        $text | Should -Match "$escape\[32m\+added$escape\[0m"
        $text | Should -Match '(?m)--- /etc/a$'
        Invoke-InTerminal $command 'NO_COLOR=1' | Should -Match ' -removed\n +\+added'
        Invoke-InTerminal "`$PSStyle.OutputRendering = 'PlainText'; $command" | Should -Match ' -removed\n +\+added'
    }

    It 'are in no file that is written from a terminal' -Skip:$hasNoTerminal {
        $file, $string = (New-TestPath), (New-TestPath)
        $null = Invoke-InTerminal "`$samples > '$file'; [IO.File]::WriteAllText('$string', (`$samples | Format-List | Out-String))"
        foreach ($text in (Get-Content -Raw $file), (Get-Content -Raw $string)) {
            $text | Should -Match 'WouldReplace'
            $text.Contains($escape) | Should -BeFalse
        }
    }
}
