using MiniTrader.Books;
using MiniTrader.Model;
using MiniTrader.Portfolio;
using MiniTrader.Strategies;

namespace MiniTrader.Samples;

/// <summary>
/// Trades two instruments that move together. When the ratio of their prices is far from its rolling mean, it sells the dear
/// leg and buys the cheap one for the same money, and closes both when the ratio is back. It reads the latest price of each
/// leg, whatever data that comes from: the mid of a book or of quotes, else the last trade or close.
/// <para>
/// The ratio is sampled at most every <c>sampleSeconds</c>, when the leg with the higher index moves: events of one instant come in the
/// order of their index, so by then both legs show that instant's price.
/// </para>
/// </summary>
/// <param name="first">The leg whose price is above the line of the ratio.</param>
/// <param name="second">The leg whose price is below it.</param>
/// <param name="size">Quantity of the first leg; a multiple of its lot. The second leg's follows from the prices.</param>
/// <param name="window">Samples in the rolling mean and deviation.</param>
/// <param name="entry">Deviations from the mean at which to enter.</param>
/// <param name="exit">Deviations from the mean at which to leave; below <paramref name="entry"/>.</param>
/// <param name="sampleSeconds">Shortest time between two samples; zero takes every move.</param>
public sealed class PairTrade(
    InstrumentId first, InstrumentId second, Quantity size, int window = 600, double entry = 2, double exit = 0.25, double sampleSeconds = 1) : Strategy
{
    private readonly InstrumentId _later = first != second
        ? new(Math.Max(first.Index, second.Index))
        : throw new ArgumentException("A pair needs two instruments, but first and second are the same.");

    private readonly Quantity _size = size.IsPositive ? size : throw new ArgumentException($"The size must be above zero, not {size}.");
    private readonly Zscore _score = new(window);
    private readonly double _exit = exit >= 0 && exit < entry ? exit : throw new ArgumentException($"The exit ({exit}) must be zero or more and below the entry ({entry}).");
    private readonly long _interval = sampleSeconds is >= 0 and <= 86_400
        ? (long)(sampleSeconds * Timestamp.NanosecondsPerSecond)
        : throw new ArgumentException($"The time between samples must be 0 to 86400 seconds, not {sampleSeconds}.");

    private Timestamp _nextSample = Timestamp.MinValue;
    private Quantity _secondLot;
    private double _worthRatio;

    public override void OnStart()
    {
        // What one unit of price times quantity of the first leg is worth in the second: contract sizes and currencies differ.
        _worthRatio = (double)(Worth(first) / Worth(second));
        _secondLot = Instruments[second].LotSize;
    }

    public override void OnBook(DepthBook book, in BookDelta last) => Sample(last.Instrument);

    public override void OnQuote(in QuoteTick quote) => Sample(quote.Instrument);

    public override void OnTrade(in TradeTick trade) => Sample(trade.Instrument);

    public override void OnBar(in Bar bar) => Sample(bar.Instrument);

    /// <summary>The ratio of the prices is another after a split of one of them.</summary>
    public override void OnAction(in CorporateAction action)
    {
        if (action.IsSplit) _score.Reset();
    }

    private void Sample(InstrumentId moved)
    {
        if (moved != _later || Now < _nextSample) return;
        ref readonly Mark a = ref Marks[first];
        ref readonly Mark b = ref Marks[second];
        if (!a.IsKnown || !b.IsKnown || b.Value.Raw <= 0) return;

        _nextSample = Now + _interval;
        double ratio = a.Value.ToDouble() / b.Value.ToDouble();
        double score = _score.Update(ratio);
        if (_score.IsWarm && !Orders.HasWorking(first) && !Orders.HasWorking(second)) Decide(score, ratio);
    }

    private void Decide(double score, double ratio)
    {
        ref readonly Position one = ref Portfolio[first];
        ref readonly Position other = ref Portfolio[second];
        if (one.IsFlat && other.IsFlat)
        {
            if (score >= entry) Open(OrderSide.Sell, ratio);
            else if (score <= -entry) Open(OrderSide.Buy, ratio);
            return;
        }

        // One leg alone is no pair: the other was refused or found no market.
        bool isBroken = one.IsFlat || other.IsFlat;
        bool isBack = one.IsLong ? score >= -_exit : score <= _exit;
        if (isBroken || isBack)
        {
            Close(in one);
            Close(in other);
        }
    }

    private void Open(OrderSide firstSide, double ratio)
    {
        Quantity hedge = new Quantity((long)(_size.Raw * ratio * _worthRatio)).FloorTo(_secondLot);
        hedge = Quantity.Max(hedge, _secondLot);
        Orders.Submit(new() { Instrument = first, Side = firstSide, Quantity = _size });
        Orders.Submit(new() { Instrument = second, Side = firstSide.Opposite(), Quantity = hedge });
    }

    private void Close(in Position position)
    {
        if (position.IsLong) Orders.Sell(position.Instrument, position.Quantity);
        else if (position.IsShort) Orders.Buy(position.Instrument, position.Quantity.Abs());
    }

    private decimal Worth(InstrumentId leg) => Instruments[leg].Multiplier * Account.RateOf(leg);
}
