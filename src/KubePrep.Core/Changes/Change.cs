namespace KubePrep.Changes;

/// <summary>One thing to do on a node, and why.</summary>
public sealed record Change
{
    /// <summary>The step it belongs to.</summary>
    public required StepName Step { get; init; }

    /// <summary>What it does.</summary>
    public required ChangeAction Action { get; init; }

    /// <summary>The file, package, unit, device, module or kernel parameter it is done to, or <c>clock</c>.</summary>
    public required string Target { get; init; }

    /// <summary>Why it is needed.</summary>
    public required string Reason { get; init; }

    /// <summary>What it changes, as a unified diff of the file or of the value; empty where nothing can be compared.</summary>
    public string Diff { get; init; } = "";

    /// <summary>The value to set; empty for changes that set none.</summary>
    public string Value { get; init; } = "";

    /// <summary>Where what a file held is kept on the node, its first original by default; empty for other changes and new files.</summary>
    public string BackupPath
    {
        get => field ?? (Action == ChangeAction.DeleteFile || (Action == ChangeAction.WriteFile && ExpectedContent is not null) ? $"/var/backups/kubeprep{Target}" : "");
        init;
    }

    /// <summary>A file's new content.</summary>
    internal ReadOnlyMemory<byte> Content { get; init; }

    /// <summary>A file's content when it was read; null if there was none. A file that is another by now is not written.</summary>
    internal ReadOnlyMemory<byte>? ExpectedContent { get; init; }
}
