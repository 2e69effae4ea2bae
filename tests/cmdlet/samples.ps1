# Loaded by the tests of views, and by the processes that they start: one object of every type that users get to see, with the longest
# values that are to be expected.

# an object of a type with these properties, which otherwise only a constructor may set
function New-Sample([type] $Type, [hashtable] $Value) {
    $object = [Runtime.CompilerServices.RuntimeHelpers]::GetUninitializedObject($Type)
    foreach ($name in $Value.Keys) {
        $property = $Type.GetProperty($name)
        $property.SetValue($object, [System.Management.Automation.LanguagePrimitives]::ConvertTo($Value[$name], $property.PropertyType))
    }
    $object
}

$cluster = '/home/jane/clusters/production'
$node = [KubePrep.Inventory.Node]::new('root@control-plane-1.lan')
$validity = @{ NotBefore = [datetime]::UtcNow; NotAfter = [datetime]::UtcNow.AddYears(1) }
$file = @{
    Path         = "$cluster/ssl/kube-controller-manager-key.pem"
    Status       = 'WouldReplace'
    Reason       = 'it is in the last third of its life, which ends on 2027-11-22'
    Subject      = 'CN=system:kube-controller-manager, O=system:kube-controller-manager, L=Hangzhou, S=Hangzhou, C=CN'
    SerialNumber = '4F' * 20
    Thumbprint   = 'AB' * 20
} + $validity
$person = @{ Name = 'jane.doe-of-the-team-abcdefgh'; Namespace = 'monitoring-of-the-team'; ClusterDirectory = $cluster }

$change = New-Sample ([KubePrep.Changes.Change]) @{
    Step       = 'KernelModules'
    Action     = 'CreateDirectory'
    Target     = '/etc/systemd/journald.conf.d/99-kubeprep.conf'
    Reason     = 'the journal may take half of the disk by what it is now'
    Diff       = "--- /etc/a`n+++ /etc/a`n@@ -1,2 +1,2 @@`n unchanged`n-removed`n+added`n"
    Value      = ''
    BackupPath = ''
}
$steps = ([enum]::GetValues([KubePrep.Changes.StepName]) -ne 'HostsFile').ForEach({
        [KubePrep.Preparation.StepResult]::new($_, 'Compliant', 'the swap of a container is that of its host, where it has to be turned off')
    })
$failure = try { Get-KpNode '-n' -ErrorAction Stop } catch { $_.Exception }

$source = New-Sample ([KubePrep.Facts.TimeSource]) @{ Name = '2001:db8:1234:5678:9abc:def0:1234:5678'; Stratum = 15; Reach = 255; ReferenceId = '7F7F0101'; IsSelected = $true }
$daemonState = New-Sample ([KubePrep.Facts.TimeDaemonState]) @{
    Process = 'systemd-timesyn'; IsSynchronized = $true; Leap = 'Not synchronised'; Stratum = 15; ReferenceId = 'C0000201'; Sources = [KubePrep.Facts.TimeSource[]] ($source, $source)
}
$daemon = New-Sample ([KubePrep.TimeSync.TimeDaemon]) @{ Kind = 'Timesyncd'; Unit = 'systemd-timesyncd.service'; IsEnabled = $true; Problem = 'a condition of its unit is not met' }
$ptpClock = [KubePrep.Facts.PtpClock]::new('/dev/ptp0', 'KVM virtual PTP', '/dev/ptp_kvm')
$timeSync = New-Sample ([KubePrep.TimeSync.NodeTimeSync]) @{
    Node             = $node
    Verdict          = 'Synchronized'
    Machine          = 'OtherVirtual'
    Source           = '2.debian.pool.ntp.org'
    Offset           = [timespan]::FromSeconds(-123.456)
    ErrorBound       = [timespan]::FromSeconds(0.123)
    OffsetFromMedian = [timespan]::FromSeconds(-0.123)
    MedianErrorBound = [timespan]::FromSeconds(1)
    Daemons          = [KubePrep.TimeSync.TimeDaemon[]] $daemon
    PtpClocks        = [KubePrep.Facts.PtpClock[]] $ptpClock
    Reason           = 'it follows 2.debian.pool.ntp.org'
    Warnings         = [string[]] 'a warning'
}
$facts = Get-KpNode localhost
$result = @{ Node = $node; Duration = [timespan]::FromSeconds(1234.4); Changes = [KubePrep.Changes.Change[]] $change; Warnings = [string[]] 'a warning'; Error = $failure }

$samples = @(
    New-Sample ([KubePrep.Deployment.DeployedFile]) $file
    New-Sample ([KubePrep.Deployment.DeployedAuthority]) ($file + @{ KeyPath = "$cluster/ssl/ca-key.pem" })
    New-Sample ([KubePrep.Deployment.DeployedCertificate]) ($file + @{
            Name = 'kube-controller-manager'; KeyPath = "$cluster/ssl/kube-controller-manager-key.pem"; CertificateAuthorityPath = "$cluster/ssl/ca.pem"
        })
    New-Sample ([KubePrep.Deployment.DeployedKubeconfig]) ($file + @{
            ClusterName              = 'production-eu-west-1'
            Server                   = 'https://api.production.example.com:6443'
            ContextName              = 'context-production-eu-west-1'
            UserName                 = 'system:kube-controller-manager'
            CertificateAuthorityPath = "$cluster/ssl/ca.pem"
        })
    New-Sample ([KubePrep.Users.DeployedUser]) ($file + $person + @{ Role = 'view'; ManifestPath = "$cluster/ssl/users/jane-rbac.yaml"; BackupPath = "$cluster/backup" })
    New-Sample ([KubePrep.Users.ClusterUser]) ($person + $validity + @{ Role = 'Role/view'; Status = 'Damaged'; Reason = 'its key is missing'; DaysLeft = -1234 })
    [KubePrep.Deployment.DeploymentCheck]::new($file.Path, 'Warning', $file.Reason, $file.Subject, $validity.NotAfter)
    New-Sample ([KubePrep.Certificates.ClusterCertificate]) ($validity + @{
            Name             = 'kube-controller-manager'
            Path             = $file.Path
            Subject          = $file.Subject
            Issuer           = 'CN=kubernetes-ca'
            Usages           = [string[]] ('digital signature', 'client auth', 'server auth')
            AlternativeNames = [string[]] '192.0.2.10'
            SerialNumber     = $file.SerialNumber
            Thumbprint       = $file.Thumbprint
            DaysLeft         = -1234
            Status           = 'NotYetValid'
            Reason           = $file.Reason
            UsedBy           = [string[]] ("$cluster/kube-controller-manager.kubeconfig", "$cluster/kubectl.kubeconfig")
        })
    New-Sample ([KubePrep.Kubeconfig.ContextChange]) @{
        Path        = '/home/jane/.kube/config'
        Source      = "$cluster/kubectl.kubeconfig"
        ContextName = 'context-production-eu-west-1'
        ClusterName = 'production-eu-west-1'
        UserName    = 'system:kube-controller-manager'
        IsCurrent   = $true
        Status      = 'WouldReplace'
        Reason      = "its cluster 'production-eu-west-1' is another one than that of the destination"
    }
    [KubePrep.Inventory.Node] @{
        HostName    = 'control-plane-1.prod.example.com'
        NodeName    = 'control-plane-1'
        IPAddress   = '10.77.250.100', 'fd00:10:77::100'
        Port        = 65535
        UserName    = 'debian'
        KeyFilePath = '/home/jane/.ssh/id_ed25519'
        Role        = 'ControlPlane, Worker, Etcd'
    }
    $facts
    $facts.Release
    $facts.Time
    [KubePrep.Facts.NetworkInterface]::new('enp1s0f0np0.100', '02:00:00:00:00:01', [string[]] ('10.77.250.100', '2001:db8:1234:5678:9abc:def0:1234:5678'))
    [KubePrep.Facts.UnitState]::new('dev-mapper-debian\x2d\x2dvg-swap_1.swap', 'not-found', 'activating', 'generated', '/run/systemd/generator/x', '/dev/mapper/debian--vg-swap_1')
    New-Sample ([KubePrep.Facts.PackageState]) @{ Name = 'systemd-timesyncd'; Version = '1:252.38-1~deb12u1+really252.38'; Status = 'ii' }
    [KubePrep.Facts.NodeFile]::new('/etc/systemd/journald.conf.d/99-kubeprep.conf', [byte[]]::new(1MB))
    [KubePrep.Facts.SwapDevice]::new('/dev/mapper/debian--vg-swap_1', 64GB, 32GB)
    [KubePrep.Facts.CloudInitSetting]::new('/etc/cloud/cloud.cfg.d/99-manage-etc-hosts.cfg', 'localhost')
    [KubePrep.Facts.TimeProcess]::new('systemd-timesyn', 'systemd-timesyncd.service', '/usr/lib/systemd/systemd-timesyncd --with some arguments')
    [KubePrep.Facts.NtpAnswer]::new('2001:db8:1234:5678:9abc:def0:1234:5678', 'NameUnknown', 15)
    [KubePrep.Facts.ClockReading]::new([timespan]::FromDays(-12345.6), [timespan]::FromSeconds(0.123), $true)
    $source, $daemonState, $daemon, $ptpClock, $timeSync
    New-Sample ([KubePrep.TimeSync.TimeSyncResult]) ($result + @{ Status = 'Unreachable'; TimeSync = $timeSync })
    New-Sample ([KubePrep.Preparation.NodePreparation]) ($result + @{ Status = 'Unreachable'; Steps = [KubePrep.Preparation.StepResult[]] $steps })
    New-Sample ([KubePrep.HostsFile.HostsFileResult]) ($result + @{ Status = 'Unreachable'; Added = 1000; Changed = 1000; Removed = 1000 })
    $steps[0], $change, $failure
)
