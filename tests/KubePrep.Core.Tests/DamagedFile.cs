using System.Text;

namespace KubePrep.Core.Tests;

/// <summary>A file's content after some damage, legible in the message of a failed test.</summary>
internal sealed record DamagedFile(byte[] Content)
{
    public override string ToString() => Encoding.Latin1.GetString(Content);
}
