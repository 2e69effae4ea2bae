BeforeAll {
    . $PSScriptRoot/common.ps1

    function Invoke-Child([string] $Script) {
        pwsh -NoProfile -NonInteractive -Command $Script 2>&1
    }
}

Describe 'The module' {
    It 'has a manifest without faults and without wildcards' {
        $manifest = Test-ModuleManifest (Join-Path $RepositoryRoot KubePrep.psd1)
        $manifest.ExportedCmdlets.Count | Should -Be (Get-Command -Module KubePrep).Count
        $manifest.ExportedFunctions.Count + $manifest.ExportedAliases.Count + $manifest.ExportedVariables.Count | Should -Be 0
        Get-Content -Raw (Join-Path $RepositoryRoot KubePrep.psd1) | Should -Not -Match "'\*'"
    }

    It 'has a synopsis, examples and outputs in the help of each cmdlet' {
        foreach ($command in Get-Command -Module KubePrep) {
            $help = Get-Help $command.Name -Full
            $help.Synopsis | Should -Not -Match '\{\{|^\s*$'
            @($help.examples.example).Count | Should -BeGreaterOrEqual 2
            $help.returnValues | Should -Not -BeNullOrEmpty
        }
    }

    It 'completes algorithms, lifetimes and profiles' {
        function Complete([string] $Line) {
            [System.Management.Automation.CommandCompletion]::CompleteInput($Line, $Line.Length, $null).CompletionMatches.CompletionText
        }
        Complete 'Invoke-KpDeployment -KeyAlgorithm Ec' | Should -Be EcdsaP256, EcdsaP384
        Complete 'Invoke-KpDeployment -Lifetime 9' | Should -Be 90d
        Complete 'New-KpClientCertificate -Profile kub' | Should -Be kubernetes
    }

    It 'completes what is wanted of nodes' {
        function Complete([string] $Line) {
            [System.Management.Automation.CommandCompletion]::CompleteInput($Line, $Line.Length, $null).CompletionMatches.CompletionText
        }
        $directory = New-Item -ItemType Directory (New-TestPath)
        $null = New-Item -ItemType Directory "$directory/profiles"
        'own.yaml', 'other.yml', 'readme.md' | ForEach-Object { Set-Content "$directory/$_" '' }
        Push-Location $directory
        try {
            foreach ($cmdlet in 'Get-KpNode', 'Test-KpNodePreparation', 'Invoke-KpNodePreparation') {
                Complete "$cmdlet localhost -Profile " | Should -Be default, kubeasz
                Complete "$cmdlet localhost -Profile k" | Should -Be kubeasz
                Complete "$cmdlet localhost -Profile ./" | Should -Be ./other.yml, ./own.yaml, ./profiles
                Complete "$cmdlet localhost -Profile ow" | Should -Be ./own.yaml
                Complete "$cmdlet localhost -HostKeyPolicy " | Should -Be AcceptNew, Strict
            }
            foreach ($cmdlet in 'Test-KpNodePreparation', 'Invoke-KpNodePreparation') {
                Complete "$cmdlet localhost -ProxyMode ip" | Should -Be Iptables, Ipvs
                Complete "$cmdlet localhost -Step Packages,J" | Should -Be Journal
                Complete "$cmdlet localhost -SkipStep s" | Should -Be Swap, Sysctl
                Complete "$cmdlet localhost -Step t" | Should -Be TimeSync
            }
        } finally {
            Pop-Location
        }
    }

    It 'can be imported again, and removed' {
        Invoke-Child @"
            Import-Module '$RepositoryRoot/KubePrep.psd1'
            Import-Module '$RepositoryRoot/KubePrep.psd1' -Force
            Remove-Module KubePrep
            Import-Module '$RepositoryRoot/KubePrep.psd1'
            (Invoke-KpDeployment '$(New-TestPath)' c $Server).Count
"@ | Should -Be 20
    }

    It 'does not get in the way of another module''s YamlDotNet, nor it in ours: <First> first' -TestCases @(
        @{ First = 'KubePrep' }
        @{ First = 'the other' }
    ) -Skip:(-not (Get-Module -ListAvailable Microsoft.PowerShell.PlatyPS)) {
        $deploy = "(Invoke-KpDeployment '$(New-TestPath)' c $Server).Count"
        $platyPs = "Import-Module Microsoft.PowerShell.PlatyPS; (Import-MarkdownCommandHelp '$RepositoryRoot/docs/en-US/New-KpKubeconfig.md').Title"
        $import = "Import-Module '$RepositoryRoot/KubePrep.psd1'"
        if ($First -eq 'KubePrep') {
            Invoke-Child "$import; $deploy; $platyPs" | Should -Be 20, 'New-KpKubeconfig'
        } else {
            Invoke-Child "$platyPs; $import; $deploy" | Should -Be 'New-KpKubeconfig', 20
        }
    }

    It 'loads YamlDotNet in no context but its own' {
        Invoke-Child @"
            Import-Module '$RepositoryRoot/KubePrep.psd1'
            `$null = Invoke-KpDeployment '$(New-TestPath)' c $Server
            [System.Runtime.Loader.AssemblyLoadContext]::All | Where-Object { `$_.Assemblies.GetName().Name -contains 'YamlDotNet' } | ForEach-Object Name
"@ | Should -Be KubePrep
    }

    It 'works in several runspaces at once' {
        $paths = 1..4 | ForEach-Object { New-TestPath }
        $counts = $paths | ForEach-Object -Parallel {
            Import-Module "$using:RepositoryRoot/KubePrep.psd1"
            (Invoke-KpDeployment $_ c $using:Server).Count
        }
        $counts | Should -Be 20, 20, 20, 20
    }
}
