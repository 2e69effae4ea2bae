using System.Net;
using System.Net.Sockets;

namespace KubePrep.Inventory;

/// <summary>Addresses as inventories write them: four numbers with dots, or IPv6; neither a short form, nor brackets or a zone.</summary>
internal static class ClusterAddress
{
    public static bool IsAddress(string text) =>
        IPAddress.TryParse(text, out var address)
        && (address.AddressFamily == AddressFamily.InterNetwork
            ? address.ToString() == text
            : text.AsSpan().IndexOfAny("[]%") < 0);
}
