BeforeDiscovery {
    $platyPs = Get-Module -ListAvailable Microsoft.PowerShell.PlatyPS
}

BeforeAll {
    . $PSScriptRoot/common.ps1
    $import = "Import-Module '$RepositoryRoot/KubePrep.psd1'"

    # each test's own process, as an assembly that is loaded stays
    function Invoke-Child([string] $Script) {
        pwsh -NoProfile -NonInteractive -Command "`$ErrorActionPreference = 'Stop'; $Script" 2>&1
    }

    # writes kubeconfigs, and reads and edits them: all that needs YAML. It prints $used.
    $use = @"
        & {
            `$path = '$TestDrive/' + [guid]::NewGuid()
            `$files = Invoke-KpDeployment `$path c1 $Server
            `$merged = Merge-KpKubeconfig "`$path/kubectl.kubeconfig" "`$path/merged"
            `$removed = Remove-KpKubeconfigContext context-c1 "`$path/merged" -Confirm:`$false -WarningAction Ignore
            `$files.Count, `$merged.Status, `$removed.Status -join ' '
        }
"@
    $used = '20 Added Removed'

    # which load contexts have a YamlDotNet
    $contexts = '[System.Runtime.Loader.AssemblyLoadContext]::All | ' +
        'Where-Object { $_.Assemblies.GetName().Name -contains "YamlDotNet" } | ForEach-Object Name | Sort-Object'

    # a library that bears the name and is of another version, with nothing in it that KubePrep could use
    $stranger = New-TestPath
    $name = [System.Reflection.AssemblyName] 'YamlDotNet, Version=11.0.0.0'
    $builder = [System.Reflection.Emit.PersistedAssemblyBuilder]::new($name, [object].Assembly)
    $null = $builder.DefineDynamicModule('YamlDotNet').DefineType('YamlDotNet.Stranger', 'Public').CreateType()
    $builder.Save($stranger)
    $loadStranger = "`$null = [System.Runtime.Loader.AssemblyLoadContext]::Default.LoadFromAssemblyPath('$stranger')"
    $loadPlatyPs = 'Import-Module Microsoft.PowerShell.PlatyPS'
    $usePlatyPs = "(Import-MarkdownCommandHelp '$RepositoryRoot/docs/en-US/New-KpKubeconfig.md').Title"
}

Describe 'The module''s own YamlDotNet' {
    It 'is in bin/lib and nowhere else, and only the bridge refers to it' {
        $bin = Join-Path $RepositoryRoot bin
        (Get-ChildItem -Recurse $bin -Filter YamlDotNet*).FullName | Should -Be (Join-Path $bin lib/YamlDotNet.dll)
        [KubePrep.Inventory.Node].Assembly.GetReferencedAssemblies().Name | Should -Not -Contain YamlDotNet
        [KubePrep.Commands.GetKpNodeCommand].Assembly.GetReferencedAssemblies().Name | Should -Not -Contain YamlDotNet
    }

    It 'is loaded when it is needed, into the module''s context and no other' {
        Invoke-Child "$import; @($contexts).Count; $use; $contexts" | Should -Be 0, $used, KubePrep
    }

    It 'is used beside another version that was there before' {
        Invoke-Child "$loadStranger; $import; $use; $contexts; [YamlDotNet.Stranger].Name" |
            Should -Be $used, Default, KubePrep, Stranger
    }

    It 'does not get in the way of another version that comes later' {
        Invoke-Child "$import; $use; $loadStranger; [YamlDotNet.Stranger].Name; $use" | Should -Be $used, Stranger, $used
    }

    It 'is used beside that of PlatyPS, if <First> comes first' -Skip:(-not $platyPs) -ForEach @(
        @{ First = 'PlatyPS' }
        @{ First = 'KubePrep' }
    ) {
        if ($First -eq 'PlatyPS') {
            Invoke-Child "$loadPlatyPs; $usePlatyPs; $import; $use; $usePlatyPs" | Should -Be New-KpKubeconfig, $used, New-KpKubeconfig
        } else {
            Invoke-Child "$import; $use; $loadPlatyPs; $usePlatyPs; $use" | Should -Be $used, New-KpKubeconfig, $used
        }
    }
}

Describe 'The module' {
    It 'has its types named right after the import' {
        Invoke-Child "$import; [KubePrep.Inventory.Node].FullName; [KubePrep.ErrorId]::NodeUnreachable" |
            Should -Be KubePrep.Inventory.Node, NodeUnreachable
    }

    It 'can be imported again and again, and removed' {
        Invoke-Child @"
            $import
            $import -Force
            Remove-Module KubePrep
            @(Get-Command *-Kp*).Count
            $import
            $use
            Remove-Module KubePrep
            $import -Force
            $use
"@ | Should -Be 0, $used, $used
    }

    It 'works in several runspaces that import it at once' {
        Invoke-Child @"
            1..4 | ForEach-Object -ThrottleLimit 4 -Parallel {
                $import
                [KubePrep.Inventory.Node].Name
                $use
            }
            $contexts
"@ | Sort-Object | Should -Be (@($used) * 4 + 'KubePrep' + @('Node') * 4)
    }

    It 'goes on in one runspace when it is removed from another, or that is closed' {
        Invoke-Child @"
            $import
            `$other = [powershell]::Create().AddScript("$import; Remove-Module KubePrep; $import")
            `$null = `$other.Invoke()
            `$other.Runspace.Dispose()
            $use
            $contexts
"@ | Should -Be $used, KubePrep
    }
}
