using MiniTrader.Model;

namespace MiniTrader.Fix;

/// <summary>The way of requests to a venue: our own session's, or another engine's. One thread, the desk's.</summary>
internal abstract class RequestLine
{
    /// <summary>The session is up.</summary>
    public abstract bool IsUp { get; }

    /// <summary>Starts a request; the line must be up.</summary>
    public abstract FixWriter Begin(ulong msgType);

    /// <summary>Sends it, for an order or for none. <see cref="SendStatus.OutputFull"/> says to try later; what else is not Sent never leaves.</summary>
    public abstract SendStatus Send(ref FixWriter writer, ClientOrderId order);

    /// <summary>Which order a message was about, by the number that it was sent under.</summary>
    public abstract bool TryFindSent(long msgSeqNum, out ClientOrderId order);
}
