BeforeDiscovery {
    . $PSScriptRoot/common.ps1
    $cmdlets = (Get-Command -Module KubePrep).Name
}

BeforeAll {
    . $PSScriptRoot/common.ps1

    function Get-Page([string] $Name) {
        Get-Content -Raw (Join-Path $RepositoryRoot docs/en-US "$Name.md")
    }
}

Describe 'The help' {
    It 'of <_> has every parameter' -ForEach $cmdlets {
        $common = [System.Management.Automation.PSCmdlet]::CommonParameters
        $parameters = (Get-Command $_).Parameters.Keys | Where-Object { $_ -notin $common } | Sort-Object
        [regex]::Matches((Get-Page $_), '(?m)^### -(\w+)$').ForEach({ $_.Groups[1].Value }) | Should -Be $parameters
    }

    It 'of <_> has every property of its outputs, and of what they hold' -ForEach $cmdlets {
        $page = Get-Page $_
        $headings = [regex]::Matches($page, '(?ms)^### (KubePrep\.[\w.]+)\n(.*?)(?=^##)')
        $headings.ForEach({ $_.Groups[1].Value }) | Should -Contain ((Get-Command $_).OutputType.Name | Where-Object { $_ -like 'KubePrep.*' } | Select-Object -First 1)
        foreach ($heading in $headings) {
            $type = [type] $heading.Groups[1].Value
            $type | Should -Not -BeNullOrEmpty
            if ($heading.Index -gt $page.IndexOf("`n## OUTPUTS`n")) {
                foreach ($property in $type.GetProperties('Public, Instance, DeclaredOnly').Where({ $_.GetIndexParameters().Count -eq 0 }).Name) {
                    $heading.Groups[2].Value | Should -Match "``$property``" -Because "$type has it"
                }
            }
        }
    }

    It 'of <_> names only errors that there are' -ForEach $cmdlets {
        $notes = (Get-Page $_) -replace '(?s)^.*\n## NOTES\n'
        $ids = [regex]::Matches($notes, '(?m)^- `(\w+)`:').ForEach({ $_.Groups[1].Value })
        $ids.Count | Should -BeGreaterThan 1
        $ids | Should -BeIn ([enum]::GetNames([KubePrep.ErrorId]))
    }

    It 'is made from the pages as they are' -Skip:(-not (Get-Module -ListAvailable Microsoft.PowerShell.PlatyPS)) {
        $scratch = New-TestPath
        $null = pwsh -NoProfile -NonInteractive -Command @"
            Import-Module Microsoft.PowerShell.PlatyPS
            Import-MarkdownCommandHelp -Path '$RepositoryRoot/docs/en-US/*-*.md' | Export-MamlCommandHelp -OutputFolder '$scratch' -Force
"@
        Get-Content -Raw "$scratch/KubePrep/KubePrep.dll-Help.xml" | Should -Be (Get-Content -Raw (Join-Path $RepositoryRoot en-US/KubePrep.dll-Help.xml))
    }

    It 'has the topic <_>' -ForEach 'about_KubePrep', 'about_KubePrep_Security', 'about_KpNode', 'about_KpPreparationProfile' {
        $text = Get-Content (Join-Path $RepositoryRoot en-US "$_.help.txt")
        ($text | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 80
        (Get-Help $_ | Out-String) | Should -BeLike "*$_*"
        foreach ($name in [regex]::Matches($text -join "`n", '\b[A-Z][a-z]+-Kp\w+')) {
            Get-Command $name.Value | Should -Not -BeNullOrEmpty
        }
    }
}
