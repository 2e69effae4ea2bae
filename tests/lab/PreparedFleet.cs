namespace KubePrep.Lab.Tests;

/// <summary>
/// Three nodes brought from bare to compliant, and a fourth on which apt alone has installed the same packages; with what was seen on the
/// way. It is made when the first test asks for it.
/// </summary>
public sealed class PreparedFleet(Lab lab) : IDisposable
{
    private readonly Lock _making = new();
    private Story? _story;

    internal Story Told
    {
        get
        {
            lock (_making)
            {
                return _story ??= new Story(new Site(lab, 4));
            }
        }
    }

    public void Dispose() => _story?.Dispose();

    /// <summary>What happened.</summary>
    internal sealed class Story : IDisposable
    {
        private readonly Site _site;

        public Story(Site site)
        {
            _site = site;
            Nodes = [.. site.Nodes.Take(3)];
            Control = site.Nodes[3];
            // an original to keep
            Nodes[1].WriteFile(NodeState.SysctlFile, Original);
            Control.WriteFile(NodeState.SysctlFile, Original);
            Nodes[1].Must($"chmod 640 {NodeState.SysctlFile}; chown jane {NodeState.SysctlFile}");
            Bare = Manifests();
            FirstCheck = site.Controller.Check(Addresses, "--json");
            WhatIf = site.Controller.Prepare(Addresses, "--what-if", "--json");
            Looked = Manifests();
            var packages = string.Join(' ', WhatIf.Rows[0].Changes("InstallPackage").Select(change => change.Text("target")));
            var install = $"apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends {packages}";
            using (var apt = Control.Start(install))
            {
                First = site.Controller.Prepare(Addresses, "--json");
                apt.WaitForExit(TimeSpan.FromMinutes(5)).Expect(0);
            }

            Prepared = Manifests();
            ControlAfter = Control.TakeManifest();
            LivesBefore = Lives();
            RunDirectoriesBefore = RunDirectories();
            Second = site.Controller.Prepare(Addresses, "--json");
            LivesAfter = Lives();
            RunDirectoriesAfter = RunDirectories();
            PreparedAgain = Manifests();
        }

        public static string Original => "# mine\nnet.ipv4.ip_forward = 0\n";

        public IReadOnlyList<FleetNode> Nodes { get; }

        public FleetNode Control { get; }

        public ToolResult FirstCheck { get; }

        public ToolResult WhatIf { get; }

        public ToolResult First { get; }

        public ToolResult Second { get; }

        public IReadOnlyList<Manifest> Bare { get; }

        public IReadOnlyList<Manifest> Looked { get; }

        public IReadOnlyList<Manifest> Prepared { get; }

        public IReadOnlyList<Manifest> PreparedAgain { get; }

        public Manifest ControlAfter { get; }

        public IReadOnlyList<string> LivesBefore { get; }

        public IReadOnlyList<string> LivesAfter { get; }

        public IReadOnlyList<string> RunDirectoriesBefore { get; }

        public IReadOnlyList<string> RunDirectoriesAfter { get; }

        private IEnumerable<string> Addresses => Nodes.Select(Site.AddressOf);

        public ToolResult Check() => _site.Controller.Check(Addresses, "--json");

        public void Dispose() => _site.Dispose();

        private IReadOnlyList<Manifest> Manifests() => [.. Nodes.AsParallel().AsOrdered().Select(node => node.TakeManifest())];

        private IReadOnlyList<string> Lives() => [.. Nodes.Select(node => node.LifeOf("systemd-journald ssh systemd-logind"))];

        private IReadOnlyList<string> RunDirectories() =>
            [.. Nodes.Select(node => node.Must("find /run/kubeprep -printf '%p %s %T@ %C@\\n'"))];
    }
}
