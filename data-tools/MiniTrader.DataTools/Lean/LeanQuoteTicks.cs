using MiniTrader.Model;

namespace MiniTrader.DataTools;

/// <summary>
/// Quote ticks: <c>ms, bid, bid size, ask, ask size[, exchange[, condition], suspicious]</c>; FX has <c>ms, bid, ask</c> and
/// gets the size that the options say.
/// <para>
/// A side of 0,0 (or empty) is not quoted in its row: the row changes the other side of the running quote only. Each row makes
/// one quote, which is the running quote after it; before a side's first row its size is zero.
/// </para>
/// </summary>
public sealed class LeanQuoteTicks(LeanRowsContext context) : LeanRows(context)
{
    private readonly SeriesBuffer _quotes = new(context.Sink, context.Instrument, context.Account);
    private Price _bid, _ask;
    private Quantity _bidSize, _askSize;

    public override RowOutcome Read(ReadOnlySpan<byte> line)
    {
        if (!Fields.TrySplit(line) || Fields.Count is not (3 or >= 5 and <= 8)) return RowOutcome.Refused("a quote tick has 3 or 5 to 8 columns");
        if (ReadTime(Fields.Of(line, 0), _quotes.Last, out Timestamp time) is { } reason) return RowOutcome.Refused(reason);
        bool hasSizes = Fields.Count > 3;
        if (!TryReadSide(line, 1, hasSizes ? 2 : -1, out bool hasBid, out Price bid, out Quantity bidSize)) return RowOutcome.Refused("the bid is not a price and a size in range");
        if (!TryReadSide(line, hasSizes ? 3 : 2, hasSizes ? 4 : -1, out bool hasAsk, out Price ask, out Quantity askSize)) return RowOutcome.Refused("the ask is not a price and a size in range");
        if (QuoteCheck.Wrong(hasBid, bid, bidSize, hasAsk, ask, askSize, MayBeNegative) is { } wrong) return RowOutcome.Refused(wrong);
        if (_quotes.IsBefore(time)) return RowOutcome.Refused("the time is before the row above");
        if (!hasBid && !hasAsk) return RowOutcome.LeftOut("neither side is quoted");
        if (Fields.Count > 5 && Fields.Of(line, Fields.Count - 1).SequenceEqual("1"u8))
        {
            if (Context.Options.DropSuspicious) return RowOutcome.LeftOut("marked suspicious");
            Context.Account.Note("stored though marked suspicious");
        }

        if (hasBid) (_bid, _bidSize) = (bid, bidSize);
        if (hasAsk) (_ask, _askSize) = (ask, askSize);
        if (!hasBid || !hasAsk) Context.Account.Note("one-sided rows merged into the running quote");
        Store(time);
        return RowOutcome.Stored;
    }

    public override void Flush() => _quotes.Flush();

    private void Store(Timestamp time)
    {
        ref QuoteTick quote = ref _quotes.Next(Partition, EventKind.Quote, time, time).Quote;
        quote.Bid = _bid;
        quote.BidSize = _bidSize;
        quote.Ask = _ask;
        quote.AskSize = _askSize;
        QuoteCheck.Note(Context.Account, quote);
    }

    private bool TryReadSide(ReadOnlySpan<byte> line, int price, int size, out bool isQuoted, out Price value, out Quantity quantity)
    {
        isQuoted = false;
        value = default;
        quantity = Context.Options.SizeOfUnsized;
        ReadOnlySpan<byte> text = Fields.Of(line, price);
        if (text.IsEmpty) return true;
        if (!TryReadPrice(text, out value)) return false;
        if (size >= 0 && !TryReadSize(Fields.Of(line, size), out quantity)) return false;
        isQuoted = value.Raw != 0 || (size >= 0 && quantity.Raw != 0);
        return true;
    }
}
