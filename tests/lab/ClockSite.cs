using System.Globalization;

namespace KubePrep.Lab.Tests;

/// <summary>Machines whose clocks are their own, and the user who sets up what keeps them.</summary>
internal sealed class ClockSite : IDisposable
{
    public const string DropIn = "/etc/chrony/conf.d/kubeprep.conf";

    private const string Install = "apt-get update --quiet && DEBIAN_FRONTEND=noninteractive apt-get install --yes --quiet --no-install-recommends";

    /// <summary>Stops all that could set the clock, and takes away what KubePrep or a test has written; what it has installed stays.</summary>
    private const string Quieten = """
        systemctl stop chronyd.service chrony.service systemd-timesyncd.service 2>/dev/null
        rm -f /etc/systemd/system/*.wants/chrony*.service /etc/systemd/system/*.wants/systemd-timesyncd.service
        rm -rf /etc/chrony/conf.d/*.conf /etc/systemd/system/chrony*.service* /etc/systemd/timesyncd.conf.d /etc/modules-load.d/kubeprep-time.conf \
            /var/lib/chrony/* /var/lib/systemd/timesync /run/systemd/timesync /var/backups/kubeprep /run/kubeprep
        tc qdisc del dev "$(ls /sys/class/net | grep -v '^lo$')" clsact 2>/dev/null
        systemctl daemon-reload
        # a clock that is set is one that the kernel takes for kept no longer
        date --set="@$(date +%s.%N)" >/dev/null
        """;

    private const string Purge = """
        dpkg --purge chrony systemd-timesyncd
        rm -rf /etc/chrony /usr/sbin/chronyd /var/lib/apt/lists/*
        """;

    private int _inventories;

    public ClockSite(Lab lab, int count)
    {
        Machines = lab.StartMachines(count);
        Controller = new Controller(Machines);
    }

    public LabNodes<Machine> Machines { get; }

    public Controller Controller { get; }

    /// <summary>Nothing sets these machines' clocks any more, and nothing is left of what did.</summary>
    public static void Quiet(params IEnumerable<Machine> machines) => Each(machines, machine => machine.Must(Quieten));

    /// <summary>The same, and no time daemon is installed, nor is it known where one could be had.</summary>
    public static void Bare(params IEnumerable<Machine> machines) => Each(machines, machine => machine.Must($"{Quieten}\n{Purge}"));

    /// <summary>Sets machines' clocks apart from this machine's by so many seconds, to some milliseconds.</summary>
    public void SetOffsets(params IReadOnlyList<(Machine Machine, double Seconds)> offsets)
    {
        var measured = Controller.Time(offsets.Select(pair => pair.Machine));
        foreach (var (machine, seconds) in offsets)
        {
            machine.StepClock((decimal)(seconds - measured.Of(machine).Offset()));
        }
    }

    /// <summary>Installs a package, as an administrator does.</summary>
    public static void Add(Machine machine, string package) => machine.Must($"{Install} {package}");

    /// <summary>Makes a machine an NTP server by hand, one that follows its own clock.</summary>
    public static void Serve(Machine machine)
    {
        Add(machine, "chrony");
        machine.WriteFile("/etc/chrony/conf.d/lab.conf", "local stratum 10\nallow 10.77.0.0/16\n");
        machine.Must("systemctl enable --quiet chrony && systemctl restart chrony");
    }

    /// <summary>Loses all that a machine asks NTP servers, without a word.</summary>
    public static void BlockNtp(Machine machine) => machine.Must(
        """
        device=$(ls /sys/class/net | grep -v '^lo$')
        tc qdisc add dev "$device" clsact
        tc filter add dev "$device" egress protocol ip u32 match ip protocol 17 0xff match ip dport 123 0xffff action drop
        """);

    /// <summary>Restarts a machine's time daemon, whichever it is, so that it has to ask its server again.</summary>
    public static void RestartDaemon(Machine machine) => machine.Must(
        "for unit in chrony systemd-timesyncd; do systemctl is-active --quiet $unit && systemctl restart $unit; done; true");

    /// <summary>The time daemons that systemd says are running.</summary>
    public static IReadOnlyList<string> Running(Machine machine) =>
        [.. machine.Must("for unit in chrony systemd-timesyncd ntpsec; do systemctl is-active --quiet $unit && echo $unit; done; true").Split('\n')[..^1]];

    /// <summary>All settings, and which life their daemon is in.</summary>
    public static string Traces(Machine machine) => machine.Must(
        """
        find /etc /var/backups -xdev -printf '%p %i %s %T@ %C@\n' | sort
        systemctl show --property=InvocationID,ActiveEnterTimestampMonotonic chrony systemd-timesyncd
        """);

    /// <summary>Writes an inventory in kubeasz's groups, and gives its path.</summary>
    public string Inventory(params IEnumerable<(string Group, IEnumerable<Machine> Machines)> groups)
    {
        var path = Path.Join(Controller.Home, string.Create(CultureInfo.InvariantCulture, $"clocks-{++_inventories}"));
        var text = groups.Select(group => $"[{group.Group}]\n{string.Join('\n', group.Machines.Select(machine => $"{machine.Address} k8s_nodename='{machine.Name}'"))}\n");
        File.WriteAllText(path, $"{string.Join('\n', text)}\n[all:vars]\nansible_user=root\n");
        return path;
    }

    public void Dispose()
    {
        Controller.Dispose();
        Machines.Dispose();
    }

    /// <summary>Does something to all machines at once.</summary>
    private static void Each(IEnumerable<Machine> machines, Action<Machine> act)
    {
        var all = machines.ToList();
        all.AsParallel().WithDegreeOfParallelism(Math.Max(1, all.Count)).ForAll(act);
    }
}
