BeforeAll {
    . $PSScriptRoot/common.ps1
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
        Complete 'Invoke-KpDeployment -KeyAlgorithm Ec' | Should -Be EcdsaP256, EcdsaP384
        Complete 'Invoke-KpDeployment -Lifetime 9' | Should -Be 90d
        Complete 'New-KpClientCertificate -Profile kub' | Should -Be kubernetes
    }

    It 'completes what is wanted of nodes' {
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
}
