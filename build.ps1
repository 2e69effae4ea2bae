#!/usr/bin/env pwsh
<#
.SYNOPSIS
Builds, tests and packages the KubePrep module.
.DESCRIPTION
Build, Test and Package are those of build.sh. Docs makes en-US/KubePrep.dll-Help.xml out of the pages in docs/en-US, with
Microsoft.PowerShell.PlatyPS 1.0. Pester runs the cmdlets' tests against the built module.
.EXAMPLE
./build.ps1 -Task Build
#>
[CmdletBinding()]
param(
    [ValidateSet('Build', 'Test', 'Docs', 'Pester', 'Package')]
    [string] $Task = 'Build'
)

$ErrorActionPreference = 'Stop'
Set-StrictMode -Version Latest
$root = $PSScriptRoot

function Invoke-BuildScript([string] $Verb) {
    & (Join-Path $root 'build.sh') $Verb
    if ($LASTEXITCODE -ne 0) {
        throw "build.sh $Verb ended with $LASTEXITCODE."
    }
}

function Invoke-Docs {
    Import-Module Microsoft.PowerShell.PlatyPS -MinimumVersion 1.0
    $scratch = New-Item -ItemType Directory -Path (Join-Path ([IO.Path]::GetTempPath()) ([guid]::NewGuid()))
    try {
        Import-MarkdownCommandHelp -Path (Join-Path $root 'docs/en-US/*-*.md') |
            Export-MamlCommandHelp -OutputFolder $scratch -Force | Out-Null
        Copy-Item (Join-Path $scratch 'KubePrep/KubePrep.dll-Help.xml') (Join-Path $root 'en-US')
    } finally {
        Remove-Item -Recurse $scratch
    }
}

function Invoke-Pester5 {
    # as at a user's prompt
    Set-StrictMode -Off
    Import-Module Pester -MinimumVersion 5.5
    $configuration = New-PesterConfiguration
    $configuration.Run.Path = Join-Path $root 'tests/cmdlet'
    $configuration.Run.PassThru = $true
    $configuration.Output.Verbosity = 'Normal'
    $result = Invoke-Pester -Configuration $configuration
    $failed = $result.FailedCount + $result.FailedContainersCount + $result.FailedBlocksCount
    "Pester: $($result.PassedCount) passed, $failed failed, $($result.SkippedCount + $result.NotRunCount) skipped"
    if ($failed -gt 0) {
        throw 'Pester tests failed.'
    }
}

switch ($Task) {
    'Build' { Invoke-BuildScript build }
    'Test' { Invoke-BuildScript test }
    'Docs' { Invoke-Docs }
    'Pester' { Invoke-Pester5 }
    'Package' { Invoke-BuildScript package }
}
