namespace KubePrep.Kubeconfig;

/// <summary>A change of something in a kubeconfig, whose other bytes stay as they are.</summary>
public abstract record KubeconfigEdit;
