BeforeDiscovery { $cannotServe = (id -u) -ne 0 -or -not (Test-Path /usr/sbin/sshd) -or -not (Get-Command strace -ErrorAction Ignore) }

BeforeAll {
    . $PSScriptRoot/common.ps1
    . $PSScriptRoot/sshd.ps1

    # what must appear nowhere: PEM labels of private keys, and pieces of the keys themselves, plain and as kubeconfigs hold them
    function Get-Secret([string] $Path) {
        'PRIVATE KEY'
        foreach ($key in Get-ChildItem -LiteralPath $Path -Recurse -Filter *-key.pem) {
            $body = (Get-Content $key | Where-Object { $_ -notmatch '^-' }) -join ''
            $body.Substring(20, 40)
            [Convert]::ToBase64String([IO.File]::ReadAllBytes($key)).Substring(60, 60)
        }
    }
}

Describe 'Secrets' {
    It 'appear on no stream, in no object, error or transcript' {
        $path = New-TestPath
        $transcript = New-TestPath
        $Error.Clear()
        $null = Start-Transcript -Path $transcript
        try {
            $output = & {
                $streams = @{ Verbose = $true; Debug = $true; InformationAction = 'Continue'; ErrorAction = 'Continue' }
                Invoke-KpDeployment $path @Deployment @streams
                New-KpCertificateAuthority "$path/ssl" @streams |
                    New-KpClientCertificate -CommonName jane @streams |
                    New-KpKubeconfig -Server $Server -ClusterName c @streams
                Invoke-KpDeployment $path @Deployment -Force @streams
                Test-KpDeployment $path @streams
                # files whose damage leaves the key readable in them
                (Get-Content -Raw "$path/ssl/admin-key.pem") -replace 'BEGIN EC', 'BEGIN XX' | Set-Content "$path/ssl/admin-key.pem"
                (Get-Content -Raw "$path/kubectl.kubeconfig") -replace 'users:', 'users: [' | Set-Content "$path/kubectl.kubeconfig"
                Invoke-KpDeployment $path @Deployment @streams
                Test-KpDeployment $path @streams
            } *>&1
            $output | Out-String | Write-Information -InformationAction Continue
        } finally {
            $null = Stop-Transcript
        }

        $clixml = New-TestPath
        $output | Export-Clixml -Depth 5 $clixml
        $text = @(
            $output | Format-List * -Force | Out-String -Width 4000
            $output | ConvertTo-Json -Depth 6 -WarningAction SilentlyContinue
            $Error | Format-List * -Force | Out-String -Width 4000
            Get-Content -Raw $clixml
            Get-Content -Raw $transcript
        ) -join "`n"
        $output.Count | Should -BeGreaterThan 60
        foreach ($secret in Get-Secret $path) {
            $text.Contains($secret.Replace('PRIVATE KEY', 'PRIVATE KEY-----')) | Should -BeFalse
        }
    }

    Context 'of logins' -Skip:$cannotServe {
        BeforeAll {
            $user = "kubeprep-$PID"
            $password = "p$([guid]::NewGuid().ToString('N'))"
            $wrong = "w$([guid]::NewGuid().ToString('N'))"
            useradd --no-create-home --home-dir / --shell /bin/sh $user
            "${user}:$password" | chpasswd
            $server = Start-SshServer 'PasswordAuthentication yes', 'PubkeyAuthentication no'

            # what the processes on this machine show of themselves, looked at again and again as long as one runs
            function Get-ShownText($Process) {
                $shown = [System.Collections.Generic.HashSet[string]]::new()
                while (-not $Process.HasExited) {
                    foreach ($directory in [IO.Directory]::GetDirectories('/proc')) {
                        foreach ($file in 'cmdline', 'environ') {
                            try {
                                $null = $shown.Add([IO.File]::ReadAllText("$directory/$file"))
                            } catch {
                                continue # no process, or it has gone
                            }
                        }
                    }
                    $null = $Process.WaitForExit(20)
                }
                $shown -join "`n"
            }
        }

        AfterAll {
            Stop-SshServer $server
            userdel --force $user 2>$null
        }

        It 'lets a user in by password' {
            $credential = [pscredential]::new($user, (ConvertTo-SecureString $password -AsPlainText))
            $facts = Get-KpNode "127.0.0.1:$($server.Port)" -Credential $credential -KnownHostsPath $server.Connection.KnownHostsPath
            $facts.IsRoot | Should -BeFalse
            $facts.Kernel | Should -Be (uname -r)
        }

        It 'says that a password is wrong' {
            $credential = [pscredential]::new($user, (ConvertTo-SecureString $wrong -AsPlainText))
            { Get-KpNode "127.0.0.1:$($server.Port)" -Credential $credential -KnownHostsPath $server.Connection.KnownHostsPath -ErrorAction Stop } |
                Should -Throw -ErrorId 'PermissionDenied,*'
        }

        It 'appear on no stream, in no object, error, transcript, command line or environment' {
            $transcript = New-TestPath
            $trace = New-TestPath
            $passwords = New-TestPath
            $password, $wrong | Set-Content $passwords
            # the passwords come from a file, so that the test itself does not show them
            $script = "$(New-TestPath).ps1"
            Set-Content $script @"
                Import-Module '$RepositoryRoot/KubePrep.psd1'
                `$null = Start-Transcript -Path '$transcript'
                `$right, `$wrong = Get-Content '$passwords' | ConvertTo-SecureString -AsPlainText
                `$login = [pscredential]::new('$user', `$right)
                `$streams = @{ Verbose = `$true; Debug = `$true; InformationAction = 'Continue'; ErrorAction = 'Continue' }
                `$node = @{ Node = '127.0.0.1:$($server.Port)'; KnownHostsPath = '$($server.Connection.KnownHostsPath)' }
                `$output = & {
                    Get-KpNode @node -Credential `$login @streams
                    Get-KpNode @node -Credential `$login -SudoPassword `$right @streams
                    Test-KpNodePreparation @node -Credential `$login -SudoPassword `$wrong @streams
                    Invoke-KpNodePreparation @node -Credential `$login -SudoPassword `$right -WhatIf @streams
                    Get-KpNode @node -Credential ([pscredential]::new('$user', `$wrong)) @streams
                    Get-KpNode @node -Credential `$login -Options @{ Bogus = 'x' } @streams
                } *>&1
                `$output | Export-Clixml -Depth 3 '$transcript.clixml'
                `$output | Format-List * -Force | Out-String -Width 4000
                `$output | ConvertTo-Json -Depth 2 -WarningAction SilentlyContinue
                `$Error | Format-List * -Force | Out-String -Width 4000
                `$Error | ForEach-Object { `$_.FullyQualifiedErrorId }
                `$null = Stop-Transcript
"@
            $start = [Diagnostics.ProcessStartInfo]::new('strace', [string[]] (
                '--follow-forks', '--seccomp-bpf', '-qq', '-e', 'trace=execve', '-v', '-s', '65536', '-o', $trace, 'pwsh', '-NoProfile', '-File', $script))
            $start.RedirectStandardOutput = $true
            $start.RedirectStandardError = $true
            $process = [Diagnostics.Process]::Start($start)
            $output, $errors = $process.StandardOutput.ReadToEndAsync(), $process.StandardError.ReadToEndAsync()
            $shown = Get-ShownText $process
            $output.Result | Should -BeLike '*ConnectionAddress*127.0.0.1*'
            $output.Result | Should -BeLike '*PermissionDenied,*'
            $output.Result | Should -Match 'Sudo(PasswordWrong|NotAllowed),' -Because 'sudo has asked, or is not there'
            (Get-Content -Raw $trace) | Should -BeLike '*/askpass*' -Because 'ssh has asked'
            $shown | Should -BeLike '*SSH_ASKPASS*'
            $text = @(
                $output.Result
                $errors.Result
                $shown
                Get-Content -Raw $trace
                Get-Content -Raw $transcript
                Get-Content -Raw "$transcript.clixml"
                Get-Content -Raw "$($server.Directory)/log"
            ) -join "`n"
            $text.Contains($password) | Should -BeFalse
            $text.Contains($wrong) | Should -BeFalse
        }
    }
}
