namespace KubePrep.Lab.Tests;

/// <summary>Makes dpkg on a node stop before its work, until the gate is opened.</summary>
internal sealed class DpkgGate
{
    private readonly FleetNode _node;

    public DpkgGate(FleetNode node)
    {
        _node = node;
        node.WriteFile("/srv/gate", "#!/bin/sh\npidof dpkg > /srv/dpkg\nwhile [ ! -e /srv/open ]; do sleep 0.1; done\n");
        node.Must("chmod 755 /srv/gate; echo pre-invoke=/srv/gate > /etc/dpkg/dpkg.cfg.d/gate");
    }

    /// <summary>Waits until dpkg stands before the gate, and gives its process.</summary>
    public string AwaitDpkg()
    {
        Wait.Until(() => File.Exists(Path.Join(_node.Root, "srv/dpkg")), "dpkg has begun");
        return _node.ReadFile("/srv/dpkg").TrimEnd();
    }

    public void Open() => _node.Must("touch /srv/open");
}
