using KubePrep.Changes;
using KubePrep.Inventory;

namespace KubePrep.Cli;

/// <summary>What is to be known of nodes besides their rows.</summary>
internal static class NodeNotices
{
    /// <summary>Prints warnings, and an error if there is one, to standard error.</summary>
    public static void Print(IEnumerable<string> warnings, KubePrepException? error)
    {
        Notice.Warn(warnings);
        if (error is not null)
        {
            Notice.Error(error);
        }
    }

    /// <summary>Prints what would be changed on a node, with the differences.</summary>
    public static void Print(Node node, IEnumerable<Change> changes)
    {
        foreach (var change in changes)
        {
            Console.Out.WriteLine($"\n{node}: {change.Step}: {change.Action} {PlainText.Printable(change.Target)}: {PlainText.Printable(change.Reason)}");
            Console.Out.Write(change.Diff);
        }
    }
}
