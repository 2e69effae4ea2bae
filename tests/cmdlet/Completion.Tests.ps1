BeforeAll {
    . $PSScriptRoot/common.ps1

    # what Tab offers, with where it comes from
    function Get-ToolTip([string] $Line) {
        [System.Management.Automation.CommandCompletion]::CompleteInput($Line, $Line.Length, $null).CompletionMatches.ToolTip
    }

    # makes the home directory that completion looks into an empty one
    function New-Home {
        $directory = (New-Item -ItemType Directory (New-TestPath)).FullName
        $null = New-Item -ItemType Directory "$directory/.ssh", "$directory/.kube"
        $env:HOME = (Get-PSProvider FileSystem).Home = $directory
        $directory
    }

    # the time that a line takes to complete
    function Measure-Completion([string] $Line) {
        (Measure-Command { $null = Complete $Line }).TotalSeconds
    }

    # far above what completion waits for, and far below what would hang
    $Prompt = 5
}

Describe 'Completion' {
    BeforeAll {
        $before = $env:HOME, (Get-PSProvider FileSystem).Home
        Push-Location
    }

    AfterAll {
        Pop-Location
        $env:HOME, (Get-PSProvider FileSystem).Home = $before
    }

    It 'is there for every parameter that takes one of some values' {
        $values = @{
            'a path that PowerShell completes'    = 'Path', 'LiteralPath', 'KeyFilePath', 'KnownHostsPath', 'Destination'
            'a number'                            = 'Port', 'ConnectionTimeoutSeconds', 'ThrottleLimit'
            'a secret, or asked for'              = 'Credential', 'SudoPassword', 'CaPassphrase'
            'names of the user''s choice'         = 'New-KpUser -Name', 'New-KpUser -Namespace', 'New-KpClientCertificate -Name', 'UserName', 'Options'
            'taken from the pipeline, not typed'  = 'Facts'
        }
        $common = [System.Management.Automation.Cmdlet]::CommonParameters + [System.Management.Automation.Cmdlet]::OptionalCommonParameters
        foreach ($cmdlet in Get-Command -Module KubePrep) {
            foreach ($parameter in $cmdlet.Parameters.Values | Where-Object { $_.Name -notin $common -and -not $_.SwitchParameter }) {
                $type = $parameter.ParameterType
                $type = $type.IsArray ? $type.GetElementType() : [Nullable]::GetUnderlyingType($type) ?? $type
                $completes = $type.IsEnum -or $parameter.Attributes.Where({ $_ -is [ArgumentCompleter] })
                $isLeft = "$($cmdlet.Name) -$($parameter.Name)" -in $values.Values.ForEach({ $_ }) -or $parameter.Name -in $values.Values.ForEach({ $_ })
                $completes -or $isLeft | Should -BeTrue -Because "Tab is of use for $($cmdlet.Name) -$($parameter.Name)"
            }
        }
    }

    It 'offers <Expected> for <Line>' -ForEach @(
        @{ Line = 'Invoke-KpDeployment -KeyAlgorithm ecdsap2'; Expected = 'EcdsaP256' }
        @{ Line = 'Invoke-KpDeployment -CaLifetime 1'; Expected = '1y', '10y' }
        @{ Line = 'Update-KpCertificate -Lifetime 8'; Expected = '8h' }
        @{ Line = 'Update-KpCertificate -ExpiringWithin 3'; Expected = '30d' }
        @{ Line = 'Update-KpCertificateAuthority -Phase '; Expected = 'Finish', 'Prepare', 'Switch' }
        @{ Line = 'New-KpUser -Role v'; Expected = 'View' }
        @{ Line = 'New-KpClientCertificate -CommonName System:Kube-P'; Expected = 'system:kube-proxy' }
        @{ Line = 'New-KpClientCertificate -Organization system:masters,system:n'; Expected = 'system:nodes' }
        @{ Line = 'New-KpClientCertificate -Profile kc'; Expected = 'kcfg' }
        @{ Line = 'Set-KpTimeSync -Source p'; Expected = 'Ptp' }
        @{ Line = 'Set-KpTimeSync -NtpServer 169'; Expected = '169.254.169.123' }
        @{ Line = 'Sync-KpHostsFile -Mode b'; Expected = 'Block' }
        @{ Line = 'Test-KpNodePreparation -Step Kern'; Expected = 'KernelModules' }
        @{ Line = 'Get-KpNode -HostKeyPolicy a'; Expected = 'AcceptNew' }
        @{ Line = 'Get-KpNode -Profile DEF'; Expected = 'default' }
        @{ Line = "Get-KpNode -Profile 'k"; Expected = "'kubeasz'" }
        @{ Line = 'Update-KpCertificate -Lifetime "9'; Expected = '"90d"' }
        @{ Line = 'Update-KpCertificate -Lifetime zz'; Expected = $null }
    ) {
        Complete $Line | Should -Be $Expected
    }

    Context 'of nodes' {
        BeforeEach {
            $directory = New-Home
            Set-Location $directory
            # nothing was imported into this runspace
            $inventory = "$directory/none.csv"
            Set-Content $inventory HostName
            $null = Import-KpInventory $inventory -WarningAction SilentlyContinue
        }

        It 'offers inventories first, then ssh''s configuration, then known hosts, each once, and says where from' {
            Set-Content hosts "cp1 ansible_host=198.51.100.1 ansible_user=debian`nw1 ansible_port=2222`n[kube_node]`ncp1`nw1"
            Set-Content .ssh/config "Host alias w1 *.lab !no`nInclude more`nHost beta"
            Set-Content .ssh/more 'Host Gamma'
            Set-Content .ssh/known_hosts @(
                '198.51.100.1 ssh-ed25519 A'
                'alias,GAMMA,k1 ssh-ed25519 A'
                '[w1]:2222,[k2]:2222 ssh-ed25519 A'
                '[2001:db8::1]:22 ssh-ed25519 A'
                '|1|JfKTdBh7rNbXkVAQCRp4OQoPfmI=|USECr3SWf1JUPsms5AqfD5QfxkM= ssh-ed25519 A'
                '@revoked bad ssh-ed25519 A'
            )
            $ssh = 'alias', 'w1', 'Gamma', 'beta', '198.51.100.1', 'k1', 'w1:2222', 'k2:2222', '[2001:db8::1]:22'
            Complete 'Get-KpNode ' | Should -Be $ssh
            $null = Import-KpInventory hosts
            $all = 'debian@198.51.100.1', 'w1:2222', 'alias', 'w1', 'Gamma', 'beta', 'k1', 'k2:2222', '[2001:db8::1]:22'
            foreach ($cmdlet in Get-Command -Module KubePrep | Where-Object { $_.Parameters.ContainsKey('Node') }) {
                Complete "$cmdlet " | Should -Be $all
                Complete "$cmdlet -HostName " | Should -Be $all
            }
            Get-ToolTip 'Get-KpNode ' | Should -Be @(
                "cp1, of the inventory $directory/hosts"
                "w1, of the inventory $directory/hosts"
                "Host of $directory/.ssh/config"
                "Host of $directory/.ssh/config"
                "Host of $directory/.ssh/more"
                "Host of $directory/.ssh/config"
                "in $directory/.ssh/known_hosts"
                "in $directory/.ssh/known_hosts"
                "in $directory/.ssh/known_hosts"
            )
            Complete 'Sync-KpHostsFile -MasterNode ' | Should -Be (@('cp1', 'w1') + $all[2, 4, 5, 6, 7, 8])
        }

        It 'finds a node of an inventory by its name and address, and keeps the user that was typed' {
            Set-Content hosts "cp1 ansible_host=198.51.100.1 ansible_user=debian`n[kube_node]`ncp1"
            Set-Content .ssh/config 'Host alias'
            $null = Import-KpInventory hosts
            Complete 'Get-KpNode CP' | Should -Be debian@198.51.100.1
            Complete 'Get-KpNode deb' | Should -Be debian@198.51.100.1
            Complete 'Get-KpNode 198' | Should -Be debian@198.51.100.1
            Complete 'Get-KpNode root@' | Should -Be root@198.51.100.1, root@alias
            Complete 'Get-KpNode root@cp' | Should -Be root@198.51.100.1
            Complete 'Get-KpNode cp1,root@a' | Should -Be root@alias
            Complete 'Sync-KpHostsFile -MasterNode 198' | Should -Be cp1
        }

        It 'has the nodes of the import that was last, of all its files' {
            Set-Content a.csv "HostName`na1"
            Set-Content b.csv "HostName`nb1"
            $null = Import-KpInventory a.csv
            $null = Import-KpInventory ./nowhere -ErrorAction SilentlyContinue
            Complete 'Get-KpNode ' | Should -Be a1
            $null = Import-KpInventory a.csv, b.csv
            Complete 'Get-KpNode ' | Should -Be a1, b1
            $null = Import-KpInventory b.csv
            Complete 'Get-KpNode ' | Should -Be b1
        }

        It 'has the nodes of its own runspace alone' {
            Set-Content a.csv "HostName`na1"
            $null = Import-KpInventory a.csv
            $script = "Import-Module '$RepositoryRoot/KubePrep.psd1'; Set-Location '$directory'; " + '
                function Complete { [System.Management.Automation.CommandCompletion]::CompleteInput("Get-KpNode ", 11, $null).CompletionMatches.CompletionText }
                "before: $(Complete)"
                Set-Content other.csv "HostName`nother"
                $null = Import-KpInventory other.csv
                "after: $(Complete)"'
            $shell = [powershell]::Create()
            $shell.AddScript($script).Invoke() | Should -Be 'before: ', 'after: other'
            $shell.Dispose()
            Complete 'Get-KpNode ' | Should -Be a1
        }

        It 'quotes what needs it' {
            # ssh and PowerShell both take these names, but PowerShell not without quotation marks
            Set-Content .ssh/config 'Host 0x10 1e3 10.5 2001:db8::1 #x' # a comment
            Complete 'Get-KpNode ' | Should -Be "'0x10'", "'1e3'", "'10.5'", '2001:db8::1'
            Complete "Get-KpNode '1" | Should -Be "'1e3'", "'10.5'"
        }

        It 'does not fail at, or wait for, <_> in the place of ssh''s files' -ForEach 'a pipe', 'a directory', 'an unreadable file', 'nothing' {
            foreach ($file in 'config', 'known_hosts') {
                switch ($_) {
                    'a pipe' { mkfifo ".ssh/$file" }
                    'a directory' { $null = New-Item -ItemType Directory ".ssh/$file" }
                    'an unreadable file' { Set-Content ".ssh/$file" 'Host a'; chmod 0 ".ssh/$file" }
                }
            }
            Set-Content a.csv "HostName`nn1"
            $null = Import-KpInventory a.csv
            Measure-Completion 'Get-KpNode ' | Should -BeLessThan $Prompt
            Complete 'Get-KpNode n' | Should -Be n1
        }

        It 'offers what it has where a file cannot be opened for long' -Skip:(-not (Get-Command perl -ErrorAction Ignore)) {
            Set-Content .ssh/config 'Host n1'
            Set-Content .ssh/known_hosts 'k1 ssh-ed25519 A'
            # the holder of a lease has 45 s to give way to who opens the file (fcntl(2), F_SETLEASE)
            $start = [Diagnostics.ProcessStartInfo]::new('perl', [string[]] ('-e', @'
                $SIG{IO} = 'IGNORE';
                $| = 1;
                open my $file, '+<', $ARGV[0] or die;
                fcntl $file, 1024, 1 or die "no lease: $!";
                print "held\n";
                sleep 60;
'@, "$directory/.ssh/known_hosts"))
            $start.RedirectStandardOutput = $true
            $holder = [Diagnostics.Process]::Start($start)
            try {
                $holder.StandardOutput.ReadLine() | Should -Be held
                Measure-Completion 'Get-KpNode ' | Should -BeLessThan $Prompt
                Complete 'Get-KpNode ' | Should -Be n1
            } finally {
                $holder.Kill()
                $holder.WaitForExit()
            }
        }

        It 'is prompt with 100,000 known hosts' {
            $key = 'ssh-rsa ' + 'A' * 372
            $writer = [IO.StreamWriter]::new("$directory/.ssh/known_hosts")
            foreach ($number in 1..100000) {
                $writer.WriteLine("host$number.lab $key")
            }
            $writer.Dispose()
            Measure-Completion 'Get-KpNode ' | Should -BeLessThan $Prompt
            Complete 'Get-KpNode host1.' | Should -Be host1.lab
        }
    }

    Context 'of files' {
        BeforeEach { Set-Location (New-Home) }

        It 'offers directories where one is wanted' {
            $null = New-Item -ItemType Directory prod, 'pre prod'
            Set-Content pipe.txt ''
            foreach ($cmdlet in Get-Command -Module KubePrep | Where-Object { $_.Parameters.ContainsKey('ClusterDirectory') }) {
                Complete "$cmdlet -ClusterDirectory p" | Should -Be "'./pre prod'", ./prod
            }
            Complete 'New-KpCertificateAuthority p' | Should -Be "'./pre prod'", ./prod
        }

        It 'offers certificates and no keys where one is wanted' {
            $null = New-Item -ItemType Directory ssl
            'ssl/ca.pem', 'ssl/ca-key.pem', 'ssl/ca-csr.json' | ForEach-Object { Set-Content $_ '' }
            Complete 'New-KpClientCertificate ss' | Should -Be ./ssl
            Complete 'New-KpClientCertificate ssl/' | Should -Be ./ssl/ca.pem
            Complete 'New-KpKubeconfig ssl/' | Should -Be ./ssl/ca.pem
            Complete 'Get-KpTimeSync n -CertificateAuthority ssl/' | Should -Be ./ssl/ca.pem
        }

        It 'offers preparation profiles as files, also in quotation marks' {
            'own one.yaml', 'other.yml', 'odd.txt' | ForEach-Object { Set-Content $_ '' }
            Complete 'Get-KpNode n -Profile o' | Should -Be ./other.yml, "'./own one.yaml'"
            Complete 'Get-KpNode n -Profile "./ow' | Should -Be '"./own one.yaml"'
        }
    }

    Context 'of a cluster''s directory' {
        BeforeAll {
            $home1 = New-Home
            Set-Location $home1
            $null = Invoke-KpDeployment './my prod' c1 https://192.0.2.10:6443 -ContextName 'one c1'
            $jane = (New-KpUser jane view -ClusterDirectory './my prod').Name
            $null = Invoke-KpDeployment ./other c2 https://192.0.2.20:6443
            $own = 'admin', 'kube-controller-manager', 'kube-proxy', 'kube-scheduler'
            $directory = "$home1/my prod"
            $null = $directory
        }

        It 'offers the certificates that can be renewed: <_>' -ForEach @(
            'Update-KpCertificate "./my prod" '
            'Update-KpCertificate -ClusterDirectory ''./my prod'' -Name '
            'Update-KpCertificate -ClusterDirectory:''./my prod'' -Name '
            'Update-KpCertificate ''~/my prod'' -Name '
            'Update-KpCertificate $directory -Name '
            'Update-KpCertificate "$home1/my prod" -Name '
            'Update-KpCertificate -ClusterDirectory "$home1/my prod" -Name '
            'Update-KpCertificate -ClusterDirectory $home1/"my prod" -Name '
        ) {
            $global:directory, $global:home1 = $directory, $home1
            try {
                Complete $_ | Should -Be ($own + $jane)
                Complete "$($_)kube-c" | Should -Be kube-controller-manager
                Complete "$($_)admin,kube-p" | Should -Be kube-proxy
            } finally {
                Remove-Variable directory, home1 -Scope Global
            }
        }

        It 'offers them of the current directory by default' {
            Push-Location other
            try {
                Complete 'Update-KpCertificate -Name ' | Should -Be $own
            } finally {
                Pop-Location
            }
            Complete 'Update-KpCertificate -Name ' | Should -BeNullOrEmpty
        }

        It 'resolves paths as the runspace does in which somebody types' {
            $script = "Import-Module '$RepositoryRoot/KubePrep.psd1'; Set-Location '$home1/other'; " + '
                $line = "Update-KpCertificate . "
                [System.Management.Automation.CommandCompletion]::CompleteInput($line, $line.Length, $null).CompletionMatches.CompletionText'
            $shell = [powershell]::Create()
            $shell.AddScript($script).Invoke() | Should -Be $own
            $shell.Dispose()
            Complete 'Update-KpCertificate ./other ' | Should -Be $own
            Complete 'Update-KpCertificate . ' | Should -BeNullOrEmpty
        }

        It 'offers users' {
            Complete 'Get-KpUser -ClusterDirectory ''./my prod'' -Name J' | Should -Be $jane
            Complete 'Remove-KpUser -ClusterDirectory ''./my prod'' -Name "j' | Should -Be "`"$jane`""
            Complete 'Get-KpUser -ClusterDirectory ./other -Name ' | Should -BeNullOrEmpty
        }

        It 'offers what its kubeconfig has' {
            Complete 'Invoke-KpDeployment "./my prod" ' | Should -Be c1
            Complete 'Invoke-KpDeployment "./my prod" c1 ' | Should -Be https://192.0.2.10:6443
            Complete 'Invoke-KpDeployment "./my prod" -ContextName ' | Should -Be "'one c1'"
            Complete 'New-KpKubeconfig "./my prod/ssl/admin.pem" HTTPS' | Should -Be https://192.0.2.10:6443
            Complete 'New-KpKubeconfig "./my prod/ssl/admin.pem" -UserName ' | Should -Be admin
            Complete 'New-KpKubeconfig "./my prod/ssl/admin.pem" -Path other/kubectl.kubeconfig -ClusterName ' | Should -Be c2
            Complete 'New-KpKubeconfig x -LiteralPath other/kubectl.kubeconfig -ClusterName ' | Should -Be c2
            Complete 'Invoke-KpDeployment ./nowhere ' | Should -BeNullOrEmpty
            Get-ToolTip 'Invoke-KpDeployment ./other ' | Should -Be "c2, of $home1/other/kubectl.kubeconfig"
        }

        It 'offers the signing profiles of its authority' {
            Complete 'New-KpClientCertificate other/ssl -Profile ' | Should -Be kubernetes, kcfg
            $copy = New-TestPath
            Copy-Item -Recurse other/ssl $copy
            (Get-Content -Raw $copy/ca-config.json) -replace 'kcfg', 'people' | Set-Content $copy/ca-config.json
            Complete "New-KpClientCertificate $copy -Profile " | Should -Be kubernetes, people
            Complete "New-KpClientCertificate $copy/ca.pem -Profile pe" | Should -Be people
            Set-Content $copy/ca-config.json '{'
            Complete "New-KpClientCertificate $copy -Profile " | Should -Be kcfg, kubernetes
            Complete 'New-KpClientCertificate ./nowhere -Profile ' | Should -Be kcfg, kubernetes
        }

        It 'knows the objects that variables hold' {
            $global:made = New-KpCertificateAuthority ./other/ssl | New-KpClientCertificate -CommonName admin -Organization system:masters
            try {
                Complete 'New-KpKubeconfig $made ' | Should -Be https://192.0.2.20:6443
            } finally {
                Remove-Variable made -Scope Global
            }
        }

        It 'runs nothing that is on the line, and does not guess what it would give: <_>' -ForEach @(
            'Remove-KpKubeconfigContext -Path (Set-Content $canary 1) -Name '
            'Remove-KpKubeconfigContext -Path "$(Set-Content $canary 1)" -Name '
            'Remove-KpKubeconfigContext -Path "`$(Set-Content $canary 1)$home1" -Name '
            'Remove-KpKubeconfigContext -Path "$($canary)x" -Name '
            'Remove-KpKubeconfigContext -Path env:/PATH -Name '
            'Remove-KpKubeconfigContext -Path nowhere:/x -Name '
        ) {
            Copy-Item other/kubectl.kubeconfig .kube/config
            Complete 'Remove-KpKubeconfigContext ' | Should -Be context-c2
            $global:canary, $global:home1 = (New-TestPath), $home1
            try {
                Complete $_ | Should -BeNullOrEmpty
                $canary | Should -Not -Exist
            } finally {
                Remove-Variable canary, home1 -Scope Global
                Remove-Item .kube/config
            }
        }
    }

    Context 'of kubeconfigs' {
        BeforeEach {
            $directory = New-Home
            Set-Location $directory
            $config = "$directory/.kube/config"
        }

        It 'offers the contexts of the default one, quoted where they need it, and none that could steer a terminal' {
            Set-Content $config @'
{"contexts": [{"name": "a b"}, {"name": "it's"}, {"name": "$(x)"}, {"name": ""}, {"name": "-x"}, {"name": "#x"}, {"name": "“x”"}, {"name": "bad\u001b[2J"}, {"name": "plain"}]}
'@
            Complete 'Remove-KpKubeconfigContext ' | Should -Be "'a b'", "'it''s'", "'`$(x)'", "'-x'", "'#x'", '''“x”''', plain
            Complete "Remove-KpKubeconfigContext 'IT" | Should -Be "'it''s'"
            Complete 'Remove-KpKubeconfigContext "' | Should -Be '"a b"', '"it''s"', '"`$(x)"', '"-x"', '"#x"', '"`“x`”"', '"plain"'
        }

        It 'offers nothing for <_>' -ForEach 'a pipe', 'a directory', 'damage', 'one that is too large', 'nothing' {
            switch ($_) {
                'a pipe' { mkfifo $config }
                'a directory' { $null = New-Item -ItemType Directory $config }
                'damage' { Set-Content $config 'contexts: [' }
                'one that is too large' { Set-Content $config ('contexts: [{name: a}] #' + 'x' * 1MB) }
            }
            Measure-Completion 'Remove-KpKubeconfigContext ' | Should -BeLessThan $Prompt
            Complete 'Remove-KpKubeconfigContext ' | Should -BeNullOrEmpty
            Complete "Remove-KpKubeconfigContext -Path '$config' -Name a" | Should -BeNullOrEmpty
        }

        It 'is prompt with one of 1 MiB' {
            $names = 1..300 | ForEach-Object { "c$_" }
            $users = foreach ($name in $names) { "- name: $name`n  user: {client-key-data: $('B' * 3400)}" }
            $contexts = foreach ($name in $names) { "- name: $name`n  context: {cluster: c, user: $name}" }
            Set-Content $config 'contexts:', $contexts, 'users:', $users
            (Get-Item $config).Length | Should -BeGreaterThan 1020KB
            (Get-Item $config).Length | Should -BeLessOrEqual 1MB
            Measure-Completion 'Remove-KpKubeconfigContext ' | Should -BeLessThan $Prompt
            Complete 'Remove-KpKubeconfigContext c299' | Should -Be c299
        }
    }
}
