using System.Runtime.CompilerServices;
using MiniTrader.Model;
using MiniTrader.Portfolio;

namespace MiniTrader.Engine;

/// <content>What time, corporate actions and the margin rule do to positions, and the orders that follow from it.</content>
public sealed partial class TradingEngine<TVenue, TRecorder>
{
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Book(in CorporateAction action)
    {
        _carry.OnAction(in action, _time.Now);
        TellEntries();
    }

    /// <summary>Passes on what the carry desk booked, and orders what a rolled future asks for.</summary>
    private void TellEntries()
    {
        foreach (ref readonly LedgerEntry entry in _carry.Entries)
        {
            Tell(in entry);
            if (entry.Kind != LedgerEntryKind.Roll) continue;
            OrderCommand order = default;
            order.Kind = CommandKind.New;
            order.Instrument = entry.Instrument;
            order.Strategy = entry.Strategy;
            order.Side = entry.Side;
            order.Quantity = entry.Traded;
            SendOwn(ref order, isForced: false);
        }

        if (_margin is not null && _carry.Entries.Length > 0) FollowMargin(_time.Now);
    }

    private void Tell(in LedgerEntry entry)
    {
        _counters.Entries++;
        _hash.Add(in entry);
        _recorder.OnEntry(in entry, _counters.Events);
    }

    /// <summary>Below the maintenance margin everything is cancelled and positions are reduced at the market, past the risk gate.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void FollowMargin(Timestamp time)
    {
        if (_isFinishing || IsLiquidating() || !_margin!.IsCalled(out decimal missing)) return;
        _counters.MarginCalls++;
        LedgerEntry call = default;
        call.Time = time;
        call.Instrument = InstrumentId.None;
        call.Kind = LedgerEntryKind.MarginCall;
        call.Amount = missing;
        Tell(in call);
        CancelEverything(CommandCause.MarginCall, time);
        _liquidating = _margin.Plan(_liquidation);
        for (int i = 0; i < _liquidating; i++) SendOwn(ref _liquidation[i], isForced: true);
    }

    private bool IsLiquidating()
    {
        for (int i = 0; i < _liquidating; i++)
        {
            if (_ledger.Orders.TryFind(_liquidation[i].ClientOrderId, out int slot) && _ledger.Orders[slot].IsWorking) return true;
        }

        return false;
    }

    /// <summary>Sends a market order that no strategy wrote.</summary>
    private void SendOwn(ref OrderCommand order, bool isForced)
    {
        if (_isFinishing || !_ledger.Orders.TryReserve(out order.ClientOrderId)) return;
        order.SentTime = _time.Now;
        ref readonly Mark mark = ref _marks[order.Instrument];
        order.DecisionPrice = mark.IsKnown ? mark.Value : Price.Zero;
        Send(in order, isForced);
    }
}
