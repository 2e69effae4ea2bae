namespace KubePrep.Kubeconfig;

/// <summary>Finds out what goes with contexts that are removed, and what others still need.</summary>
internal static class ContextRemovalPlanner
{
    /// <exception cref="KubePrepException">There is no such context (<see cref="ErrorId.KubeconfigEntryNotFound"/>).</exception>
    public static ChangePlan Plan(ContextRemovalRequest request, MergeSource file)
    {
        var names = request.Names.Distinct().ToList();
        var contexts = file.Of(StanzaKind.Context).ToList();
        var missing = names.Except(contexts.Select(context => context.Name)).ToList();
        if (missing.Count > 0)
        {
            throw KubeconfigErrors.EntryNotFound(file.Path, "context", missing, contexts.Select(context => context.Name));
        }

        var removed = names.ConvertAll(name => file.Find(StanzaKind.Context, name)!);
        var kept = contexts.Except(removed).ToList();
        var isCurrent = names.Contains(file.CurrentContext);
        List<KubeconfigEdit> edits =
        [
            .. names.Select(name => new RemoveStanzaEdit(StanzaKind.Context, name)),
            .. Unneeded(StanzaKind.Cluster, context => context.Cluster),
            .. Unneeded(StanzaKind.User, context => context.User),
            .. isCurrent ? [new CurrentContextEdit("")] : Array.Empty<KubeconfigEdit>(),
        ];
        return new ChangePlan(
            edits,
            removed.ConvertAll(Row),
            isCurrent ? [CurrentIsGone(file)] : []);

        IEnumerable<KubeconfigEdit> Unneeded(StanzaKind kind, Func<KubeconfigStanza, string> reference) => removed
            .Select(reference)
            .Distinct()
            .Where(name => file.Find(kind, name) is not null && kept.All(context => reference(context) != name))
            .Select(name => new RemoveStanzaEdit(kind, name));

        ContextChange Row(KubeconfigStanza context) => new()
        {
            Path = file.Path,
            ContextName = context.Name,
            ClusterName = context.Cluster is "" ? null : context.Cluster,
            UserName = context.User is "" ? null : context.User,
            Status = request.WhatIf ? ContextStatus.WouldRemove : ContextStatus.Removed,
            Reason = Reason(context),
        };

        string? Reason(KubeconfigStanza context)
        {
            string?[] needs =
            [
                kept.FirstOrDefault(other => other.Cluster == context.Cluster && other.Cluster.Length > 0) is { } of ? $"its cluster stays, as {of} needs it" : null,
                kept.FirstOrDefault(other => other.User == context.User && other.User.Length > 0) is { } by ? $"its user stays, as {by} needs it" : null,
            ];
            var reason = string.Join("; ", needs.OfType<string>());
            return reason.Length == 0 ? null : PlainText.Printable(reason);
        }
    }

    private static string CurrentIsGone(MergeSource file) =>
        $"'{file.CurrentContext}' was the current context of '{file.Path}', which has none now. Choose one with: kubectl config use-context NAME.";
}
