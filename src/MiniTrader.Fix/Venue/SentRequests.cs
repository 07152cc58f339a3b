using MiniTrader.Model;

namespace MiniTrader.Fix;

/// <summary>
/// Which order a sent message was about, by its sequence number: a reject of the session or of the venue's business names only that. The last
/// <see cref="Capacity"/> numbers are kept.
/// </summary>
internal sealed class SentRequests
{
    public const int Capacity = 1 << 14;

    private readonly long[] _numbers = new long[Capacity];
    private readonly ClientOrderId[] _orders = new ClientOrderId[Capacity];

    public void Note(long msgSeqNum, ClientOrderId order)
    {
        int place = (int)(msgSeqNum & (Capacity - 1));
        _numbers[place] = msgSeqNum;
        _orders[place] = order;
    }

    public bool TryFind(long msgSeqNum, out ClientOrderId order)
    {
        int place = (int)(msgSeqNum & (Capacity - 1));
        order = _orders[place];
        return msgSeqNum > 0 && _numbers[place] == msgSeqNum;
    }
}
