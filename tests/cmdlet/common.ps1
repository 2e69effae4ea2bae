# Loaded by every test file: the built module, and a directory of the test's own.
$ErrorActionPreference = 'Stop'
$RepositoryRoot = Split-Path (Split-Path $PSScriptRoot)
Import-Module (Join-Path $RepositoryRoot 'KubePrep.psd1')

$Server = 'https://192.0.2.10:6443'
$Deployment = @{ ClusterName = 'c1'; Server = $Server }

function New-TestPath {
    Join-Path $TestDrive ([guid]::NewGuid())
}

# every file below a directory with its mode and content, to compare before and after
function Get-Tree([string] $Path) {
    if (-not (Test-Path -LiteralPath $Path)) {
        return ''
    }
    (Get-ChildItem -LiteralPath $Path -Recurse -Force | Sort-Object FullName | ForEach-Object {
        '{0} {1} {2}' -f $_.FullName, $_.UnixFileMode, $(if ($_.PSIsContainer) { '' } else { (Get-FileHash -LiteralPath $_.FullName).Hash })
    }) -join "`n"
}

# what Tab offers at the end of a line
function Complete([string] $Line) {
    [System.Management.Automation.CommandCompletion]::CompleteInput($Line, $Line.Length, $null).CompletionMatches.ForEach({ $_.CompletionText })
}
