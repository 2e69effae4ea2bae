# Runs the examples of a page, given as JSON, one statement after the other as at a prompt of 100 columns, and puts a mark before what
# each of them prints. Examples.Tests.ps1 starts it in the directory that the examples are about.
param(
    [Parameter(Mandatory)] [string] $Module,
    [Parameter(Mandatory)] [string] $Example,
    [Parameter(Mandatory)] [string] $Mark
)

Import-Module $Module
foreach ($code in ConvertFrom-Json $Example) {
    [Console]::WriteLine($Mark)
    foreach ($statement in [System.Management.Automation.Language.Parser]::ParseInput($code, [ref] $null, [ref] $null).EndBlock.Statements) {
        # in no function, so that what a statement sets is there for the next one
        $shell = [powershell]::Create('CurrentRunspace').AddScript($statement.Extent.Text)
        $shell.Commands.Commands[0].MergeMyResults('Error', 'Output')
        $null = $shell.AddCommand('Out-String').AddParameter('Stream').AddParameter('Width', 100).AddCommand('Out-Default').Invoke()
        $shell.Dispose()
    }
}
