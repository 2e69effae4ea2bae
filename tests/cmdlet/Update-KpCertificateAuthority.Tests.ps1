BeforeAll {
    . $PSScriptRoot/common.ps1
}

Describe 'Update-KpCertificateAuthority' {
    BeforeEach {
        $cluster = New-TestPath
        $null = Invoke-KpDeployment $cluster @Deployment
    }

    It 'changes the authority in three phases, each of which says what to restart' {
        $old = Get-Content -Raw "$cluster/ssl/ca.pem"
        foreach ($phase in 'Prepare', 'Switch', 'Finish') {
            $rows = Update-KpCertificateAuthority $cluster $phase -WarningVariable warnings -WarningAction SilentlyContinue
            $rows.Where{ $_.Path -eq "$cluster/ssl/ca.pem" }.Status | Should -Be Replaced
            "$warnings" | Should -BeLike '*restart kube-apiserver*'
            Test-KpDeployment $cluster -Quiet | Should -BeTrue
            $before = Get-Tree $cluster
            (Update-KpCertificateAuthority $cluster $phase).Status | Sort-Object -Unique | Should -Be Kept
            Get-Tree $cluster | Should -Be $before
        }

        Get-Content -Raw "$cluster/ssl/ca.pem" | Should -Not -BeLike "*$old*"
        (Test-KpDeployment $cluster).Verdict | Sort-Object -Unique | Should -Be Good
    }

    It 'writes nothing with -WhatIf' {
        $before = Get-Tree $cluster
        (Update-KpCertificateAuthority $cluster Prepare -WhatIf -WarningAction SilentlyContinue).Status | Should -Contain WouldCreate
        Get-Tree $cluster | Should -Be $before
    }

    It 'refuses a phase out of turn with <Id>' -TestCases @(
        @{ Id = 'AuthorityChangeNotPrepared'; Before = @(); Phase = 'Switch' }
        @{ Id = 'AuthorityChangeNotSwitched'; Before = @('Prepare'); Phase = 'Finish' }
        @{ Id = 'AuthorityChangeInProgress'; Before = @('Prepare', 'Switch'); Phase = 'Prepare' }
    ) {
        foreach ($earlier in $Before) {
            $null = Update-KpCertificateAuthority $cluster $earlier -WarningAction SilentlyContinue
        }
        { Update-KpCertificateAuthority $cluster $Phase } | Should -Throw -ErrorId "$Id,*"
    }
}
