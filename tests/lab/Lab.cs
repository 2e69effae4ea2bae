[assembly: AssemblyFixture(typeof(KubePrep.Lab.Tests.Lab))]

namespace KubePrep.Lab.Tests;

/// <summary>The nodes and machines that tests run on; one for all tests, made when the first of them asks for a node.</summary>
public sealed class Lab : IDisposable
{
    /// <summary>The tests' own indices begin here, below are those of whoever uses the scripts by hand.</summary>
    private const int FirstNode = 1001;

    private const int FirstMachine = 51;

    private readonly IndexPool _nodes = new(FirstNode);
    private readonly IndexPool _machines = new(FirstMachine);
    private readonly Lock _opening = new();
    private LabLock? _lock;

    /// <summary>The directory that everything is in.</summary>
    internal static string Directory { get; } = Environment.GetEnvironmentVariable("KUBEPREP_LAB") ?? "/var/tmp/kubeprep-lab";

    /// <summary>The private key that root, jane and paul accept.</summary>
    internal static string KeyFile => Path.Join(Directory, "id");

    private static LabScript FleetScript { get; } = new("fleet.sh");

    private static LabScript MachineScript { get; } = new("machine.sh");

    /// <summary>A user's password: paul's is for sudo, mary's for logging in and for sudo.</summary>
    internal static string Password(string user) =>
        File.ReadLines(Path.Join(Directory, "passwords"))
            .Single(line => line.StartsWith($"{user}:", StringComparison.Ordinal))[(user.Length + 1)..];

    /// <summary>Starts fresh nodes for one test or class, or skips the test where there can be no lab; disposing ends them.</summary>
    internal LabNodes<FleetNode> StartNodes(int count)
    {
        Open();
        return new LabNodes<FleetNode>(FleetScript, _nodes, count, fields => new FleetNode(FleetScript, fields));
    }

    /// <summary>Starts one fresh node.</summary>
    internal LabNodes<FleetNode> StartNode() => StartNodes(1);

    /// <summary>Starts fresh machines, each with its own kernel; without hardware acceleration that takes a minute.</summary>
    internal LabNodes<Machine> StartMachines(int count)
    {
        Open();
        return new LabNodes<Machine>(MachineScript, _machines, count, fields => new Machine(MachineScript, fields));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_lock is not null)
        {
            FleetScript.Run("tidy");
            _lock.Dispose();
        }
    }

    private void Open()
    {
        LabRequirements.Check();
        lock (_opening)
        {
            _lock ??= LabLock.Take(Directory);
        }
    }
}
