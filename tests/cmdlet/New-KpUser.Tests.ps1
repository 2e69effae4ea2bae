BeforeAll {
    . $PSScriptRoot/common.ps1
}

Describe 'New-KpUser' {
    BeforeEach {
        $path = New-TestPath
        $null = Invoke-KpDeployment $path @Deployment
        $users = "$path/ssl/users"
    }

    It 'makes four files under a name of its own' {
        $user = New-KpUser -Name jane -Role edit -Namespace dev -Lifetime 8h -ClusterDirectory $path
        $user | Should -BeOfType KubePrep.Users.DeployedUser
        $user.Name | Should -MatchExactly '^jane-[a-z2-7]{8}$'
        "$user" | Should -Be $user.Name
        $user.Status | Should -Be Created
        $user.Role, $user.Namespace | Should -Be edit, dev
        ($user.NotAfter - $user.NotBefore).TotalHours | Should -Be 8
        $user.Path, $user.CertificatePath, $user.KeyPath, $user.ManifestPath |
            Should -Be "$users/$user.kubeconfig", "$users/$user.pem", "$users/$user-key.pem", "$users/$user-rbac.yaml"
        (Get-ChildItem $users).Count | Should -Be 4
        Get-Content -Raw $user.ManifestPath | Should -BeLike "*kind: RoleBinding*name: kubeprep:$user*namespace: dev*name: edit*name: $user*"
        Test-KpDeployment $path -Quiet | Should -BeTrue
    }

    It 'uses the current directory, and takes names and roles by position' {
        Push-Location $path
        try {
            (New-KpUser ada, bob view).Name | Should -Match '^(ada|bob)-'
        } finally {
            Pop-Location
        }
        (Get-ChildItem $users).Count | Should -Be 8
    }

    It 'makes one for each row of a table, with blank cells' {
        $rows = "Name,Role,Namespace`njane,view,dev`njohn,admin," | ConvertFrom-Csv
        $made = $rows | New-KpUser -ClusterDirectory $path
        $made.Name.ForEach({ $_ -replace '-.*' }) | Should -Be jane, john
        $made.Role | Should -Be view, admin
        $made.Namespace | Should -Be dev, $null
    }

    It 'takes an unset variable for no namespace, and not for all of them' {
        { New-KpUser jane edit -Namespace '' -ClusterDirectory $path } | Should -Throw -ErrorId 'InvalidName,*'
        { New-KpUser jane edit -Namespace $null -ClusterDirectory $path } | Should -Throw -ErrorId 'InvalidName,*'
    }

    It 'makes one for each name of the pipeline, and goes on after one that cannot be used' {
        $made = 'ada', 'no good', 'eve' | New-KpUser -Role view -ClusterDirectory $path -ErrorAction SilentlyContinue -ErrorVariable failed
        $made.Count | Should -Be 2
        $failed.FullyQualifiedErrorId | Should -Be 'InvalidName,KubePrep.Commands.NewKpUserCommand'
        $failed.TargetObject | Should -Be 'no good'
        $failed.ErrorDetails.RecommendedAction | Should -BeLike 'Give another user name*'
    }

    It 'makes two of one name into two users' {
        $made = 1..10 | ForEach-Object { New-KpUser jane view -ClusterDirectory $path }
        ($made.Name | Sort-Object -Unique).Count | Should -Be 10
        ($made.SerialNumber | Sort-Object -Unique).Count | Should -Be 10
    }

    It 'keeps the shape with -WhatIf, and writes nothing' {
        $before = Get-Tree $path
        $user = New-KpUser jane view -ClusterDirectory $path -WhatIf
        $user.Status | Should -Be WouldCreate
        $user.Role | Should -Be view
        Get-Tree $path | Should -Be $before
    }

    It 'refuses <Why> with <Id>, and writes nothing' -TestCases @(
        @{ Why = 'a name of the system'; Id = 'InvalidName'; Arguments = @{ Name = 'system:masters' } }
        @{ Why = 'a name with a separator'; Id = 'InvalidName'; Arguments = @{ Name = '../jane' } }
        @{ Why = 'a name of 41 characters'; Id = 'InvalidName'; Arguments = @{ Name = 'x' * 41 } }
        @{ Why = 'a namespace that is none'; Id = 'InvalidName'; Arguments = @{ Name = 'jane'; Namespace = 'Dev' } }
        @{ Why = 'a directory that is not there'; Id = 'ClusterDirectoryNotFound'; Arguments = @{ Name = 'jane'; ClusterDirectory = '/nowhere' } }
        @{ Why = 'a role that is none'; Id = 'CannotConvertArgumentNoMessage'; Arguments = @{ Name = 'jane'; Role = 'root' } }
        @{ Why = 'two roles in one'; Id = 'CannotConvertArgumentNoMessage'; Arguments = @{ Name = 'jane'; Role = 'view,edit' } }
    ) {
        $before = Get-Tree $path
        $all = @{ Role = 'view'; ClusterDirectory = $path } + @{}
        foreach ($key in $Arguments.Keys) {
            $all[$key] = $Arguments[$key]
        }
        { New-KpUser @all } | Should -Throw -ErrorId "$Id,*"
        Get-Tree $path | Should -Be $before
    }

    It 'says how to go on where the cluster cannot be told' {
        Remove-Item "$path/kubectl.kubeconfig"
        { New-KpUser jane view -ClusterDirectory $path } | Should -Throw -ErrorId 'ClusterUnknown,*'
        $Error[0].CategoryInfo.Category | Should -Be ObjectNotFound
    }

    It 'opens an encrypted key of the authority' {
        $passphrase = ConvertTo-SecureString 'correct horse' -AsPlainText
        $null = Invoke-KpDeployment $path @Deployment -Force -CaPassphrase $passphrase
        { New-KpUser jane view -ClusterDirectory $path } | Should -Throw -ErrorId 'EncryptedKey,*'
        (New-KpUser jane view -ClusterDirectory $path -CaPassphrase $passphrase).Status | Should -Be Created
    }

    It 'completes roles' {
        (TabExpansion2 'New-KpUser jane -Role ' 22).CompletionMatches.CompletionText | Should -Be Admin, Edit, View
    }
}
