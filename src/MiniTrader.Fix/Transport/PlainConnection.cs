using System.Net.Sockets;

namespace MiniTrader.Fix;

/// <summary>TCP as it is, on a socket that does not block.</summary>
internal sealed class PlainConnection : FixConnection
{
    public PlainConnection(Socket socket)
        : base(socket) => socket.Blocking = false;

    public override int Receive(Span<byte> target)
    {
        int read = Socket.Receive(target, SocketFlags.None, out SocketError error);
        if (error == SocketError.Success) return read > 0 ? read : Ended;
        return error is SocketError.WouldBlock or SocketError.Interrupted ? Nothing : EndBy(error);
    }

    public override int Send(ReadOnlySpan<byte> bytes)
    {
        int sent = Socket.Send(bytes, SocketFlags.None, out SocketError error);
        if (error == SocketError.Success) return sent;
        return error is SocketError.WouldBlock or SocketError.Interrupted or SocketError.NoBufferSpaceAvailable ? Nothing : EndBy(error);
    }

    public override void EndSending()
    {
        try
        {
            Socket.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            // The other side was quicker.
        }
    }

    private int EndBy(SocketError error)
    {
        Fault = error.ToString();
        return Ended;
    }
}
