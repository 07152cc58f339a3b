using System.Net;
using System.Net.Sockets;

namespace MiniTrader.EndToEnd;

/// <summary>
/// Ports for those who must know theirs before they listen, or come back to it. Below the ones that systems give to outgoing connections: one of those may take a port
/// on which nobody listens at the moment, and whoever dials such a port again and again from the same machine may reach himself.
/// </summary>
internal static class FreePort
{
    private const int First = 20_000, Count = 10_000;

    private static int _taken = Environment.ProcessId;

    /// <summary>A port of the loopback on which nobody listens, another one each time.</summary>
    public static int Next()
    {
        for (int tries = 0; ; tries++)
        {
            int port = First + (int)((uint)Interlocked.Increment(ref _taken) % Count);
            try
            {
                using TcpListener listener = new(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException) when (tries < Count)
            {
                // Somebody else has this one.
            }
        }
    }
}
