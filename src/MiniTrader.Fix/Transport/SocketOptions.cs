using System.Net.Sockets;

namespace MiniTrader.Fix;

/// <summary>Puts a session's transport settings on a socket.</summary>
internal static class SocketOptions
{
    public static void Apply(Socket socket, TransportSettings transport)
    {
        socket.NoDelay = transport.NoDelay;
        if (transport.SendBufferSize > 0) socket.SendBufferSize = transport.SendBufferSize;
        if (transport.ReceiveBufferSize > 0) socket.ReceiveBufferSize = transport.ReceiveBufferSize;
    }
}
