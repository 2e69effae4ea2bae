BeforeAll {
    . $PSScriptRoot/common.ps1
}

Describe 'Remove-KpUser' {
    BeforeEach {
        $path = New-TestPath
        $null = Invoke-KpDeployment $path @Deployment
        $ada = New-KpUser ada view -ClusterDirectory $path
        $bob = New-KpUser bob edit dev -Lifetime 8h -ClusterDirectory $path
    }

    It 'removes four files after a backup, and warns of what that does not end' {
        $hash = (Get-FileHash $bob.Path).Hash
        $removed = Remove-KpUser "$bob" -ClusterDirectory $path -WarningVariable warned -WarningAction SilentlyContinue
        $removed | Should -BeOfType KubePrep.Users.DeployedUser
        $removed.Status | Should -Be Removed
        $removed.NotAfter | Should -Be $bob.NotAfter
        $bob.Path, $bob.CertificatePath, $bob.KeyPath, $bob.ManifestPath | Should -Not -Exist
        (Get-FileHash "$($removed.BackupPath)/ssl/users/$bob.kubeconfig").Hash | Should -Be $hash
        $warned.Count | Should -Be 1
        $warned | Should -BeLike "*cannot be revoked*until $($bob.NotAfter.ToString('yyyy-MM-dd HH:mm:ss')) UTC*kubectl delete rolebinding kubeprep:$bob -n dev"
        (Get-KpUser -ClusterDirectory $path).Name | Should -Be $ada.Name
    }

    It 'takes patterns' {
        (Remove-KpUser * -ClusterDirectory $path -WarningAction SilentlyContinue).Name | Should -Be $ada.Name, $bob.Name
        Get-KpUser -ClusterDirectory $path | Should -BeNullOrEmpty
    }

    It 'takes what Get-KpUser and New-KpUser put out, from any directory' {
        (Get-KpUser ada-* -ClusterDirectory $path | Remove-KpUser -WarningAction SilentlyContinue).Name | Should -Be $ada.Name
        ($bob | Remove-KpUser -WarningAction SilentlyContinue).Name | Should -Be $bob.Name
    }

    It 'removes nothing with -WhatIf, keeps the shape and warns as well' {
        $before = Get-Tree $path
        $planned = Remove-KpUser * -ClusterDirectory $path -WhatIf -WarningVariable warned -WarningAction SilentlyContinue
        $planned.Status | Should -Be WouldRemove, WouldRemove
        $warned.Count | Should -Be 2
        Get-Tree $path | Should -Be $before
    }

    It 'says who there is if there is no such user, and goes on' {
        $removed = 'zoe', "$ada" | Remove-KpUser -ClusterDirectory $path -ErrorAction SilentlyContinue -ErrorVariable failed -WarningAction SilentlyContinue
        $removed.Name | Should -Be $ada.Name
        $failed.FullyQualifiedErrorId | Should -Be 'UserNotFound,KubePrep.Commands.RemoveKpUserCommand'
        $failed.ErrorDetails.RecommendedAction | Should -BeLike "*$ada, $bob*"
    }

    It 'asks before each user with -Confirm, and by default for none' {
        (Get-Command Remove-KpUser).Parameters.Keys | Should -Contain Confirm
        (Get-Command Remove-KpUser).ImplementingType.GetCustomAttributes([System.Management.Automation.CmdletAttribute], $false).ConfirmImpact | Should -Be Medium
    }

    It 'leaves no secret on any stream' {
        $secret = (Get-Content $bob.KeyPath | Where-Object { $_ -notmatch '^-' })[0].Substring(10, 40)
        $text = & {
            Get-KpUser -ClusterDirectory $path -Verbose -Debug
            Remove-KpUser * -ClusterDirectory $path -Verbose -Debug -WarningAction Continue
            New-KpUser eve view -ClusterDirectory $path -Verbose -Debug
        } *>&1 | ForEach-Object { $_ | Format-List * -Force | Out-String -Width 4000; $_ | ConvertTo-Json -Depth 3 -WarningAction SilentlyContinue } | Out-String -Width 8000
        $text.Contains($secret) | Should -BeFalse
        $text | Should -Not -Match 'PRIVATE KEY-----'
    }
}
