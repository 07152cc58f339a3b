namespace MiniTrader.Exchange;

/// <summary>
/// A taker's way through a market that shows only its best price: the displayed level, then by <see cref="DepthModel"/> further
/// ones, each a tick worse and as large. Starts where earlier takers stopped and ends at the first price that cannot be one: zero
/// or less, unless the instrument may trade below it.
/// </summary>
internal struct TouchWalk
{
    private readonly Market _market;
    private readonly Touch _touch;
    private readonly long _step;
    private readonly int _levels;
    private readonly bool _isUnlimited;
    private long _consumed;

    public TouchWalk(in Touch touch, VenueOptions options, Market market, int sign)
    {
        _market = market;
        _touch = touch;
        _step = sign * market.Tick;
        _levels = options.Depth == DepthModel.Ladder ? options.DepthLevels : 1;
        _isUnlimited = options.Depth == DepthModel.Top;
        if (!options.ConsumeLiquidity) return;
        Depth = touch.Depth;
        _consumed = touch.Consumed;
    }

    /// <summary>The level at hand; 0 is the displayed one.</summary>
    public int Depth { get; private set; }

    /// <summary>What is used up of the level at hand.</summary>
    public readonly long Used => _consumed;

    public readonly long Price => _touch.Price + (Depth * _step);

    /// <summary>
    /// What there is for a taker at the level at hand, in whole lots, moving on to the first that holds any; false when none is left.
    /// </summary>
    /// <param name="wanted">Whole lots.</param>
    /// <param name="quantity">Not above <paramref name="wanted"/>.</param>
    public bool TryNext(long wanted, out long quantity)
    {
        for (; Depth < _levels && _market.CanTradeAt(Price); Depth++, _consumed = 0)
        {
            long rest = _touch.Size - _consumed;

            // What covers the whole wish needs no division to be whole lots.
            quantity = _isUnlimited || rest >= wanted ? wanted : _market.FloorToLot(rest);
            if (quantity > 0) return true;
        }

        quantity = 0;
        return false;
    }

    public void Take(long quantity) => _consumed = _isUnlimited ? Math.Min(_touch.Size, _consumed + quantity) : _consumed + quantity;

    /// <summary>Writes what was taken back to the market.</summary>
    public readonly void Commit(ref Touch touch)
    {
        touch.Depth = Depth;
        touch.Consumed = _consumed;
    }
}
