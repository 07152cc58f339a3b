using MiniTrader.Model;

namespace MiniTrader.DataTools;

/// <summary>
/// Writes the book deltas of one series. The last one is held back until it is known whether its packet goes on: a packet may end
/// with a message that changes nothing, and a snapshot may not say where it ends.
/// </summary>
public sealed class DeltaWriter(SeriesBuffer buffer)
{
    private MarketEvent _held;
    private bool _isHolding;

    public SeriesBuffer Buffer { get; } = buffer;

    /// <summary>Received time of the last delta.</summary>
    public Timestamp Last => _isHolding ? _held.Header.ReceivedTime : Buffer.Last;

    public bool IsBefore(Timestamp time) => time < Last;

    /// <summary>Takes a delta that is marked as part of a packet or as its end.</summary>
    public void Add(in MarketEvent delta)
    {
        // A snapshot ends where something else begins.
        if (_isHolding && (_held.Header.Flags & EventFlags.Snapshot) != 0 && (delta.Header.Flags & EventFlags.Snapshot) == 0) EndPacket();
        Release();
        (_held, _isHolding) = (delta, true);
    }

    /// <summary>Makes the delta at the source's end of a packet that packet's last.</summary>
    public void EndPacket() => _held.Header.Flags &= ~EventFlags.Partial;

    public void Flush()
    {
        EndPacket();
        Release();
        Buffer.Flush();
    }

    private void Release()
    {
        if (!_isHolding) return;
        _isHolding = false;
        Buffer.Next(_held.Header.ReceivedTime.Date, EventKind.BookDelta, _held.Header.VenueTime, _held.Header.ReceivedTime) = _held;
    }
}
