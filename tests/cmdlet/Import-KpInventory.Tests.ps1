BeforeAll { . $PSScriptRoot/common.ps1 }

Describe 'Import-KpInventory' {
    BeforeEach {
        $directory = New-Item -ItemType Directory -Path (New-TestPath)
        $ini = Join-Path $directory hosts
        Set-Content $ini @'
jump ansible_host=198.51.100.9
[kube_control_plane]
cp1 ansible_host=198.51.100.1 ip=10.0.0.1
[kube_node]
work[1:2] ansible_port=2222
[etcd:children]
kube_control_plane
[all:vars]
ansible_user=debian
ansible_password=hunter2
'@
        $csv = Join-Path $directory nodes.csv
        Set-Content $csv "HostName,NodeName`n192.0.2.1,a`n192.0.2.2,b"
    }

    It 'reads the nodes of an inventory in their order' {
        $nodes = Import-KpInventory $ini
        $nodes | Should -BeOfType KubePrep.Inventory.Node
        $nodes.NodeName | Should -Be cp1, work1, work2
        $nodes.HostName | Should -Be 198.51.100.1, work1, work2
        $nodes.Role | Should -Be 'ControlPlane, Etcd', Worker, Worker
        $nodes[0].IPAddress | Should -Be 10.0.0.1
        $nodes.Port | Should -Be $null, 2222, 2222
        $nodes.UserName | Should -Be debian, debian, debian
    }

    It 'reads the same nodes out of YAML, and out of what Export-Csv writes' {
        $yaml = Join-Path $directory hosts.yaml
        Set-Content $yaml @'
all:
  vars: {ansible_user: debian}
  hosts:
    cp1: {ansible_host: 198.51.100.1, ip: 10.0.0.1}
  children:
    kube_control_plane: {hosts: {cp1: }}
    kube_node: {hosts: {'work[1:2]': {ansible_port: 2222}}}
    etcd: {children: {kube_control_plane: }}
'@
        $table = Join-Path $directory table.csv
        Import-KpInventory $ini |
            Select-Object HostName, NodeName, @{ Name = 'IPAddress'; Expression = { $_.IPAddress -join ' ' } }, Port, UserName, Role |
            Export-Csv $table -IncludeTypeInformation
        $expected = Import-KpInventory $ini | ConvertTo-Json
        Import-KpInventory $yaml | ConvertTo-Json | Should -Be $expected
        Import-KpInventory $table | ConvertTo-Json | Should -Be $expected
    }

    It 'makes the nodes of a table that rows from Import-Csv make: <_>' -ForEach @(
        "ComputerName,Name,IP,User,Role,IdentityFilePath`nme@h:22,n,10.0.0.1 fd00::1,you,`"worker, Etcd`",/k`nh2,,,,,"
        "Cn,NodeName,Name,IPAddress,IP,Port`n,n,m,,10.0.0.1,22`n,,node2,10.0.0.2;10.0.0.3,,`n[::1]:22"
        "hostname,port,username,keyfilepath,role`n`"h`",`"2222`",`"a b`",,`"8`""
        "Name,Rack`nNode_1,`"a, `"`"b`"`"`"`n`nn2,`n"
    ) {
        $table = Join-Path $directory table.csv
        Set-Content $table $_
        $transformation = [KubePrep.Parameters.NodeTransformationAttribute]::new()
        $piped = Import-Csv $table | ForEach-Object { $transformation.Transform($null, $_) }
        Import-KpInventory $table | ConvertTo-Json | Should -Be ($piped | ConvertTo-Json)
    }

    It 'takes paths from the pipeline, by name, with wildcards or literally' {
        $odd = Join-Path $directory '[a].csv'
        Set-Content -LiteralPath $odd "HostName`nh"
        (Get-Item $csv | Import-KpInventory).NodeName | Should -Be a, b
        (Get-Item -LiteralPath $odd | Import-KpInventory).HostName | Should -Be h
        ($csv, $ini | Import-KpInventory).NodeName | Should -Be a, b, cp1, work1, work2
        ([pscustomobject]@{ FullName = $csv } | Import-KpInventory).NodeName | Should -Be a, b
        (Import-KpInventory (Join-Path $directory 'nod*.csv')).NodeName | Should -Be a, b
        (Import-KpInventory -LiteralPath $odd).HostName | Should -Be h
        Import-KpInventory (Join-Path $directory '*.none') | Should -BeNullOrEmpty
        Push-Location $directory
        try {
            (Import-KpInventory nodes.csv).NodeName | Should -Be a, b
        } finally {
            Pop-Location
        }
    }

    It 'says with -Verbose what it does not use, and shows no value' {
        $said = Import-KpInventory $ini -Verbose 4>&1 | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] }
        $said.Message | Should -Be @(
            "${ini}:1: the host 'jump' is in no group of nodes, and is left out."
            "${ini}:10: the variable 'ansible_password' is not used."
        )
    }

    It 'warns of variables in files that it does not read' {
        $null = New-Item -ItemType Directory -Path (Join-Path $directory group_vars)
        $file = Join-Path $directory group_vars/all.yml
        Set-Content $file 'ansible_user: me'
        $null = Import-KpInventory $ini -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings | Should -HaveCount 1
        $warnings[0].Message | Should -BeLike "$file sets 'ansible_user'*"
    }

    It 'has an error for each inventory that cannot be read, and goes on' {
        $bad = Join-Path $directory bad
        Set-Content $bad "a`nb ansible_port=hunter2"
        $nodes = Import-KpInventory $bad, (Join-Path $directory none), nowhere:/hosts, env:/PATH, $directory, $csv -ErrorVariable failures -ErrorAction SilentlyContinue
        $nodes.NodeName | Should -Be a, b
        $failures.FullyQualifiedErrorId | Should -Be @(
            'InvalidInventory', 'InventoryNotFound', 'InvalidName', 'InvalidName', 'InvalidInventory' |
                ForEach-Object { "$_,KubePrep.Commands.ImportKpInventoryCommand" }
        )
        $failures[0].Exception.Message | Should -Be "$bad, line 2: 'ansible_port' of the host 'b' is no port: ports are 1 to 65535."
        $failures[0].TargetObject | Should -Be $bad
        $failures[0].ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
        $failures[0].CategoryInfo.Category | Should -Be ParserError
        $failures[1].CategoryInfo.Category | Should -Be ObjectNotFound
        "$failures" | Should -Not -Match hunter2
    }

    It 'stops when a later command wants no more' {
        (Import-KpInventory $csv, $ini | Select-Object -First 1).NodeName | Should -Be a
    }

    It 'makes nodes that other cmdlets take' {
        Set-Content $ini 'me ansible_connection=local ansible_user=x'
        (Import-KpInventory $ini | Get-KpNode).Node.NodeName | Should -Be me
    }
}
