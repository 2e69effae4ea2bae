namespace KubePrep.Kubeconfig;

/// <summary>Reads and writes kubeconfig files. The engine knows no YAML; KubePrep.Yaml does.</summary>
public interface IKubeconfigSerializer
{
    /// <summary>Writes a kubeconfig as <c>kubectl config</c> 1.33 does: keys and names sorted, base64 on one line.</summary>
    /// <param name="document">What to write.</param>
    /// <returns>The file's bytes. They hold a private key: the caller clears them.</returns>
    byte[] Write(KubeconfigDocument document);

    /// <summary>Reads a kubeconfig, YAML or JSON.</summary>
    /// <param name="content">The file's bytes.</param>
    /// <param name="path">The file, for messages.</param>
    /// <exception cref="KubePrepException">It is no kubeconfig (<see cref="ErrorId.MalformedKubeconfig"/>).</exception>
    KubeconfigDocument Read(byte[] content, string path);

    /// <summary>Reads everything in the three lists of a kubeconfig, with fields that KubePrep does not know.</summary>
    /// <param name="content">The file's bytes; a file without content holds nothing.</param>
    /// <param name="path">The file, for messages.</param>
    /// <exception cref="KubePrepException">It is no kubeconfig (<see cref="ErrorId.MalformedKubeconfig"/>).</exception>
    KubeconfigStanzas ReadStanzas(byte[] content, string path);

    /// <summary>
    /// Changes what the edits name, and no other byte: comments, order, unknown fields, quoting and line endings stay. A file without
    /// content becomes a kubeconfig first.
    /// </summary>
    /// <param name="content">The file's bytes.</param>
    /// <param name="edits">The changes, in their order.</param>
    /// <param name="path">The file, for messages.</param>
    /// <returns>The file's new bytes. They hold a private key: the caller clears them.</returns>
    /// <exception cref="KubePrepException">
    /// It is no kubeconfig (<see cref="ErrorId.MalformedKubeconfig"/>), has not what is to be changed
    /// (<see cref="ErrorId.KubeconfigEntryNotFound"/>), or is written in a way that cannot be edited without harm, such as with anchors
    /// (<see cref="ErrorId.KubeconfigNotEditable"/>).
    /// </exception>
    byte[] Edit(byte[] content, IReadOnlyList<KubeconfigEdit> edits, string path);
}
