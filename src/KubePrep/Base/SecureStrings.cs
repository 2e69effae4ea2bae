using System.Runtime.InteropServices;
using System.Security;

namespace KubePrep.Base;

/// <summary>Takes passwords over from PowerShell.</summary>
internal static class SecureStrings
{
    /// <summary>A copy of a password, which the caller disposes of; no other copy is left behind.</summary>
    /// <exception cref="KubePrepException">It is empty, or holds a control character (<see cref="ErrorId.InvalidConnectionOption"/>).</exception>
    public static Secret Read(SecureString password)
    {
        var text = new char[password.Length];
        var unmanaged = Marshal.SecureStringToGlobalAllocUnicode(password);
        try
        {
            Marshal.Copy(unmanaged, text, 0, text.Length);
            return new Secret(text);
        }
        finally
        {
            Array.Clear(text);
            Marshal.ZeroFreeGlobalAllocUnicode(unmanaged);
        }
    }
}
