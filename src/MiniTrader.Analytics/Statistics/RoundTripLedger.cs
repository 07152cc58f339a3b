using MiniTrader.Model;

namespace MiniTrader.Analytics;

/// <summary>
/// Turns fills into round trips, flat to flat. Flat to flat rather than lot by lot because it needs one record per strategy
/// and instrument however many fills there are, and because its trades are what a person counts on a chart.
/// </summary>
internal sealed class RoundTripLedger
{
    private readonly Dictionary<(StrategyId, InstrumentId), OpenTrip> _open = [];

    /// <summary>Trips that are not flat yet.</summary>
    public int OpenCount { get; private set; }

    /// <summary>Takes a fill; true when it ended a trip. One fill ends at most one.</summary>
    public bool Add(in FillRow fill, out RoundTrip closed)
    {
        closed = default;
        if (fill.Quantity.Raw <= 0)
            throw new ArgumentException($"A fill of order {fill.ClientOrderId} at {fill.VenueTime} has the quantity {fill.Quantity}; it must be above zero.");

        if (!_open.TryGetValue((fill.Strategy, fill.Instrument), out OpenTrip? trip))
            _open.Add((fill.Strategy, fill.Instrument), trip = new OpenTrip());

        bool opens = trip.Position.IsZero;
        if (opens || trip.Side == fill.Side)
        {
            if (opens) Begin(trip, in fill);
            trip.Enter(in fill, fill.Quantity, fill.Fee);
            return false;
        }

        Quantity exit = Quantity.Min(trip.Position, fill.Quantity);
        Quantity rest = fill.Quantity - exit;
        decimal exitFee = rest.IsZero ? fill.Fee : fill.Fee * exit.ToDecimal() / fill.Quantity.ToDecimal();
        trip.Exit(in fill, exit, exitFee);
        if (!trip.Position.IsZero) return false;

        closed = trip.Close(in fill);
        OpenCount--;
        if (!rest.IsZero)
        {
            Begin(trip, in fill);
            trip.Enter(in fill, rest, fill.Fee - exitFee);
        }

        return true;
    }

    /// <summary>The open trip goes on with another quantity; one that nothing is left of ends untold, for no trade closed it.</summary>
    public void Split(StrategyId strategy, InstrumentId instrument, Quantity before, Quantity after)
    {
        if (!_open.TryGetValue((strategy, instrument), out OpenTrip? trip) || trip.Position.IsZero) return;
        trip.Split(before, after);
        if (trip.Position.IsZero) OpenCount--;
    }

    private void Begin(OpenTrip trip, in FillRow fill)
    {
        trip.Begin(in fill);
        OpenCount++;
    }

    private sealed class OpenTrip
    {
        private Timestamp _opened;
        private decimal _entered, _entryValue, _exited, _exitValue, _fees;
        private int _fills;

        public OrderSide Side { get; private set; }

        /// <summary>What is held, without its sign.</summary>
        public Quantity Position { get; private set; }

        public void Begin(in FillRow fill)
        {
            _opened = fill.VenueTime;
            _entered = _entryValue = _exited = _exitValue = _fees = 0;
            _fills = 0;
            Side = fill.Side;
        }

        public void Enter(in FillRow fill, Quantity quantity, decimal fee)
        {
            Position += quantity;
            _entered += quantity.ToDecimal();
            _entryValue += quantity.ToDecimal() * fill.Price.ToDecimal();
            _fees += fee;
            _fills++;
        }

        public void Exit(in FillRow fill, Quantity quantity, decimal fee)
        {
            Position -= quantity;
            _exited += quantity.ToDecimal();
            _exitValue += quantity.ToDecimal() * fill.Price.ToDecimal();
            _fees += fee;
            _fills++;
        }

        /// <summary>Units bought and sold so far become those of after the split; what they cost stays.</summary>
        public void Split(Quantity before, Quantity after)
        {
            decimal ratio = after.ToDecimal() / before.ToDecimal();
            Position = after.Abs();
            _entered *= ratio;
            _exited *= ratio;
        }

        public RoundTrip Close(in FillRow fill) => new()
        {
            Strategy = fill.Strategy,
            Instrument = fill.Instrument,
            Side = Side,
            Opened = _opened,
            Closed = fill.VenueTime,
            Quantity = _entered,
            EntryPrice = _entryValue / _entered,
            ExitPrice = _exitValue / _exited,
            Fees = _fees * fill.BaseRate,
            Profit = (((_exitValue - _entryValue) * Side.Sign() * fill.Multiplier) - _fees) * fill.BaseRate,
            Fills = _fills,
        };
    }
}
