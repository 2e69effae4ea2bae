BeforeAll {
    . $PSScriptRoot/common.ps1
}

Describe 'The help' {
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
