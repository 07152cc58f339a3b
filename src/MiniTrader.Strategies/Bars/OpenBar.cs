using MiniTrader.Model;

namespace MiniTrader.Strategies;

/// <summary>The bar that is being built: the four prices and the volume of what has come since it was opened.</summary>
internal struct OpenBar
{
    private Price _open;
    private Price _high;
    private Price _low;
    private Price _close;
    private long _volume;

    public bool IsEmpty { readonly get; private set; }

    public static OpenBar Empty => new() { IsEmpty = true };

    public readonly Quantity Volume => new(_volume);

    public readonly Price Close => _close;

    public void Add(Price price, Quantity size)
    {
        if (IsEmpty)
        {
            _open = _high = _low = price;
            IsEmpty = false;
        }
        else
        {
            if (price > _high) _high = price;
            if (price < _low) _low = price;
        }

        _close = price;
        if (size.IsPositive) _volume = _volume > long.MaxValue - size.Raw ? long.MaxValue : _volume + size.Raw;
    }

    /// <summary>
    /// The finished bar, with every byte set. It carries only <see cref="EventFlags.ForStrategy"/>: a venue that already saw the
    /// ticks must not match against their bar as well.
    /// </summary>
    public readonly Bar ToBar(InstrumentId instrument, Timestamp venueTime, Timestamp receivedTime, ushort detail) => new()
    {
        Header = new()
        {
            VenueTime = venueTime,
            ReceivedTime = receivedTime,
            Instrument = instrument,
            Kind = EventKind.Bar,
            Flags = EventFlags.ForStrategy,
            Detail = detail,
        },
        Open = _open,
        High = _high,
        Low = _low,
        Close = _close,
        Volume = Volume,
    };
}
