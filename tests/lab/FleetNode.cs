namespace KubePrep.Lab.Tests;

/// <summary>A node of the fleet: a container to itself, and a directory to this machine.</summary>
internal sealed class FleetNode(LabScript script, IReadOnlyList<string> fields) : LabNode(script, fields)
{
    /// <summary>The node's root directory as this machine sees it, whatever has become of the node.</summary>
    public string Root => Path.Join(Directory, "root");

    public override Manifest TakeManifest() => Manifest.Parse(Tool.Must(Manifest.Script, Root));

    /// <summary>Limits what it can write in all: <c>64M</c>.</summary>
    public void LimitDisk(string size) => Rule("disk", size);

    /// <summary>Sets what it sees of its host's swap: lines as in /proc/swaps, without the head.</summary>
    public void ShowSwap(string lines)
    {
        // in place, because the node has this very file before its eyes
        using var file = new FileStream(Path.Join(Directory, "swaps"), FileMode.Open, FileAccess.ReadWrite);
        using var reader = new StreamReader(file);
        var head = reader.ReadLine();
        file.SetLength(0);
        file.Write(System.Text.Encoding.UTF8.GetBytes($"{head}\n{lines}"));
    }
}
