using MiniTrader.Model;

namespace MiniTrader.Fix;

/// <summary>
/// Where a session writes down what came, what went and what happened. One session owns it and calls it from its thread; implementations must not
/// show passwords.
/// </summary>
public abstract class MessageLog : IDisposable
{
    public abstract void Incoming(Timestamp now, ReadOnlySpan<byte> message);

    public abstract void Outgoing(Timestamp now, ReadOnlySpan<byte> message);

    public abstract void Event(Timestamp now, string text);

    /// <summary>Hands what waits to the operating system.</summary>
    public virtual void Flush()
    {
    }

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
    }
}
