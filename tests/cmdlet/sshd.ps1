# Loaded by the test files of the cmdlets that connect to nodes: ssh servers of this machine, on loopback ports and with keys of their own.
# They need root, and the package openssh-server.
$SshdPath = '/usr/sbin/sshd'

# ports at which nothing listens yet
function Get-FreePort {
    $listener = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Loopback, 0)
    $listener.Start()
    $listener.LocalEndpoint.Port
    $listener.Stop()
}

function Wait-Until([scriptblock] $Condition, [string] $What, [int] $Seconds = 30) {
    $clock = [Diagnostics.Stopwatch]::StartNew()
    while (-not (& $Condition)) {
        if ($clock.Elapsed.TotalSeconds -gt $Seconds) {
            throw "$What did not happen within $Seconds s."
        }
        [Threading.Thread]::Sleep(10)
    }
}

# whether something at a port names itself as an ssh server
function Test-SshBanner([int] $Port) {
    $client = [Net.Sockets.TcpClient]::new()
    try {
        $client.Connect([Net.IPAddress]::Loopback, $Port)
        $client.ReceiveTimeout = 5000
        $client.GetStream().ReadByte() -eq [int][char] 'S'
    } catch {
        $false
    } finally {
        $client.Dispose()
    }
}

# starts a server; Address and Connection are what a cmdlet needs to reach it as root
function Start-SshServer([string[]] $Setting) {
    $directory = New-Item -ItemType Directory (New-TestPath)
    foreach ($key in 'host_key', 'id') {
        ssh-keygen -q -t ed25519 -N '' -C test -f "$directory/$key"
    }
    $port = Get-FreePort
    @(
        $Setting # of a setting that comes twice, sshd takes the first
        'ListenAddress 127.0.0.1'
        "HostKey $directory/host_key"
        "AuthorizedKeysFile $directory/id.pub"
        'PidFile none'
        'StrictModes no'
        'UsePAM no'
        'PermitRootLogin yes'
        'PasswordAuthentication no'
        'KbdInteractiveAuthentication no'
    ) | Set-Content "$directory/sshd_config"
    "[127.0.0.1]:$port $(Get-Content "$directory/host_key.pub")" | Set-Content "$directory/known_hosts"
    $null = New-Item -ItemType Directory -Force /run/sshd
    $process = [Diagnostics.Process]::Start($SshdPath, [string[]] ('-D', '-E', "$directory/log", '-f', "$directory/sshd_config", '-p', $port))
    Wait-Until { $process.HasExited -or (Test-SshBanner $port) } 'The start of sshd'
    if ($process.HasExited) {
        throw "sshd ended: $(Get-Content -Raw "$directory/log")"
    }
    [pscustomobject]@{
        Port        = $port
        Directory   = $directory.FullName
        Process     = $process
        Address     = "root@127.0.0.1:$port"
        Connection  = @{ KeyFilePath = "$directory/id"; KnownHostsPath = "$directory/known_hosts" }
        Fingerprint = ((ssh-keygen -lf "$directory/host_key.pub") -split ' ')[1]
    }
}

# ends servers, with their sessions
function Stop-SshServer($Server) {
    foreach ($one in $Server | Where-Object { $_ }) {
        $one.Process.Kill($true)
        $one.Process.WaitForExit()
    }
}

# a port that accepts connections, and never says a word
function New-SilentListener {
    $listener = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Loopback, 0)
    $listener.Start(64)
    $listener
}

# the command lines of the processes that name a port, such as those of ssh
function Get-ProcessOfPort([int] $Port) {
    foreach ($directory in [IO.Directory]::GetDirectories('/proc')) {
        if ([IO.Path]::GetFileName($directory) -match '^\d+$') {
            try {
                $line = [IO.File]::ReadAllText("$directory/cmdline").Replace("`0", ' ')
            } catch {
                continue # it has gone
            }
            if ($line -match "\bssh\b.*\b$Port\b") {
                $line
            }
        }
    }
}

# what a preparation would write to on this machine, to compare before and after
function Get-MachineState {
    $paths = '/etc', '/var/lib/dpkg/status', '/var/backups/kubeprep', '/run/kubeprep', '/run/systemd/system' | Where-Object { Test-Path $_ }
    find @paths -printf '%p %y %m %s %T@ %l\n' | Sort-Object
    [IO.File]::ReadAllText('/proc/sys/net/ipv4/ip_forward')
    [IO.File]::ReadAllText('/proc/swaps')
    [IO.File]::ReadAllText('/proc/sys/kernel/hostname')
}
