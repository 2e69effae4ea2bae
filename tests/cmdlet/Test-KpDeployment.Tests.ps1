BeforeAll { . $PSScriptRoot/common.ps1 }

Describe 'Test-KpDeployment' {
    BeforeEach {
        $path = New-TestPath
        $null = Invoke-KpDeployment $path @Deployment
    }

    It 'has a row for each file, all good' {
        $checks = Test-KpDeployment $path
        $checks | Should -HaveCount 20
        $checks.Verdict | Sort-Object -Unique | Should -Be Good
        $checks | Should -BeOfType KubePrep.Deployment.DeploymentCheck
        Test-KpDeployment $path -Quiet | Should -BeTrue
    }

    It 'checks the current directory by default, and one from the pipeline' {
        Push-Location $path
        try {
            Test-KpDeployment -Quiet | Should -BeTrue
        } finally {
            Pop-Location
        }
        Get-Item $path | Test-KpDeployment -Quiet | Should -BeTrue
    }

    It 'fails <File>, where <What>' -TestCases @(
        @{ File = 'admin.pem'; What = 'the key is that of another'; Damage = { Copy-Item "$path/ssl/ca-key.pem" "$path/ssl/admin-key.pem" } }
        @{ File = 'admin-key.pem'; What = 'others can read it'; Damage = { chmod 644 "$path/ssl/admin-key.pem" } }
        @{ File = 'kube-proxy.pem'; What = 'it is another identity'; Damage = { Copy-Item "$path/ssl/admin.pem" "$path/ssl/kube-proxy.pem"; Copy-Item "$path/ssl/admin-key.pem" "$path/ssl/kube-proxy-key.pem" } }
        @{ File = 'kubectl.kubeconfig'; What = 'it is missing'; Damage = { Remove-Item "$path/kubectl.kubeconfig" } }
        @{ File = 'kube-scheduler.kubeconfig'; What = 'it embeds another certificate'; Damage = { Copy-Item "$path/kube-proxy.kubeconfig" "$path/kube-scheduler.kubeconfig" } }
    ) {
        & $Damage
        $failed = Test-KpDeployment $path | Where-Object Verdict -EQ Failed
        Split-Path -Leaf $failed.Path | Should -Contain $File
        $failed.Reason | Should -Not -BeNullOrEmpty
        Test-KpDeployment $path -Quiet | Should -BeFalse
    }

    It 'says that a directory does not exist' {
        { Test-KpDeployment (New-TestPath) } | Should -Throw -ErrorId 'ClusterDirectoryNotFound,*'
    }
}
