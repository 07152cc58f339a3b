using MiniTrader.Books;
using MiniTrader.Model;
using MiniTrader.Strategies;

namespace MiniTrader.Samples;

/// <summary>
/// Buys one quantity in equal slices over a time: the smallest use of an execution helper. A slice that did not fill is part of the next, and
/// what is left behind the last is tried again at the same pace.
/// </summary>
/// <param name="instrument">What to buy.</param>
/// <param name="size">How much in all; a multiple of the lot.</param>
/// <param name="minutes">Over how long.</param>
/// <param name="slices">In how many parts.</param>
public sealed class TwapBuyer(InstrumentId instrument, Quantity size, int minutes = 60, int slices = 12) : Strategy
{
    private readonly long _length = minutes > 0 ? minutes * Timestamp.NanosecondsPerMinute : throw new ArgumentException($"The time must be above zero minutes, not {minutes}.");
    private readonly int _slices = slices > 0 ? slices : throw new ArgumentException($"There must be at least one slice, not {slices}.");
    private ScheduledOrder? _order;
    private bool _isStarted;

    public override void OnStart() => _order = ScheduledOrder.Twap(Orders, Instruments[instrument], instrument, OrderSide.Buy, size, Now, Now + _length, _slices);

    public override void OnBook(DepthBook book, in BookDelta last)
    {
        if (last.Instrument == instrument && book.HasAsk) Begin();
    }

    public override void OnQuote(in QuoteTick quote)
    {
        if (quote.Instrument == instrument) Begin();
    }

    public override void OnTrade(in TradeTick trade)
    {
        if (trade.Instrument == instrument) Begin();
    }

    public override void OnBar(in Bar bar)
    {
        if (bar.Instrument == instrument) Begin();
    }

    public override void OnTimer(in TimerTick timer)
    {
        _order!.Advance(Now);
        if (_order.NextDue < Timestamp.MaxValue) SetTimer(_order.NextDue);
    }

    public override void OnReport(in ExecutionReport report) => _order?.OnReport(in report);

    public override void OnAction(in CorporateAction action) => _order?.OnAction(in action);

    // A market order ahead of the first price would only wait for it.
    private void Begin()
    {
        if (!_isStarted) _isStarted = SetTimer(Now);
    }
}
