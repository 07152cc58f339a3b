using System.Runtime.CompilerServices;
using MiniTrader.Model;
using MiniTrader.Portfolio;
using MiniTrader.Strategies;

namespace MiniTrader.Engine;

/// <content>Quotes that everyone sees at one instant, by far the most events there are: step by step, or in runs while nothing else can happen.</content>
public sealed partial class TradingEngine<TVenue, TRecorder>
{
    /// <summary>Quotes that everyone sees at one instant: a quiet run of them where there can be one, else step by step. Answers the first event behind.</summary>
    private ref MarketEvent ProcessQuotes(ref MarketEvent e, ref MarketEvent end)
    {
        if (_hasSoleSeat)
        {
            if (e.Header.ReceivedTime < _time.NextDue && _venue.IsIdle(e.Header.Instrument)) return ref ProcessQuiet(ref e, ref end);
        }
        else if (_haveSeatsAlone)
        {
            ref MarketEvent behind = ref ProcessQuietOfMany(ref e, ref end);
            if (!Unsafe.AreSame(ref behind, ref e)) return ref behind;
        }

        return ref ProcessInSteps(ref e, ref end);
    }

    /// <summary>
    /// The five steps for each of a run of quotes, which ends where a quiet run may follow. Answers the first event behind.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private ref MarketEvent ProcessInSteps(ref MarketEvent e, ref MarketEvent end)
    {
        do
        {
            DrainAndMoveTime(e.Header.ReceivedTime);
            if (_recorder.RecordsMarket) _recorder.OnMarket(in e);
            if (_venue.OnMarket(in e)) _time.Expect(_venue.NextDue);
            _marks.At(e.Header.Instrument).Take(in e.Quote, e.Header.ReceivedTime);
            foreach (ref readonly Subscribers.Seat seat in _onQuote.Of(e.Header.Instrument).AsSpan())
            {
                seat.Strategy.OnQuote(in e.Quote);
                if (seat.Desk.Count != 0) Route(seat.Desk);
            }

            e = ref Unsafe.Add(ref e, 1);
        }
        while (Unsafe.IsAddressLessThan(ref e, ref end) && e.Header.IsQuoteForBoth && !((_hasSoleSeat || _haveSeatsAlone) && _venue.IsIdle(e.Header.Instrument)));

        return ref e;
    }

    /// <summary>
    /// The five steps for a run of quotes of the only instrument, for the only strategy, while nothing is due and the venue is idle. What
    /// cannot change within the run is found once, and the venue is shown the last quote only: it needs no earlier one, because
    /// nothing of it is drained before the run ends. A strategy that writes an order makes the session due, and that ends the run. Answers
    /// the first event that is not part of it.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private ref MarketEvent ProcessQuiet(ref MarketEvent first, ref MarketEvent end)
    {
        ref MarketEvent e = ref Observe(_soleSeat.Strategy, _time, ref _marks.At(first.Header.Instrument), ref first, ref end);
        int count = (int)(Unsafe.ByteOffset(ref first, ref e) / MarketEvent.Size);
        if (count == 0) ThrowOutOfOrder(e.Header.ReceivedTime);
        _counters.Events += count;
        _venue.OnQuietQuotes(in Unsafe.Subtract(ref e, 1), count);
        if (_soleSeat.Desk.Count != 0) Route(_soleSeat.Desk);
        return ref e;
    }

    /// <summary>
    /// The loop of a quiet run, apart so that all that it touches fits into registers. Answers the first event that is not part of the run.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ref MarketEvent Observe(Strategy strategy, SessionTime time, ref Mark mark, ref MarketEvent e, ref MarketEvent end)
    {
        do
        {
            Timestamp due = e.Header.ReceivedTime;
            if (!time.TryMoveTo(due)) break;
            mark.Take(in e.Quote, due);
            strategy.OnQuote(in e.Quote);
            e = ref Unsafe.Add(ref e, 1);
        }
        while (Unsafe.IsAddressLessThan(ref e, ref end) && e.Header.IsQuoteForBoth);

        return ref e;
    }

    /// <summary>
    /// The same for many instruments that have one strategy each: the venue is shown every quote, because the last one of each instrument is not
    /// known before the run ends. Answers the first event that is not part of the run, which may be the first of all.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private ref MarketEvent ProcessQuietOfMany(ref MarketEvent first, ref MarketEvent end)
    {
        Subscribers.Seat[] seats = _onQuote.Alone;
        ref MarketEvent e = ref ObserveMany(_venue, seats, _time, ref _marks.At(new(0)), ref first, ref end);
        int count = (int)(Unsafe.ByteOffset(ref first, ref e) / MarketEvent.Size);
        if (count == 0) return ref e;
        _counters.Events += count;
        _venue.OnQuietQuotes(in Unsafe.Subtract(ref e, 1), count);
        ref readonly Subscribers.Seat last = ref seats[Unsafe.Subtract(ref e, 1).Header.Instrument.Index];
        if (last.Desk.Count != 0) Route(last.Desk);
        return ref e;
    }

    /// <summary>Its loop, apart for the same reason as <see cref="Observe"/>.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ref MarketEvent ObserveMany(TVenue venue, Subscribers.Seat[] seats, SessionTime time, ref Mark marks, ref MarketEvent e, ref MarketEvent end)
    {
        do
        {
            Timestamp due = e.Header.ReceivedTime;
            int instrument = e.Header.Instrument.Index;
            Strategy strategy = seats[instrument].Strategy;
            if (strategy is null || !time.TryMoveTo(due) || !venue.TryQuietQuote(in e)) break;

            // An instrument that has a seat has a mark.
            Unsafe.Add(ref marks, instrument).Take(in e.Quote, due);
            strategy.OnQuote(in e.Quote);
            e = ref Unsafe.Add(ref e, 1);
        }
        while (Unsafe.IsAddressLessThan(ref e, ref end) && e.Header.IsQuoteForBoth);

        return ref e;
    }
}
