using MiniTrader.Model;

namespace MiniTrader.DataTools;

/// <summary>
/// Trade ticks: <c>ms, price, size[, exchange, condition, suspicious]</c>; crypto has <c>ms, price, size[, suspicious]</c>.
/// </summary>
public sealed class LeanTradeTicks(LeanRowsContext context) : LeanRows(context)
{
    private readonly SeriesBuffer _trades = new(context.Sink, context.Instrument, context.Account);

    public override RowOutcome Read(ReadOnlySpan<byte> line)
    {
        if (!Fields.TrySplit(line) || Fields.Count is not (3 or 4 or 6)) return RowOutcome.Refused("a trade tick has 3, 4 or 6 columns");
        if (ReadTime(Fields.Of(line, 0), _trades.Last, out Timestamp time) is { } reason) return RowOutcome.Refused(reason);
        if (!TryReadPrice(Fields.Of(line, 1), out Price price)) return RowOutcome.Refused("the price is not a number in range");
        if (IsImpossible(price)) return RowOutcome.Refused("the price is not above zero");
        if (!TryReadSize(Fields.Of(line, 2), out Quantity size)) return RowOutcome.Refused("the size is not a number of zero or more");
        if (_trades.IsBefore(time)) return RowOutcome.Refused("the time is before the row above");
        if (Fields.Count > 3 && Fields.Of(line, Fields.Count - 1).SequenceEqual("1"u8))
        {
            if (Context.Options.DropSuspicious) return RowOutcome.LeftOut("marked suspicious");
            Context.Account.Note("stored though marked suspicious");
        }

        if (size.IsZero) Context.Account.Note("trades of size zero");
        if (!price.IsMultipleOf(Context.Instrument.TickSize)) Context.Account.Note("trades off the tick");
        ref TradeTick trade = ref _trades.Next(Partition, EventKind.Trade, time, time).Trade;
        trade.Price = price;
        trade.Size = size;
        return RowOutcome.Stored;
    }

    public override void Flush() => _trades.Flush();
}
