namespace KubePrep.Inventory;

/// <summary>The value of a variable; it may be a password, and is never shown.</summary>
/// <param name="Text">Its text; of a kind that is no text, as far as it is known.</param>
/// <param name="Line">Where it stands; lines count from 1.</param>
/// <param name="Kind">What it is.</param>
internal sealed record InventoryValue(string Text, int Line, InventoryValueKind Kind);
