using MiniTrader.Model;

namespace MiniTrader.Strategies;

/// <summary>
/// Makes bars of an equal traded quantity for one instrument. A trade that goes past the end of a bar is divided: the rest opens
/// the next bar at the same price, and a very large trade finishes several bars, which <see cref="TryTake"/> gives out one by one.
/// A bar's times are those of the trade that filled it, and its interval is zero. A trade without a size moves the prices only.
/// Owned by a strategy; engine thread only. Use it like <see cref="TimeBarBuilder"/>: <c>Add</c>, then <c>TryTake</c> until false.
/// </summary>
public sealed class VolumeBarBuilder
{
    private readonly Quantity _volume;
    private OpenBar _open = OpenBar.Empty;
    private Price _price;
    private Quantity _rest;
    private Timestamp _venueTime;
    private Timestamp _receivedTime;
    private bool _isFinished;

    /// <param name="instrument">Whose trades are taken; those of others are ignored.</param>
    /// <param name="volume">Quantity in a bar; above zero.</param>
    public VolumeBarBuilder(InstrumentId instrument, Quantity volume)
    {
        if (!volume.IsPositive) throw new ArgumentOutOfRangeException(nameof(volume), $"The volume of a bar must be above zero, not {volume}.");
        Instrument = instrument;
        _volume = volume;
    }

    public InstrumentId Instrument { get; }

    /// <summary>Takes a trade; true when at least one bar is full.</summary>
    public bool Add(in TradeTick trade)
    {
        if (trade.Instrument != Instrument) return false;
        if (_isFinished) BarBuilderErrors.ThrowNotTaken();
        _venueTime = trade.VenueTime;
        _receivedTime = trade.ReceivedTime;
        _price = trade.Price;
        _rest = trade.Size;
        if (_rest.IsPositive) Pour();
        else _open.Add(_price, Quantity.Zero);
        return _isFinished;
    }

    /// <summary>Finishes the open bar at the end of the data, short of volume; false when there is none.</summary>
    public bool Finish()
    {
        if (_isFinished) BarBuilderErrors.ThrowNotTaken();
        return _isFinished = !_open.IsEmpty;
    }

    /// <summary>Gives out the finished bars one by one, oldest first; false when there is none.</summary>
    public bool TryTake(out Bar bar)
    {
        if (!_isFinished)
        {
            bar = default;
            return false;
        }

        bar = _open.ToBar(Instrument, _venueTime, _receivedTime, detail: 0);
        _open = OpenBar.Empty;
        _isFinished = false;
        if (_rest.IsPositive) Pour();
        return true;
    }

    /// <summary>Forgets everything.</summary>
    public void Reset()
    {
        _open = OpenBar.Empty;
        _rest = Quantity.Zero;
        _isFinished = false;
    }

    private void Pour()
    {
        Quantity part = Quantity.Min(_rest, _volume - _open.Volume);
        _open.Add(_price, part);
        _rest -= part;
        _isFinished = _open.Volume == _volume;
    }
}
