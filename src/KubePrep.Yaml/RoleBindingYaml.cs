using System.Globalization;
using System.Text;
using KubePrep.Users;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace KubePrep.Yaml;

/// <summary>Manifests of role bindings as YAML: written for people and <c>kubectl apply -f</c>, and read as either may have left them.</summary>
public sealed class RoleBindingYaml : IRoleBindingSerializer
{
    private const string ApiGroup = "rbac.authorization.k8s.io";
    private const string ClusterKind = "ClusterRoleBinding";
    private const string NamespaceKind = "RoleBinding";
    private const string ValidUntil = "kubeprep/valid-until";
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    /// <inheritdoc/>
    public byte[] Write(RoleBinding binding)
    {
        ArgumentNullException.ThrowIfNull(binding);
        using var buffer = new MemoryStream();
        using (var text = new StreamWriter(buffer, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { NewLine = "\n" })
        {
            var emitter = new Emitter(text);
            emitter.Emit(new StreamStart());
            emitter.Emit(new DocumentStart(null, null, isImplicit: true));
            Emit(emitter, binding);
            emitter.Emit(new DocumentEnd(isImplicit: true));
            emitter.Emit(new StreamEnd());
        }

        return buffer.ToArray();
    }

    /// <inheritdoc/>
    public RoleBinding Read(byte[] content, string path)
    {
        ArgumentNullException.ThrowIfNull(content);
        var root = YamlText.Read(content, allowsReferences: true, fault => Malformed(path, fault));
        var isCluster = Text(root, "kind", path) == ClusterKind;
        if ((!isCluster && Text(root, "kind", path) != NamespaceKind) || !Text(root, "apiVersion", path).StartsWith($"{ApiGroup}/", StringComparison.Ordinal))
        {
            throw UserErrors.MalformedRoleBinding(path, $"its kind is neither {ClusterKind} nor {NamespaceKind}, or its apiVersion not of {ApiGroup}");
        }

        var metadata = Required<YamlMappingNode>(root, "metadata", path);
        var role = Required<YamlMappingNode>(root, "roleRef", path);
        var @namespace = Text(metadata, "namespace", path);
        var binding = new RoleBinding(
            Filled(metadata, "name", path),
            isCluster ? null : @namespace.Length > 0 ? @namespace : "default", // as kubectl takes it, unless it is told another one
            Filled(role, "kind", path),
            Filled(role, "name", path),
            [.. UserNames(root, path)]);
        return binding with { ValidUntil = ReadTime(metadata, path) };
    }

    private static void Emit(Emitter emitter, RoleBinding binding)
    {
        Mapping(emitter, () =>
        {
            Entry(emitter, "apiVersion", $"{ApiGroup}/v1");
            Entry(emitter, "kind", binding.Namespace is null ? ClusterKind : NamespaceKind);
            emitter.Emit(new Scalar("metadata"));
            Mapping(emitter, () => EmitMetadata(emitter, binding));
            emitter.Emit(new Scalar("roleRef"));
            Mapping(emitter, () =>
            {
                Entry(emitter, "apiGroup", ApiGroup);
                Entry(emitter, "kind", binding.RoleKind);
                Entry(emitter, "name", binding.RoleName);
            });
            emitter.Emit(new Scalar("subjects"));
            emitter.Emit(new SequenceStart(null, null, true, SequenceStyle.Block));
            foreach (var user in binding.UserNames)
            {
                Mapping(emitter, () =>
                {
                    Entry(emitter, "apiGroup", ApiGroup);
                    Entry(emitter, "kind", "User");
                    Entry(emitter, "name", user);
                });
            }

            emitter.Emit(new SequenceEnd());
        });
    }

    private static void EmitMetadata(Emitter emitter, RoleBinding binding)
    {
        Entry(emitter, "name", binding.Name);
        if (binding.Namespace is not null)
        {
            Entry(emitter, "namespace", binding.Namespace);
        }

        emitter.Emit(new Scalar("labels"));
        Mapping(emitter, () => Entry(emitter, "app.kubernetes.io/managed-by", "kubeprep"));
        if (binding.ValidUntil is { } end)
        {
            emitter.Emit(new Scalar("annotations"));
            Mapping(emitter, () => Entry(emitter, ValidUntil, end.ToString(TimeFormat, CultureInfo.InvariantCulture)));
        }
    }

    private static void Mapping(Emitter emitter, Action content)
    {
        emitter.Emit(new MappingStart(null, null, true, MappingStyle.Block));
        content();
        emitter.Emit(new MappingEnd());
    }

    private static void Entry(Emitter emitter, string key, string value)
    {
        emitter.Emit(new Scalar(key));
        emitter.Emit(new Scalar(null, null, value, YamlString.StyleOf(value), true, true));
    }

    private static IEnumerable<string> UserNames(YamlMappingNode root, string path)
    {
        foreach (var entry in Child<YamlSequenceNode>(root, "subjects", path) ?? [])
        {
            var subject = entry as YamlMappingNode ?? throw Misplaced(entry, "subjects", path);
            if (Text(subject, "kind", path) == "User")
            {
                yield return Filled(subject, "name", path);
            }
        }
    }

    private static DateTime? ReadTime(YamlMappingNode metadata, string path) =>
        Child<YamlMappingNode>(metadata, "annotations", path) is { } annotations
        && DateTime.TryParseExact(
            Text(annotations, ValidUntil, path), TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : null;

    private static string Filled(YamlMappingNode parent, string key, string path) =>
        Text(parent, key, path) is { Length: > 0 } text ? text : throw UserErrors.MalformedRoleBinding(path, $"it lacks '{key}', at line {parent.Start.Line}");

    private static string Text(YamlMappingNode parent, string key, string path) => Child<YamlScalarNode>(parent, key, path)?.Value ?? "";

    private static T Required<T>(YamlMappingNode parent, string key, string path)
        where T : YamlNode => Child<T>(parent, key, path) ?? throw UserErrors.MalformedRoleBinding(path, $"it lacks '{key}'");

    private static T? Child<T>(YamlMappingNode parent, string key, string path)
        where T : YamlNode =>
        !parent.Children.TryGetValue(new YamlScalarNode(key), out var child) || YamlText.IsNull(child) ? null
        : child as T ?? throw Misplaced(child, key, path);

    private static KubePrepException Misplaced(YamlNode node, string key, string path) =>
        UserErrors.MalformedRoleBinding(path, $"'{key}', at line {node.Start.Line}, is not of the right kind");

    private static KubePrepException Malformed(string path, YamlFault fault) => UserErrors.MalformedRoleBinding(
        path, fault.Column == 0 ? $"line {fault.Line} {fault.Why}" : $"line {fault.Line}, column {fault.Column}, {fault.Why}");
}
