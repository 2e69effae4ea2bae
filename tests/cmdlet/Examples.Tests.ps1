BeforeDiscovery {
    . $PSScriptRoot/common.ps1

    # The only examples that are not run, as they connect to other machines. Each of these pages has one for this machine as well.
    $needsNodes = @{
        'Get-KpNode'               = 2, 3, 4, 5
        'Get-KpTimeSync'           = 2, 3, 4
        'Invoke-KpNodePreparation' = 2, 3, 4, 5, 6
        'Set-KpTimeSync'           = 2, 3, 4, 5
        'Sync-KpHostsFile'         = 2, 3, 4, 5, 6
        'Test-KpNodePreparation'   = 2, 3, 4, 5
    }

    # the examples of a page, each with its commands and what it shows of their output
    function Get-Example([string] $Name) {
        $text = Get-Content -Raw (Join-Path $RepositoryRoot docs/en-US "$Name.md")
        foreach ($example in [regex]::Matches($text, '(?ms)^### Example (\d+): (.*?)\n(.*?)(?=^###? )')) {
            $number = [int] $example.Groups[1].Value
            @{
                Number = $number
                Title  = $example.Groups[2].Value
                Code   = Get-Block $example.Groups[3].Value powershell
                Output = Get-Block $example.Groups[3].Value Output
                IsRun  = $number -notin $needsNodes[$Name]
            }
        }
    }

    function Get-Block([string] $Text, [string] $Language) {
        [regex]::Matches($Text, "(?ms)^``````$Language\n(.*?)\n``````$").ForEach({ $_.Groups[1].Value }) -join "`n"
    }

    $pages = foreach ($name in (Get-Command -Module KubePrep).Name) {
        @{ Cmdlet = $name; Examples = @(Get-Example $name); Unrun = $needsNodes[$name]; IsAboutNodes = $name -in $needsNodes.Keys }
    }
}

BeforeAll {
    . $PSScriptRoot/common.ps1

    # what the examples of all pages may begin with: a cluster's directory prod, and the user's own configuration nowhere yet
    function New-UserHome([hashtable[]] $Example) {
        $path = (New-Item -ItemType Directory (New-TestPath)).FullName
        if ($Example[0].Code -notmatch 'Invoke-KpDeployment \./prod') {
            $null = Invoke-KpDeployment "$path/prod" prod $Server
        }
        $path
    }

    # what each of the examples prints
    function Invoke-Example([hashtable[]] $Example, [string] $UserHome) {
        $mark = [guid]::NewGuid().ToString()
        $environment = "HOME=$UserHome", "PATH=$RepositoryRoot/bin/cli:$env:PATH", 'LC_ALL=C.UTF-8', 'TZ=UTC', 'NO_COLOR=1'
        $arguments = '-Module', "$RepositoryRoot/KubePrep.psd1", '-Example', (ConvertTo-Json @($Example.Code)), '-Mark', $mark
        # one stream, so that errors and warnings stand where they came
        $text = sh -c 'cd "$1" && shift && exec env "$@" 2>&1' sh $UserHome @environment `
            pwsh -NoProfile -NonInteractive -File "$PSScriptRoot/examples.ps1" @arguments
        ($text -join "`n") -split $mark | Select-Object -Skip 1
    }

    # A text without what differs from run to run: white space, as paths are not always as long; numbers, dates and names that are drawn.
    function Get-Shape([string] $Text, [string] $UserHome) {
        ($Text -replace '\s').Replace($UserHome, '/home/ada') `
            -creplace '[0-9A-F]{32,}', 'HEX' `
            -creplace '\d{8}T\d{6}Z(-\d(?=\D|$|\d{8}T))?', 'TIME' `
            -creplace '-[a-z2-7]{8}', '-NAME' `
            -replace '\d+', '0' `
            -replace '([-~])+', '$1'
    }

    # the headers of tables, and the labels of lists: the rest is what the machine says
    function Get-Heading([string] $Text) {
        [regex]::Matches($Text, '(?m)^.+(?=\n-+(?: +-+)* *$)|^\w+(?= *: )').ForEach({ $_.Value -replace '\s+', ' ' }) -join "`n"
    }
}

Describe 'The list of examples that are not run' {
    It 'names some of <Cmdlet> that there are' -ForEach ($pages | Where-Object IsAboutNodes) {
        $Unrun | Should -BeIn $Examples.Number
    }
}

Describe 'The examples of <Cmdlet>' -ForEach $pages {
    BeforeAll {
        $run = @($Examples | Where-Object IsRun)
        $printed = @{}
        if ($run) {
            $userHome = New-UserHome $run
            $texts = @(Invoke-Example $run $userHome)
            0..($run.Count - 1) | ForEach-Object { $printed[$run[$_].Number] = $texts[$_] }
        }
    }

    It 'print what the page shows: <Number>, <Title>' -ForEach ($Examples | Where-Object IsRun) {
        if ($Code -match '(?m)^kubectl ' -and -not (Get-Command kubectl -ErrorAction Ignore)) {
            Set-ItResult -Skipped -Because 'kubectl is not installed'
            return
        }
        $shown, $actual = $Output, $printed[$Number] | ForEach-Object { $IsAboutNodes ? (Get-Heading $_) : (Get-Shape $_ $userHome) }
        $actual | Should -Be $shown -Because "it printed:`n$($printed[$Number])`n"
    }
}
