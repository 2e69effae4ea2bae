using System.Text.Json.Nodes;

namespace KubePrep.Kubeconfig;

/// <summary>Finds out what has to be added to a kubeconfig, and replaced in it, so that it holds all that others hold.</summary>
/// <param name="request">What is asked for.</param>
/// <param name="destination">What the file to change holds.</param>
internal sealed class MergePlanner(MergeRequest request, MergeSource destination)
{
    private readonly Dictionary<(StanzaKind Kind, string Name), KubeconfigStanza> _stanzas =
        destination.Stanzas.ToDictionary(stanza => (stanza.Kind, stanza.Name));

    private readonly Dictionary<(StanzaKind Kind, string Name), string> _origins = [];
    private readonly List<KubeconfigStanza> _added = [];
    private readonly List<KubeconfigStanza> _replaced = [];
    private readonly List<string> _clashes = [];
    private readonly List<string> _warnings = [];

    /// <exception cref="KubePrepException">Names clash (<see cref="ErrorId.KubeconfigClash"/>).</exception>
    public ChangePlan Plan(IReadOnlyList<MergeSource> sources)
    {
        var merged = sources.Select(source => (Source: source, Merged: Merge(source))).ToList();
        if (_clashes.Count > 0)
        {
            throw KubeconfigErrors.Clash(destination.Path, _clashes, request.Clashes);
        }

        var current = CurrentContext(merged);
        var edits = new List<KubeconfigEdit>();
        if (_added.Count > 0)
        {
            edits.Add(new AddStanzasEdit([.. _added.OrderBy(stanza => stanza.Kind).ThenBy(stanza => stanza.Name, StringComparer.Ordinal)]));
        }

        edits.AddRange(_replaced.Select(stanza => new ReplaceStanzaEdit(stanza)));
        if (current != destination.CurrentContext)
        {
            edits.Add(new CurrentContextEdit(current));
        }

        return new ChangePlan(edits, [.. merged.SelectMany(m => Rows(m.Source, m.Merged, current))], _warnings);
    }

    private Dictionary<KubeconfigStanza, MergedStanza> Merge(MergeSource source)
    {
        if (source.Stanzas.Count == 0)
        {
            _warnings.Add($"'{source.Path}' holds no cluster, context or user.");
        }

        var merged = source.Stanzas.Where(stanza => stanza.Kind != StanzaKind.Context).ToDictionary(stanza => stanza, stanza => Place(stanza, source));
        foreach (var context in source.Of(StanzaKind.Context))
        {
            // a context follows its cluster and user to the names they have now
            merged[context] = Place(
                context.Of(
                    source.Find(StanzaKind.Cluster, context.Cluster) is { } cluster ? merged[cluster].Name : context.Cluster,
                    source.Find(StanzaKind.User, context.User) is { } user ? merged[user].Name : context.User),
                source);
        }

        return merged;
    }

    private MergedStanza Place(KubeconfigStanza incoming, MergeSource source)
    {
        var key = (incoming.Kind, incoming.Name);
        if (!_stanzas.TryGetValue(key, out var existing))
        {
            return Add(incoming, incoming, source);
        }

        if (existing.SaysTheSameAs(incoming))
        {
            return new MergedStanza($"{incoming}", incoming.Name, ContextStatus.Kept);
        }

        if (request.Clashes == ClashHandling.Rename)
        {
            return Rename(incoming, source);
        }

        if (request.Clashes == ClashHandling.Refuse || _origins.ContainsKey(key))
        {
            var other = _origins.TryGetValue(key, out var origin) ? $" and of '{origin}'" : "";
            _clashes.Add($"{incoming} of '{source.Path}'{other}");
            return new MergedStanza($"{incoming}", incoming.Name, ContextStatus.Kept);
        }

        _origins[key] = source.Path;
        _stanzas[key] = incoming;
        _replaced.Add(incoming);
        return new MergedStanza($"{incoming}", incoming.Name, ContextStatus.Replaced) { Differences = [.. Differences(existing, incoming)] };
    }

    private MergedStanza Rename(KubeconfigStanza incoming, MergeSource source)
    {
        for (var number = 2; ; number++)
        {
            var renamed = incoming.Named($"{incoming.Name}-{number}");
            if (source.Find(renamed.Kind, renamed.Name) is not null)
            {
                continue; // whoever knows the source means that one by this name
            }

            if (!_stanzas.TryGetValue((renamed.Kind, renamed.Name), out var existing))
            {
                return Add(incoming, renamed, source);
            }

            if (existing.SaysTheSameAs(renamed))
            {
                return new MergedStanza($"{incoming}", renamed.Name, ContextStatus.Kept) { IsRenamed = true };
            }
        }
    }

    private MergedStanza Add(KubeconfigStanza incoming, KubeconfigStanza stanza, MergeSource source)
    {
        _stanzas.Add((stanza.Kind, stanza.Name), stanza);
        _origins.Add((stanza.Kind, stanza.Name), source.Path);
        _added.Add(stanza);
        return new MergedStanza($"{incoming}", stanza.Name, ContextStatus.Added) { IsRenamed = stanza.Name != incoming.Name };
    }

    /// <summary>The keys whose values differ, at the level where they do; never the values.</summary>
    private static IEnumerable<string> Differences(KubeconfigStanza existing, KubeconfigStanza incoming)
    {
        var (left, right) = (Fields(existing), Fields(incoming));
        return left.Keys.Union(right.Keys).Where(key => !JsonNode.DeepEquals(left.GetValueOrDefault(key), right.GetValueOrDefault(key))).Order(StringComparer.Ordinal);

        static Dictionary<string, JsonNode?> Fields(KubeconfigStanza stanza) => stanza.Content
            .SelectMany(entry => entry.Key == KubeconfigModel.Word(stanza.Kind) && entry.Value is JsonObject body ? body.AsEnumerable() : [entry])
            .DistinctBy(entry => entry.Key)
            .ToDictionary(entry => entry.Key, entry => entry.Value);
    }

    private string CurrentContext(IReadOnlyList<(MergeSource Source, Dictionary<KubeconfigStanza, MergedStanza> Merged)> merged)
    {
        // like kubectl with several files, which takes the first current context there is
        var isFirst = destination.CurrentContext.Length == 0 && !destination.Of(StanzaKind.Context).Any();
        if (!request.SetCurrentContext && !isFirst)
        {
            return destination.CurrentContext;
        }

        foreach (var (source, stanzas) in merged)
        {
            if (source.Find(StanzaKind.Context, source.CurrentContext) is { } context)
            {
                return stanzas[context].Name;
            }
        }

        if (request.SetCurrentContext)
        {
            var paths = string.Join(", ", merged.Select(m => $"'{m.Source.Path}'"));
            _warnings.Add($"The current context stays as it is, as none of the files that are merged has one: {paths}.");
        }

        return destination.CurrentContext;
    }

    private IEnumerable<ContextChange> Rows(MergeSource source, Dictionary<KubeconfigStanza, MergedStanza> merged, string current)
    {
        var used = new HashSet<KubeconfigStanza>();
        foreach (var context in source.Of(StanzaKind.Context))
        {
            KubeconfigStanza?[] parts = [context, source.Find(StanzaKind.Cluster, context.Cluster), source.Find(StanzaKind.User, context.User)];
            used.UnionWith(parts.OfType<KubeconfigStanza>());
            var placed = merged[context];
            var target = _stanzas[(StanzaKind.Context, placed.Name)];
            yield return Row(source, placed.Name, target.Cluster, target.User, [.. parts.OfType<KubeconfigStanza>().Select(part => merged[part])], current);
        }

        foreach (var alone in source.Stanzas.Where(stanza => !used.Contains(stanza)))
        {
            var placed = merged[alone];
            yield return Row(source, null, alone.Kind == StanzaKind.Cluster ? placed.Name : null, alone.Kind == StanzaKind.User ? placed.Name : null, [placed], current);
        }
    }

    private ContextChange Row(MergeSource source, string? context, string? cluster, string? user, IReadOnlyList<MergedStanza> parts, string current)
    {
        var status = parts.Any(part => part.Status == ContextStatus.Replaced) ? ContextStatus.Replaced
            : parts.Any(part => part.Status == ContextStatus.Added) ? ContextStatus.Added
            : ContextStatus.Kept;
        return new ContextChange
        {
            Path = destination.Path,
            Source = source.Path,
            ContextName = context,
            ClusterName = cluster is "" ? null : cluster,
            UserName = user is "" ? null : user,
            IsCurrent = context is not null && context == current,
            Status = (status, request.WhatIf) switch
            {
                (ContextStatus.Added, true) => ContextStatus.WouldAdd,
                (ContextStatus.Replaced, true) => ContextStatus.WouldReplace,
                _ => status,
            },
            Reason = status == ContextStatus.Kept ? null : PlainText.Printable(Reason(parts)),
        };
    }

    private static string Reason(IReadOnlyList<MergedStanza> parts)
    {
        var missing = parts.Where(part => part.Status == ContextStatus.Added && !part.IsRenamed).Select(part => part.Source).ToList();
        if (missing.Count == parts.Count)
        {
            return "it is missing";
        }

        var taken = parts.Where(part => part.IsRenamed).Select(part => part.Source).ToList();
        string[] reasons =
        [
            .. missing.Count > 0 ? [$"the file has no {string.Join(", ", missing)}"] : Array.Empty<string>(),
            .. taken.Count > 0 ? [$"the file has another {string.Join(", ", taken)}"] : Array.Empty<string>(),
            .. parts.Where(part => part.Differences.Count > 0).Select(part => $"{part.Source} has another {string.Join(", ", part.Differences)}"),
        ];
        return string.Join("; ", reasons);
    }
}
