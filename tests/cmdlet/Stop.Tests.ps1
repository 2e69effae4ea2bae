BeforeAll { . $PSScriptRoot/common.ps1 }

Describe 'Stopping' {
    It 'ends a run at once, replaces nothing and leaves nothing staged' {
        $path = New-TestPath
        $null = Invoke-KpDeployment $path @Deployment
        $before = Get-Tree $path
        $shell = [powershell]::Create()
        $null = $shell.AddScript("Import-Module '$RepositoryRoot/KubePrep.psd1'; Invoke-KpDeployment '$path' c1 $Server -Force -KeyAlgorithm Rsa4096")
        $running = $shell.BeginInvoke()
        while ($shell.Streams.Progress.Count -eq 0 -and -not $running.IsCompleted) {
            Start-Sleep -Milliseconds 5
        }
        $shell.Stop()
        $shell.InvocationStateInfo.State | Should -Be Stopped
        $shell.Streams.Error | Should -BeNullOrEmpty
        Get-Tree $path | Should -Be $before
    }

    It 'gives way to Select-Object -First, with the work that was done whole' {
        $path = New-TestPath
        Invoke-KpDeployment $path @Deployment | Select-Object -First 1 | Should -HaveCount 1
        Test-KpDeployment $path -Quiet | Should -BeTrue
    }
}
