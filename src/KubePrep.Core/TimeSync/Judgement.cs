namespace KubePrep.TimeSync;

/// <summary>What a node's facts say of its clock.</summary>
/// <param name="Verdict">Whether it is kept.</param>
/// <param name="Source">What it follows: a server, a clock's name, or in words what else; empty if it follows nothing.</param>
/// <param name="IsTraceable">Whether that is known to lead to UTC: neither the node's own clock nor a server that follows its own.</param>
/// <param name="Reason">Why the verdict is what it is, as a sentence without a full stop.</param>
/// <param name="WayOut">What to do about it, as a sentence with a full stop; empty if there is nothing to do.</param>
internal sealed record Judgement(TimeSyncVerdict Verdict, string Source, bool IsTraceable, string Reason, string WayOut)
{
    /// <summary>The reason and the way out, as a sentence without a full stop, or two.</summary>
    public string Advice => WayOut.Length == 0 ? Reason : $"{Reason}. {WayOut}";
}
