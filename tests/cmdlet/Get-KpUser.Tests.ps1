BeforeAll {
    . $PSScriptRoot/common.ps1
}

Describe 'Get-KpUser' {
    BeforeAll {
        $path = New-TestPath
        $null = Invoke-KpDeployment $path @Deployment
        $ada = New-KpUser ada view -Lifetime 30d -ClusterDirectory $path
        $bob = New-KpUser bob edit dev -Lifetime 8h -ClusterDirectory $path
        $mad = New-KpUser mad admin -ClusterDirectory $path
        Remove-Item $mad.KeyPath
    }

    It 'lists all users with what they may do and until when' {
        $found = Get-KpUser -ClusterDirectory $path
        $found | Should -BeOfType KubePrep.Users.ClusterUser
        $found.Name | Should -Be $ada.Name, $bob.Name, $mad.Name
        $found.Role | Should -Be view, edit, admin
        $found.Namespace | Should -Be $null, dev, $null
        $found.Status | Should -Be Active, Active, Damaged
        $found.DaysLeft | Should -Be 29, 0, 364
        $found.SerialNumber | Should -Be $ada.SerialNumber, $bob.SerialNumber, $mad.SerialNumber
        $found[0].NotAfter | Should -Be $ada.NotAfter
        $found[2].Reason | Should -BeLike '*-key.pem'' is missing'
    }

    It 'tells the role as the manifest was edited' {
        (Get-Content -Raw $bob.ManifestPath) -replace 'name: edit', 'name: view' | Set-Content $bob.ManifestPath
        (Get-KpUser "$bob" -ClusterDirectory $path).Role | Should -Be view
    }

    It 'finds users by name and pattern, and says who there is otherwise' {
        (Get-KpUser 'a*', "$bob" -ClusterDirectory $path).Name | Should -Be $ada.Name, $bob.Name
        Get-KpUser 'z*' -ClusterDirectory $path | Should -BeNullOrEmpty
        { Get-KpUser zoe -ClusterDirectory $path } | Should -Throw -ErrorId 'UserNotFound,*'
        $Error[0].ErrorDetails.RecommendedAction | Should -BeLike "*Users here: $ada, $bob, $mad."
    }

    It 'takes what New-KpUser puts out' {
        ($ada, $bob | Get-KpUser).Name | Should -Be $ada.Name, $bob.Name
    }

    It 'is empty where there are no users, and an error where there is no directory' {
        $other = New-TestPath
        $null = Invoke-KpDeployment $other @Deployment
        Get-KpUser -ClusterDirectory $other | Should -BeNullOrEmpty
        { Get-KpUser -ClusterDirectory "$other/none" } | Should -Throw -ErrorId 'ClusterDirectoryNotFound,*'
    }

    It 'shows users whole in 100 columns' {
        $long = New-KpUser ('x' * 40) admin ('n' * 10) -ClusterDirectory $path
        foreach ($objects in $long, (Get-KpUser -ClusterDirectory $path)) {
            $text = $objects | Out-String -Width 100
            $text | Should -Not -Match '…'
            $text -split "`n" | ForEach-Object { $_.TrimEnd().Length | Should -BeLessOrEqual 100 }
        }
    }

    It 'completes names' {
        $line = "Get-KpUser -ClusterDirectory $path -Name b"
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Be $bob.Name
    }
}
