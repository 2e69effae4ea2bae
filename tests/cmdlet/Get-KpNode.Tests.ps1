BeforeDiscovery {
    . $PSScriptRoot/common.ps1 # for the types in the test cases
    $cannotServe = (id -u) -ne 0 -or -not (Test-Path /usr/sbin/sshd)
}

BeforeAll {
    . $PSScriptRoot/common.ps1
    . $PSScriptRoot/sshd.ps1

    # what the cmdlets make of what they are given
    function ConvertTo-Node($Value) {
        [KubePrep.Parameters.NodeTransformationAttribute]::new().Transform($ExecutionContext, $Value)
    }
}

Describe 'Get-KpNode' {
    It 'finds out about this machine' {
        $facts = Get-KpNode localhost
        $facts | Should -BeOfType KubePrep.Facts.NodeFacts
        "$($facts.Node)" | Should -Be localhost
        $facts.HostName | Should -Be (uname -n)
        $facts.Kernel | Should -Be (uname -r)
        $facts.Architecture | Should -Be (uname -m)
        $facts.MemoryBytes | Should -BeGreaterThan 64MB
        $facts.ProcessorCount | Should -Be (nproc --all)
        $facts.Sysctls['net.ipv4.ip_forward'] | Should -Be (Get-Content /proc/sys/net/ipv4/ip_forward)
    }

    It 'looks for what a profile names' {
        $profile = New-TestPath
        Set-Content "$profile.yaml" "packages: [base-files]`nsysctl: {kernel.pid_max: {atLeast: 1}}"
        $facts = Get-KpNode localhost -Profile "$profile.yaml"
        ($facts.Packages | Where-Object Name -EQ base-files).IsInstalled | Should -BeTrue
        @($facts.Sysctls.Keys) | Should -Be kernel.pid_max
    }

    It 'takes the parameter name <_>' -ForEach 'Node', 'HostName', 'ComputerName', 'Cn' {
        $arguments = @{ $_ = 'localhost' }
        (Get-KpNode @arguments).Node.HostName | Should -Be localhost
    }

    It 'makes a node of <What>' -TestCases @(
        @{ What = 'a name'; Value = 'n1'; Expected = 'n1', $null, $null, $null }
        @{ What = 'user@host:port'; Value = 'jane@n1.example:2222'; Expected = 'n1.example', 'jane', 2222, $null }
        @{ What = 'an IPv6 address'; Value = 'fd00::1'; Expected = 'fd00::1', $null, $null, $null }
        @{ What = 'an IPv6 address with a port'; Value = 'jane@[fd00::1]:22'; Expected = 'fd00::1', 'jane', 22, $null }
        @{ What = 'a hashtable'; Value = @{ HostName = 'n1'; UserName = 'jane'; Port = 2222; NodeName = 'a' }; Expected = 'n1', 'jane', 2222, 'a' }
        @{ What = 'a hashtable in other letters'; Value = @{ HOSTNAME = 'n1'; port = '2222' }; Expected = 'n1', $null, 2222, $null }
        @{ What = 'an ordered dictionary'; Value = [ordered]@{ ComputerName = 'n1'; User = 'jane' }; Expected = 'n1', 'jane', $null, $null }
        @{ What = 'an object'; Value = [pscustomobject]@{ Cn = 'n1'; Name = 'a' }; Expected = 'n1', $null, $null, 'a' }
        @{ What = 'an object with only a name'; Value = [pscustomobject]@{ Name = 'N1_alias' }; Expected = 'N1_alias', $null, $null, $null }
        @{ What = 'an object with an address'; Value = [pscustomobject]@{ Name = 'a'; IP = '192.0.2.1' }; Expected = '192.0.2.1', $null, $null, 'a' }
        @{ What = 'a user in the address and beside it'; Value = @{ HostName = 'ada@n1:22'; UserName = 'jane'; Port = 23 }; Expected = 'n1', 'jane', 23, $null }
        @{ What = 'a result'; Value = [pscustomobject]@{ Node = [KubePrep.Inventory.Node]::new('jane@n1:23'); Status = 'x' }; Expected = 'n1', 'jane', 23, $null }
        @{ What = 'a node'; Value = [KubePrep.Inventory.Node]::new('n1'); Expected = 'n1', $null, $null, $null }
        @{ What = 'an address object'; Value = [ipaddress] '192.0.2.1'; Expected = '192.0.2.1', $null, $null, $null }
    ) {
        $node = ConvertTo-Node $Value
        $node | Should -HaveCount 1
        $node[0].HostName, $node[0].UserName, $node[0].Port, $node[0].NodeName | Should -Be $Expected
    }

    It 'makes nodes of the rows of a table' {
        $rows = @'
ComputerName,NodeName,IPAddress,Port,UserName,Role,Rack
n1,cp-1,192.0.2.1 fd00::1,22,jane,"ControlPlane, Etcd",a
n2,w-1,,,,worker,b
'@ | ConvertFrom-Csv
        $nodes = ConvertTo-Node $rows
        $nodes.HostName | Should -Be n1, n2
        $nodes.NodeName | Should -Be cp-1, w-1
        $nodes[0].IPAddress | Should -Be 192.0.2.1, fd00::1
        $nodes[1].IPAddress | Should -BeNullOrEmpty
        $nodes.Role | Should -Be ([KubePrep.Inventory.NodeRole] 'ControlPlane, Etcd'), ([KubePrep.Inventory.NodeRole]::Worker)
        $nodes[1].Port, $nodes[1].UserName | Should -Be $null, $null
    }

    It 'makes nodes of a list of everything' {
        (ConvertTo-Node @('n1', @{ HostName = 'n2' }, [pscustomobject]@{ Name = 'n3' })).HostName | Should -Be n1, n2, n3
    }

    It 'reads the role <Value>' -TestCases @(
        @{ Value = 'worker'; Expected = 'Worker' }
        @{ Value = 'ControlPlane;Etcd'; Expected = 'ControlPlane, Etcd' }
        @{ Value = 'controlplane', 'WORKER'; Expected = 'ControlPlane, Worker' }
        @{ Value = [KubePrep.Inventory.NodeRole] 'Etcd, Worker'; Expected = 'Worker, Etcd' }
        @{ Value = ''; Expected = 'None' }
        @{ Value = $null; Expected = 'None' }
    ) {
        (Get-KpNode @{ HostName = 'localhost'; Role = $Value }).Node.Role | Should -Be $Expected
    }

    It 'refuses a role that is none, and goes on' {
        $facts = @{ HostName = 'n1'; Role = 'Boss' }, 'localhost' | Get-KpNode -ErrorVariable failure -ErrorAction SilentlyContinue
        $facts.Node.HostName | Should -Be localhost
        $failure[0] | Should -BeLike "*'Boss'*ControlPlane, Worker, Etcd*"
    }

    It 'refuses <_>, and goes on' -ForEach @(
        '-oProxyCommand=touch'
        'n1;reboot'
        '$(id)'
        "n1`nn2"
        'n 1'
        "n1`e[2J"
        'jane;@n1'
        'n1:0'
        'n1:65536'
        '[::1'
        ''
    ) {
        $facts = $_, 'localhost' | Get-KpNode -ErrorVariable failure -ErrorAction SilentlyContinue
        $facts.Node.HostName | Should -Be localhost
        $failure | Should -HaveCount 1
        $failure[0].FullyQualifiedErrorId | Should -Be 'InvalidNode,KubePrep.Commands.GetKpNodeCommand'
        $failure[0].CategoryInfo.Category | Should -Be InvalidArgument
        $failure[0].TargetObject | Should -Be $_
        $failure[0].ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
        "$($failure[0])" | Should -Not -Match '\p{Cc}'
    }

    It 'refuses a node whose <Property> is <Value>, and goes on' -TestCases @(
        @{ Property = 'Port'; Value = 'ssh'; Shown = 'port' }
        @{ Property = 'NodeName'; Value = 'Not_A_Name'; Shown = 'Not_A_Name' }
        @{ Property = 'IPAddress'; Value = '192.0.2.1.1'; Shown = '192.0.2.1.1' }
        @{ Property = 'UserName'; Value = '-l'; Shown = '-l' }
        @{ Property = 'KeyFilePath'; Value = '/nonexistent/key'; Shown = '/nonexistent/key' }
        @{ Property = 'KeyFilePath'; Value = 'env:key'; Shown = 'env:key' }
        @{ Property = 'KeyFilePath'; Value = 'nodrive:key'; Shown = 'nodrive:key' }
    ) {
        $facts = @{ HostName = 'n1'; $Property = $Value }, 'localhost' | Get-KpNode -ErrorVariable failure -ErrorAction SilentlyContinue
        $facts.Node.HostName | Should -Be localhost
        $failure.FullyQualifiedErrorId | Should -Be 'InvalidNode,KubePrep.Commands.GetKpNodeCommand'
        "$failure" | Should -BeLike "*$Shown*"
    }

    It 'refuses <Parameter> <Value> with <Id>, before any node' -TestCases @(
        @{ Parameter = 'Options'; Value = @{ 'Host name' = 'x' }; Id = 'InvalidConnectionOption' }
        @{ Parameter = 'Options'; Value = @{ ProxyCommand = "a`nb" }; Id = 'InvalidConnectionOption' }
        @{ Parameter = 'Options'; Value = @{ StrictHostKeyChecking = 'no' }; Id = 'InvalidConnectionOption' }
        @{ Parameter = 'Options'; Value = @{ controlmaster = 'auto' }; Id = 'InvalidConnectionOption' }
        @{ Parameter = 'KnownHostsPath'; Value = 'a"b'; Id = 'InvalidConnectionOption' }
        @{ Parameter = 'KnownHostsPath'; Value = 'env:x'; Id = 'InvalidName' }
        @{ Parameter = 'KeyFilePath'; Value = 'nodrive:x'; Id = 'InvalidName' }
        @{ Parameter = 'SudoPassword'; Value = [securestring]::new(); Id = 'InvalidConnectionOption' }
        @{ Parameter = 'Profile'; Value = 'nosuch'; Id = 'ProfileNotFound' }
        @{ Parameter = 'Profile'; Value = './nosuch.yaml'; Id = 'ProfileNotFound' }
    ) {
        $arguments = @{ $Parameter = $Value }
        $failure = { Get-KpNode localhost, localhost @arguments } | Should -Throw -ErrorId "$Id,KubePrep.Commands.GetKpNodeCommand" -PassThru
        $failure.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
    }

    It 'takes the last of two options with one name, and numbers, switches and lists as their words' {
        $options = [hashtable]::new()
        $options[1] = 'a'
        $options['1'] = 'b'
        $options['Compression'] = $true
        $options['SendEnv'] = 'A', 'B'
        (Get-KpNode localhost -Options $options).Node.HostName | Should -Be localhost
    }

    It 'refuses <Parameter> <Value>' -TestCases @(
        @{ Parameter = 'Port'; Value = 0 }
        @{ Parameter = 'ThrottleLimit'; Value = 0 }
        @{ Parameter = 'ConnectionTimeoutSeconds'; Value = 0 }
        @{ Parameter = 'HostKeyPolicy'; Value = 'Off' }
    ) {
        $arguments = @{ $Parameter = $Value }
        { Get-KpNode localhost @arguments } | Should -Throw -ExceptionType ([System.Management.Automation.ParameterBindingException])
    }

    It 'puts out nothing for nothing' {
        @() | Get-KpNode | Should -BeNullOrEmpty
    }

    It 'works in several runspaces at once' {
        1..4 | ForEach-Object -Parallel {
            Import-Module "$using:RepositoryRoot/KubePrep.psd1"
            (Get-KpNode localhost, localhost).Count
        } | Should -Be 2, 2, 2, 2
    }

    Context 'over ssh' -Skip:$cannotServe {
        BeforeAll {
            $server = Start-SshServer
            $other = Start-SshServer
            $connection = $server.Connection
        }

        AfterAll { Stop-SshServer $server, $other }

        It 'says the same of a machine as its own shell does' {
            $facts = Get-KpNode $server.Address @connection
            $facts.ConnectionAddress | Should -Be 127.0.0.1
            $facts.IsRoot | Should -BeTrue
            $local = Get-KpNode localhost
            $facts.BootId, $facts.MachineId, $facts.Kernel | Should -Be $local.BootId, $local.MachineId, $local.Kernel
        }

        It 'uses the parameters where a node says nothing' {
            (Get-KpNode 127.0.0.1 -UserName root -Port $server.Port @connection).IsRoot | Should -BeTrue
        }

        It 'lets a node''s own values beat the parameters' {
            $node = @{ HostName = '127.0.0.1'; UserName = 'root'; Port = $server.Port; KeyFilePath = $connection.KeyFilePath }
            $facts = Get-KpNode $node -UserName nobody -Port (Get-FreePort) -KeyFilePath /nonexistent/key -KnownHostsPath $connection.KnownHostsPath
            $facts.IsRoot | Should -BeTrue
        }

        It 'finds the files of its parameters and nodes from the current location' {
            Push-Location $server.Directory
            try {
                [Environment]::CurrentDirectory | Should -Not -Be $PWD.Path
                (Get-KpNode $server.Address -KeyFilePath id -KnownHostsPath ./known_hosts).IsRoot | Should -BeTrue
                $node = @{ HostName = $server.Address; KeyFilePath = './id' }
                (Get-KpNode $node -KnownHostsPath known_hosts).Node.KeyFilePath | Should -Be $connection.KeyFilePath
            } finally {
                Pop-Location
            }
        }

        It 'passes options on to ssh' {
            $node = "root@some-alias:$($server.Port)"
            (Get-KpNode $node @connection -Options @{ HostName = '127.0.0.1'; HostKeyAlias = "[127.0.0.1]:$($server.Port)" }).IsRoot | Should -BeTrue
        }

        It 'takes nodes from its own results' {
            $again = Get-KpNode @{ HostName = $server.Address; NodeName = 'cp-1' } @connection | Get-KpNode @connection
            $again.Node.NodeName, $again.Node.Port | Should -Be cp-1, $server.Port
        }

        It 'fails each bad node with its own error, and the others not at all' {
            $silent = New-SilentListener
            $changed = New-TestPath
            "[127.0.0.1]:$($server.Port) $(Get-Content "$($server.Directory)/id.pub")" | Set-Content $changed
            try {
                $silentPort = $silent.LocalEndpoint.Port
                $cases = @(
                    @{ Node = "root@127.0.0.1:$(Get-FreePort)"; Id = 'ConnectionRefused'; Category = 'ConnectionError' }
                    @{ Node = "root@127.0.0.1:$silentPort"; Id = 'ConnectionTimeout'; Category = 'OperationTimeout' }
                    @{ Node = 'root@nowhere.invalid'; Id = 'HostNameNotFound'; Category = 'ObjectNotFound' }
                    @{ Node = $other.Address; Id = 'HostKeyUnknown'; Category = 'SecurityError' }
                    @{ Node = "kubeprep-nobody@127.0.0.1:$($server.Port)"; Id = 'PermissionDenied'; Category = 'AuthenticationError' }
                )
                $facts = @($cases.Node) + $server.Address |
                    Get-KpNode @connection -ConnectionTimeoutSeconds 2 -ErrorVariable failure -ErrorAction SilentlyContinue
                "$($facts.Node)" | Should -Be $server.Address
                $failure | Should -HaveCount $cases.Count
                foreach ($case in $cases) {
                    $one = $failure | Where-Object TargetObject -EQ $case.Node
                    $one.FullyQualifiedErrorId | Should -Be "$($case.Id),KubePrep.Commands.GetKpNodeCommand"
                    $one.CategoryInfo.Category | Should -Be $case.Category
                    $one.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
                    "$one" | Should -BeLike "*$($case.Node)*"
                }
                "$($failure | Where-Object FullyQualifiedErrorId -Like 'HostKeyUnknown,*')" | Should -BeLike "*$($other.Fingerprint)*"

                { Get-KpNode $server.Address -KeyFilePath $connection.KeyFilePath -KnownHostsPath $changed -ErrorAction Stop } |
                    Should -Throw "*$($server.Fingerprint)*" -ErrorId 'HostKeyChanged,*'
            } finally {
                $silent.Stop()
            }
        }

        It 'ends at the first error with -ErrorAction Stop' {
            { Get-KpNode "root@127.0.0.1:$(Get-FreePort)" @connection -ErrorAction Stop } | Should -Throw -ErrorId 'ConnectionRefused,*'
        }

        It 'trusts no new host key by itself, and remembers one with -HostKeyPolicy AcceptNew' {
            $known = New-TestPath
            $arguments = @{ KeyFilePath = $connection.KeyFilePath; KnownHostsPath = $known }
            Get-KpNode $server.Address @arguments -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
            $known | Should -Not -Exist
            (Get-KpNode $server.Address @arguments -HostKeyPolicy AcceptNew).IsRoot | Should -BeTrue
            (Get-KpNode $server.Address @arguments).IsRoot | Should -BeTrue
        }

        It 'puts a node out before the last one is done' {
            $silent = New-SilentListener
            try {
                $order = $server.Address, "root@127.0.0.1:$($silent.LocalEndpoint.Port)" |
                    Get-KpNode @connection -ConnectionTimeoutSeconds 2 -ErrorAction Continue 2>&1 |
                    ForEach-Object { $_.GetType().Name }
                $order | Should -Be NodeFacts, ErrorRecord
            } finally {
                $silent.Stop()
            }
        }
    }
}
