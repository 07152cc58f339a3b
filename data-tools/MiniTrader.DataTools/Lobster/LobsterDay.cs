using MiniTrader.Model;

namespace MiniTrader.DataTools;

/// <summary>One pair of files on its way into book, trades and states. One thread.</summary>
internal sealed class LobsterDay(ImportRun run, FileAccount account, LobsterName name, Instrument instrument, ItchDay day)
{
    private const int RemarkedMismatches = 3;

    private readonly SeriesBuffer _deltas = new(run.Sink, instrument, account);
    private readonly SeriesBuffer _trades = new(run.Sink, instrument, account);
    private readonly SeriesBuffer _states = new(run.Sink, instrument, account, capacity: 64);
    private readonly LobsterBook _book = new();
    private readonly LobsterView _view = new(name.Levels);
    private Timestamp _time = Timestamp.MinValue;
    private long _remarked;

    public void Read(LineReader messages, LineReader orderbook)
    {
        while (messages.TryRead(out ReadOnlySpan<byte> line))
        {
            bool hasBook = orderbook.TryRead(out ReadOnlySpan<byte> levels);
            RowOutcome outcome = line.IsEmpty ? RowOutcome.LeftOut("blank line")
                : hasBook ? ReadRow(line, levels, messages.Line) : RowOutcome.Refused("the orderbook file has no row for it");
            account.Count(outcome, name.Path, messages.Line, line);
        }

        account.IsLastLineOpen |= messages.IsOpen;
        while (orderbook.TryRead(out ReadOnlySpan<byte> rest))
        {
            if (!rest.IsEmpty) account.Count(RowOutcome.Refused("a row of the orderbook without a message"), name.Partner, orderbook.Line, rest);
        }
    }

    public void Close()
    {
        _deltas.Flush();
        _trades.Flush();
        _states.Flush();
        account.Note("rows of the orderbook checked", _view.Rows);
        if (_view.CameIntoView > 0) account.Note("levels that came into view with what no message said", _view.CameIntoView);
        if (_view.Mismatches > 0) account.Note("levels that differ from the orderbook, corrected", _view.Mismatches);
    }

    private RowOutcome ReadRow(ReadOnlySpan<byte> line, ReadOnlySpan<byte> levels, long number)
    {
        if ((LobsterRow.Read(line, out LobsterRow row) ?? _view.Read(levels)) is { } fault) return RowOutcome.Refused(fault);
        if (!day.TryToUtc(row.Nanoseconds, _time, out Timestamp time)) return RowOutcome.Refused("its time is not on the zone's clock that day");
        if (time < _time) return RowOutcome.Refused("its time is before the row above");
        if (row.Type == LobsterType.Submission && _book.Holds(row.OrderId)) return RowOutcome.Refused("its order id is that of an order in the book");
        _time = time;
        _book.Begin();
        bool isFirst = _view.Rows == 0;
        string? leftOut = isFirst ? null : Apply(row);
        if (isFirst) _view.Snapshot(_book, row);
        else Check(number);
        if (_view.IsCrossed) account.Note("rows of the orderbook with the bid at or above the ask");
        bool isStored = EmitDeltas(isFirst ? EventFlags.Snapshot : EventFlags.None);
        isStored |= EmitTrade(row) | EmitState(row);
        return isStored ? RowOutcome.Stored : RowOutcome.LeftOut(leftOut ?? "rows that change nothing");
    }

    /// <summary>Brings a message into the book; null, or why nothing came of it.</summary>
    private string? Apply(in LobsterRow row)
    {
        switch (row.Type)
        {
            case LobsterType.Submission:
                _book.Add(row.Side, row.Price, row.OrderId, row.Size);
                return null;
            case LobsterType.Cancellation or LobsterType.Deletion or LobsterType.Execution:
                long missing = _book.Take(row.Side, row.Price, row.OrderId, row.Size, isTrade: row.Type == LobsterType.Execution);
                if (missing > 0) account.Note("messages about more than the book holds");
                return missing > 0 ? "changes of orders that are not in the book" : null;
            default: return null;
        }
    }

    private void Check(long number)
    {
        _view.Check(_book);
        if (_view.Mismatch is { } mismatch && _remarked++ < RemarkedMismatches) run.Remark($"{Path.GetFileName(name.Path)}, line {number}: {mismatch}");
    }

    private bool EmitDeltas(EventFlags flags)
    {
        ReadOnlySpan<BookDelta> deltas = _book.Deltas;
        for (int i = 0; i < deltas.Length; i++)
        {
            ref BookDelta delta = ref _deltas.Next(day.Date, EventKind.BookDelta, _time, _time).BookDelta;
            EventHeader header = delta.Header;
            delta = deltas[i];
            delta.Header = header;
            delta.Header.Flags |= flags | (i + 1 < deltas.Length ? EventFlags.Partial : EventFlags.None);
        }

        return deltas.Length > 0;
    }

    private bool EmitTrade(in LobsterRow row)
    {
        if (row.Type is not (LobsterType.Execution or LobsterType.HiddenExecution or LobsterType.CrossTrade)) return false;
        ref TradeTick trade = ref _trades.Next(day.Date, EventKind.Trade, _time, _time).Trade;
        trade.Price = ItchRules.PriceOf((uint)row.Price);
        trade.Size = new(row.Size * FixedPoint.One);
        trade.Aggressor = row.Type == LobsterType.CrossTrade ? AggressorSide.Unknown : ItchRules.TakerFrom(row.Side);
        trade.Condition = row.Type switch { LobsterType.HiddenExecution => TradeCondition.Hidden, LobsterType.CrossTrade => TradeCondition.OtherAuction, _ => TradeCondition.Regular };
        return true;
    }

    private bool EmitState(in LobsterRow row)
    {
        if (row.Type != LobsterType.Halt) return false;
        _states.Next(day.Date, EventKind.Status, _time, _time).Status.Status =
            row.Price switch { -1 => MarketStatus.Halted, 0 => MarketStatus.PreOpen, _ => MarketStatus.Open };
        return true;
    }
}
