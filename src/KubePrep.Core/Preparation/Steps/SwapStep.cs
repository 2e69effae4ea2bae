using KubePrep.Changes;
using KubePrep.Facts;

namespace KubePrep.Preparation.Steps;

/// <summary>
/// Turns swap off, and keeps it off at boot: rows of fstab(5) are commented; units that other files and generators make (GPT partitions,
/// zram) are masked. That is done before swap is turned off, so that nothing turns it on again.
/// </summary>
internal sealed class SwapStep : IPreparationStep
{
    private const string TablePath = "/etc/fstab";
    private const string GeneratedUnits = "/run/systemd/generator/";
    private const long Margin = 64L << 20;

    private static readonly Dictionary<string, string> DirectoriesByTag = new(StringComparer.Ordinal)
    {
        ["UUID"] = "by-uuid",
        ["LABEL"] = "by-label",
        ["PARTUUID"] = "by-partuuid",
        ["PARTLABEL"] = "by-partlabel",
    };

    /// <inheritdoc/>
    public StepName Name => StepName.Swap;

    /// <inheritdoc/>
    public bool IsWanted(PlanContext context) => context.Profile.Swap == SwapPolicy.Off;

    /// <inheritdoc/>
    public StepPlan Plan(PlanContext context)
    {
        var facts = context.Facts;
        if (facts.IsContainer)
        {
            return new StepPlan { HostOwned = [.. facts.Swaps.Select(swap => $"Swap is on: {Shown(swap)}")] };
        }

        var table = facts.Files[TablePath] is { } file ? new FileSystemTable(file.Content) : null;
        var rows = table?.SwapRows ?? [];
        var changes = new List<Change>();
        if (rows.Count > 0)
        {
            var reason = rows.Count == 1 ? "a row turns on swap at boot" : $"{rows.Count} rows turn on swap at boot";
            changes.Add(ManagedFile.Write(Name, facts, TablePath, table!.CommentSwapRows(), reason));
        }

        if (facts.HasSystemd)
        {
            changes.AddRange(UnitsToMask(facts, rows));
            if (rows.Count > 0 || facts.OwedRestarts.Contains("reload daemon-reload"))
            {
                changes.Add(New(ChangeAction.ReloadManager, "systemd", $"{TablePath} {(rows.Count > 0 ? "changes" : "was changed")}, of which it makes units"));
            }
        }

        if (MemoryFault(facts) is { } fault)
        {
            return new StepPlan { Changes = changes, Faults = [fault] };
        }

        changes.AddRange(facts.Swaps.Select(swap => New(ChangeAction.DisableSwap, swap.Path, $"swap is on: {Shown(swap)}")));
        return new StepPlan { Changes = changes };
    }

    private static string? MemoryFault(NodeFacts facts)
    {
        var used = facts.Swaps.Sum(swap => swap.UsedBytes);
        return used > 0 && used + Margin > facts.AvailableMemoryBytes
            ? $"Swap holds {ByteCount.Format(used)}, and only {ByteCount.Format(facts.AvailableMemoryBytes)} of memory is available to take it; "
                + "stop some programs first, or reboot the node, after which swap stays off"
            : null;
    }

    private IEnumerable<Change> UnitsToMask(NodeFacts facts, IReadOnlyList<FileSystemRow> rows)
    {
        var inTable = rows.Select(row => DeviceOf(row.Source)).ToHashSet(StringComparer.Ordinal);
        foreach (var unit in facts.Units.Where(unit => !unit.IsMasked && unit.LoadState != "not-found"))
        {
            if (unit.Name.EndsWith(".swap", StringComparison.Ordinal))
            {
                var isFromTable = unit.FragmentPath.StartsWith(GeneratedUnits, StringComparison.Ordinal) && inTable.Contains(unit.What);
                if (unit.FragmentPath.Length > 0 && !isFromTable)
                {
                    yield return New(ChangeAction.MaskUnit, unit.Name, $"{unit.FragmentPath} turns on swap at boot");
                }
            }
            else if (IsCompressedMemory(unit.Name) && (unit.IsActive || unit.UnitFileState.StartsWith("enabled", StringComparison.Ordinal)))
            {
                yield return New(ChangeAction.MaskUnit, unit.Name, "it makes swap of compressed memory");
            }
        }
    }

    /// <summary>Whether a service is one of zram-generator, of Debian's zram-tools or of Ubuntu's zram-config.</summary>
    private static bool IsCompressedMemory(string unit) =>
        unit is "zramswap.service" or "zram-config.service"
        || (unit.StartsWith("systemd-zram-setup@", StringComparison.Ordinal) && unit.EndsWith(".service", StringComparison.Ordinal));

    /// <summary>The device of a row's first field, as systemd-fstab-generator(8) writes it to a unit; no other than an alias of it.</summary>
    private static string DeviceOf(string source)
    {
        var equals = source.IndexOf('=', StringComparison.Ordinal);
        return equals > 0 && DirectoriesByTag.TryGetValue(source[..equals], out var directory)
            ? $"/dev/disk/{directory}/{source[(equals + 1)..].Trim('"')}"
            : source;
    }

    private static string Shown(SwapDevice swap) =>
        $"{PlainText.Printable(swap.Path)}, {ByteCount.Format(swap.SizeBytes)}, of which {ByteCount.Format(swap.UsedBytes)} are used";

    private Change New(ChangeAction action, string target, string reason) =>
        new() { Step = Name, Action = action, Target = target, Reason = reason };
}
