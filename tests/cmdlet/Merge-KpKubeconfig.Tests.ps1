BeforeAll {
    . $PSScriptRoot/common.ps1

    # a kubeconfig with one cluster, user and context of a name
    function New-Kubeconfig([string] $Name, [string] $Token = 'SECRET-1', [string] $Path = (New-TestPath)) {
        Set-Content -LiteralPath $Path @"
clusters:
- name: $Name
  cluster: {server: 'https://$Name', certificate-authority: ca.pem}
users:
- name: $Name
  user: {token: $Token}
contexts:
- name: $Name
  context: {cluster: $Name, user: $Name}
current-context: $Name
"@
        chmod 600 $Path
        $Path
    }
}

Describe 'Merge-KpKubeconfig' {
    BeforeEach {
        $destination = New-Kubeconfig home -Path (Join-Path (New-Item -ItemType Directory (New-TestPath)) config)
        Add-Content $destination '# the end'
        $folder = Split-Path $destination
    }

    It 'adds what is missing, and keeps every line that was there' {
        $before = Get-Content $destination
        $row = Merge-KpKubeconfig (New-Kubeconfig work) -Destination $destination
        $row.Status | Should -Be Added
        $row.Path | Should -Be $destination
        $row.ContextName, $row.ClusterName, $row.UserName | Should -Be work, work, work
        $row.IsCurrent | Should -BeFalse
        $after = Get-Content $destination
        (Compare-Object $before $after).SideIndicator | Should -Not -Contain '<='
        $after[-1] | Should -Be '# the end'
        (Get-Item $destination).UnixMode | Should -Be '-rw-------'
        Get-Content (Get-ChildItem "$folder/backup/*/config") | Should -Be $before
    }

    It 'takes what New-KpKubeconfig puts out' {
        $null = Invoke-KpDeployment (New-TestPath) @Deployment -OutVariable files
        $row = $files | Where-Object Path -Like '*/ssl/admin.pem' | New-KpKubeconfig -Server $Server -ClusterName team -Path (New-TestPath) |
            Merge-KpKubeconfig -Destination $destination -SetCurrentContext
        $row.ContextName | Should -Be context-team
        $row.IsCurrent | Should -BeTrue
        if (Get-Command kubectl -ErrorAction Ignore) {
            kubectl config current-context --kubeconfig $destination | Should -Be context-team
        }
    }

    It 'takes files, patterns and literal paths, all as one' {
        $sources = New-Item -ItemType Directory (New-TestPath)
        $null = New-Kubeconfig a -Path "$sources/a.kubeconfig"
        $null = New-Kubeconfig b -Path "$sources/[b].kubeconfig"
        (Get-ChildItem "$sources/*.kubeconfig" | Merge-KpKubeconfig -Destination $destination).Status | Should -Be Added, Added
        (Get-ChildItem "$folder/backup") | Should -HaveCount 1
        (Merge-KpKubeconfig "$sources/*.kubeconfig" $destination).Status | Should -Be Kept, Kept
        (Merge-KpKubeconfig -LiteralPath "$sources/[b].kubeconfig" -Destination $destination).Status | Should -Be Kept
        (Merge-KpKubeconfig "$sources/[b].kubeconfig" $destination).ContextName | Should -Be b
        (Merge-KpKubeconfig "$sources/[a].kubeconfig" $destination).ContextName | Should -Be a
        (Get-ChildItem "$folder/backup") | Should -HaveCount 1
    }

    It 'refuses a name that means something else, renames it, or replaces it' {
        $source = New-Kubeconfig home SECRET-2
        $before = Get-Content $destination
        { Merge-KpKubeconfig $source $destination } | Should -Throw '*user home*' -ErrorId 'KubeconfigClash,*'
        Get-Content $destination | Should -Be $before
        $row = Merge-KpKubeconfig $source $destination -Rename
        $row.Status | Should -Be Added
        $row.ContextName, $row.UserName | Should -Be home-2, home-2
        $row = Merge-KpKubeconfig $source $destination -Force
        $row.Status | Should -Be Replaced
        $row.Reason | Should -BeLike '*token*'
        $row.Reason | Should -Not -BeLike '*SECRET*'
        { Merge-KpKubeconfig $source $destination -Force -Rename } | Should -Throw -ErrorId 'ParametersExclusive,*'
    }

    It 'writes nothing with -WhatIf' {
        $before = Get-Tree $folder
        $row = Merge-KpKubeconfig (New-Kubeconfig work) $destination -WhatIf
        $row.Status | Should -Be WouldAdd
        $row.ContextName | Should -Be work
        Get-Tree $folder | Should -Be $before
    }

    It 'makes the file kubectl uses' {
        $home2 = New-Item -ItemType Directory (New-TestPath)
        $source = New-Kubeconfig work
        $status = env HOME=$home2 pwsh -NoProfile -NonInteractive -Command "Import-Module '$RepositoryRoot/KubePrep.psd1'; (Merge-KpKubeconfig '$source').Status"
        $status | Should -Be Added
        "$home2/.kube/config" | Should -FileContentMatch 'current-context: work'
    }

    It 'fails with an error of its own: <Id>' -TestCases @(
        @{ Id = 'KubeconfigNotFound'; Path = { New-TestPath } }
        @{ Id = 'MalformedKubeconfig'; Path = { $path = New-TestPath; 'kind: [' | Set-Content $path; $path } }
        @{ Id = 'KubeconfigClash'; Path = { $destination } }
        @{ Id = 'InvalidName'; Path = { 'env:PATH' } }
    ) {
        { Merge-KpKubeconfig (& $Path) $destination } | Should -Throw -ErrorId "$Id,*"
    }

    It 'shows no secret on any stream' {
        $secret = [guid]::NewGuid().ToString('N')
        $source = New-Kubeconfig home "$secret-1"
        $null = New-Kubeconfig home "$secret-2" $destination
        $output = & {
            $streams = @{ Verbose = $true; Debug = $true; InformationAction = 'Continue'; WarningAction = 'Continue'; ErrorAction = 'Continue' }
            Merge-KpKubeconfig $source $destination @streams
            Merge-KpKubeconfig $source $destination -Rename @streams
            Merge-KpKubeconfig $source $destination -Force @streams
            Remove-KpKubeconfigContext home $destination @streams
        } *>&1
        $text = ($output | Format-List * -Force | Out-String -Width 4000) + ($output | ConvertTo-Json -Depth 6 -WarningAction SilentlyContinue)
        $output.Count | Should -BeGreaterThan 4
        $text.Contains($secret) | Should -BeFalse
    }

    It 'can be stopped while it waits for a lock' {
        $null = New-Item "$destination.lock"
        $shell = [powershell]::Create()
        $null = $shell.AddScript("Import-Module '$RepositoryRoot/KubePrep.psd1'; Merge-KpKubeconfig '$(New-Kubeconfig work)' '$destination'")
        $running = $shell.BeginInvoke()
        Start-Sleep -Seconds 2
        $running.IsCompleted | Should -BeFalse
        $clock = [Diagnostics.Stopwatch]::StartNew()
        $shell.Stop()
        $clock.Elapsed.TotalSeconds | Should -BeLessThan 5
        $shell.Streams.Error | Should -BeNullOrEmpty
        "$destination.lock" | Should -Exist
    }
}
