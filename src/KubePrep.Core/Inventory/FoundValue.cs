namespace KubePrep.Inventory;

/// <summary>A value that a node needs, and whose it is.</summary>
/// <param name="Document">The inventory.</param>
/// <param name="Owner">The host or the group that sets it.</param>
/// <param name="Variable">The variable.</param>
/// <param name="Value">The value.</param>
internal sealed record FoundValue(InventoryDocument Document, string Owner, string Variable, InventoryValue Value)
{
    private static readonly string[] Expressions = ["{{", "{%", "{#"];

    public string Text => Value.Text;

    /// <summary>Whether there is a text; what is null or empty is taken as not given.</summary>
    /// <exception cref="KubePrepException"><see cref="ErrorId.InvalidInventory"/>: it is something else than text.</exception>
    public bool RequireText()
    {
        const string Instead = "Write the value itself into the inventory, or give it as a parameter.";
        return Value.Kind == InventoryValueKind.Nothing || (Text.Length == 0 && Value.Kind is InventoryValueKind.Text or InventoryValueKind.Verbatim) ? false
            : Value.Kind == InventoryValueKind.Vaulted || Text.StartsWith("$ANSIBLE_VAULT", StringComparison.Ordinal)
                ? throw Error("is encrypted with ansible-vault, which is not read", Instead)
            : Value.Kind != InventoryValueKind.Verbatim && Expressions.Any(mark => Text.Contains(mark, StringComparison.Ordinal))
                ? throw Error("is an expression, and expressions are not evaluated", Instead)
            : Value.Kind == InventoryValueKind.Other ? throw Error("is neither text nor a whole number", "Put the value in quotes if it is text.")
            : PlainText.Fault(Text) is { } fault ? throw Error($"cannot be used: {fault}", "Correct the value and run the command again.")
            : Text.Contains(" #", StringComparison.Ordinal) && !NodeVariables.KeyFiles.Contains(Variable) // a path may well have it
                ? throw Error("has a comment in it, which is a part of the value to Ansible", "Put the value in quotes, or the comment on a line of its own.")
            : true;
    }

    public KubePrepException Error(string why, string action) => Document.Error(Value.Line, $"'{Variable}' of {Owner} {why}", action);
}
