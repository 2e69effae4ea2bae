BeforeAll { . $PSScriptRoot/common.ps1 }

Describe 'Remove-KpKubeconfigContext' {
    BeforeEach {
        $path = Join-Path (New-Item -ItemType Directory (New-TestPath)) config
        Set-Content $path @'
# mine
clusters:
- name: one
  cluster: {server: https://one}
- name: two
  cluster: {server: https://two}
users:
- {name: ada, user: {token: SECRET}}
contexts:
- {name: a, context: {cluster: one, user: ada}}
# for work
- {name: it's b, context: {cluster: two, user: ada}}
current-context: a
'@
        chmod 600 $path
    }

    It 'removes a context and what nobody else needs' {
        $row = Remove-KpKubeconfigContext a $path -WarningVariable warnings -WarningAction SilentlyContinue
        $row.Status | Should -Be Removed
        $row.ContextName, $row.ClusterName, $row.UserName | Should -Be a, one, ada
        $row.Reason | Should -BeLike '*user stays*it''s b*'
        $warnings | Should -BeLike '*current context*'
        Get-Content $path | Should -Be @(
            '# mine', 'clusters:', '- name: two', '  cluster: {server: https://two}', 'users:', '- {name: ada, user: {token: SECRET}}',
            'contexts:', '# for work', '- {name: it''s b, context: {cluster: two, user: ada}}', 'current-context: ""')
        Get-ChildItem "$(Split-Path $path)/backup/*/config" | Should -HaveCount 1
    }

    It 'takes several names, and what Merge-KpKubeconfig puts out' {
        $copy = "$path.other"
        Copy-Item $path $copy
        (Remove-KpKubeconfigContext 'a', "it's b" $path -WarningAction SilentlyContinue).Status | Should -Be Removed, Removed
        $rows = Merge-KpKubeconfig $copy $path
        $rows.Status | Should -Be Added, Added
        ($rows | Remove-KpKubeconfigContext -WarningAction SilentlyContinue).Status | Should -Be Removed, Removed
        $path | Should -FileContentMatch 'contexts: \[\]'
    }

    It 'refuses a name that is not there, and names those that are' {
        $before = Get-Content $path
        { Remove-KpKubeconfigContext c $path } | Should -Throw "*'c'*" -ErrorId 'KubeconfigEntryNotFound,*'
        $Error[0].ErrorDetails.RecommendedAction | Should -BeLike "*'a'*"
        { Remove-KpKubeconfigContext a (New-TestPath) } | Should -Throw -ErrorId 'KubeconfigNotFound,*'
        Get-Content $path | Should -Be $before
    }

    It 'writes nothing with -WhatIf' {
        $before = Get-Tree (Split-Path $path)
        (Remove-KpKubeconfigContext a $path -WhatIf -WarningAction SilentlyContinue).Status | Should -Be WouldRemove
        Get-Tree (Split-Path $path) | Should -Be $before
    }

    It 'completes the names of contexts' {
        Complete "Remove-KpKubeconfigContext -Path '$path' -Name " | Should -Be a, "'it''s b'"
        Complete "Remove-KpKubeconfigContext -Path '$path' -Name i" | Should -Be "'it''s b'"
        Complete "Remove-KpKubeconfigContext -Path '$path.none' -Name zz" | Should -BeNullOrEmpty
    }
}
