using System.Net.Sockets;

namespace MiniTrader.Fix;

/// <summary>A connection that never waits: what is there is read, what fits is sent. The FIX thread owns it.</summary>
internal abstract class FixConnection(Socket socket) : IDisposable
{
    /// <summary>What <see cref="Receive"/> answers when there is nothing, and when there will never be anything again.</summary>
    public const int Nothing = 0;

    public const int Ended = -1;

    public Socket Socket { get; } = socket;

    /// <summary>Why the connection ended, where it says so.</summary>
    public string Fault { get; protected set; } = "";

    /// <summary>Bytes read, <see cref="Nothing"/> or <see cref="Ended"/>.</summary>
    public abstract int Receive(Span<byte> target);

    /// <summary>Bytes taken, which may be none, or <see cref="Ended"/>.</summary>
    public abstract int Send(ReadOnlySpan<byte> bytes);

    /// <summary>No more will be sent; the other side sees the end.</summary>
    public abstract void EndSending();

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (disposing) Socket.Dispose();
    }
}
