using System.Runtime.InteropServices;
using MiniTrader.Model;

namespace MiniTrader.DataTools;

/// <summary>The rows of one instrument of a Tardis.dev or Binance file, in the order of the file. One thread.</summary>
internal sealed class FeedCsvSeries(IEventSink sink, Instrument instrument, FileAccount account, FeedCsvOptions options)
{
    private readonly SeriesBuffer _quotes = new(sink, instrument, account);
    private readonly SeriesBuffer _trades = new(sink, instrument, account);
    private readonly LevelWriter _book = new(sink, instrument, account);
    private readonly DepthChain _chain = new();
    private readonly bool _mayBeNegative = instrument.MayBeNegative;
    private readonly List<(OrderSide Side, long Price, long Size)> _levels = [];
    private (Timestamp Received, long Id, bool IsSnapshot) _packet;
    private bool _isOpen;
    private bool _hasBook;
    private ChainStep _step;

    public Instrument Instrument { get; } = instrument;

    public FileAccount Account
    {
        get => _quotes.Account;
        set => _quotes.Account = _trades.Account = _book.Deltas.Buffer.Account = value;
    }

    public RowOutcome Store(in FeedCsvRow row, FeedCsvKind kind)
    {
        if (row.Received >= row.Time) return StoreInOrder(row, kind);
        Account.Note("rows that happened after they were received: their venue time is the received time");
        FeedCsvRow earlier = row;
        earlier.Time = row.Received;
        return StoreInOrder(earlier, kind);
    }

    public void Flush()
    {
        EndPacket();
        _quotes.Flush();
        _trades.Flush();
        _book.Flush();
    }

    private RowOutcome StoreInOrder(in FeedCsvRow row, FeedCsvKind kind) => kind switch
    {
        FeedCsvKind.Quotes => StoreQuote(row),
        FeedCsvKind.Trades => StoreTrade(row),
        FeedCsvKind.TardisDepth => StoreDepth(row),
        FeedCsvKind.TardisChanges => StoreChange(row),
        _ => StoreUpdate(row),
    };

    private RowOutcome StoreQuote(in FeedCsvRow row)
    {
        if (_quotes.IsBefore(row.Received)) return GoesBack();
        if (!row.HasBid && !row.HasAsk) return RowOutcome.Refused("neither side is quoted");
        if (QuoteCheck.Wrong(row.HasBid, new(row.Bid), new(row.BidSize), row.HasAsk, new(row.Ask), new(row.AskSize), _mayBeNegative) is { } wrong) return RowOutcome.Refused(wrong);
        ref QuoteTick quote = ref _quotes.Next(row.Received.Date, EventKind.Quote, row.Time, row.Received).Quote;
        (quote.Bid, quote.BidSize) = (new(row.HasBid ? row.Bid : 0), new(row.HasBid ? row.BidSize : 0));
        (quote.Ask, quote.AskSize) = (new(row.HasAsk ? row.Ask : 0), new(row.HasAsk ? row.AskSize : 0));
        quote.Sequence = row.Id;
        QuoteCheck.Note(Account, quote);
        return RowOutcome.Stored;
    }

    private RowOutcome StoreTrade(in FeedCsvRow row)
    {
        if (_trades.IsBefore(row.Received)) return GoesBack();
        if (row.Price <= 0 || row.Size <= 0) return RowOutcome.Refused("a trade's price and size must be above zero");
        ref TradeTick trade = ref _trades.Next(row.Received.Date, EventKind.Trade, row.Time, row.Received).Trade;
        (trade.Price, trade.Size, trade.TradeId, trade.Aggressor) = (new(row.Price), new(row.Size), row.Id, row.Aggressor);
        return RowOutcome.Stored;
    }

    private RowOutcome StoreDepth(in FeedCsvRow row)
    {
        if (_book.Deltas.IsBefore(row.Received)) return GoesBack();
        _levels.Clear();
        foreach ((OrderSide side, long price, long size) in row.Levels)
        {
            if (size < 0 || price <= 0) return RowOutcome.Refused("a level's price must be above zero and its size not below");
            if (size > 0) _levels.Add((side, price, size));
        }

        _book.Begin(row.Time, row.Received, 0, !_hasBook);
        if (!_hasBook) _book.Clear();
        _hasBook = true;
        _book.Replace(CollectionsMarshal.AsSpan(_levels));
        _book.End();
        return _book.Written > 0 ? RowOutcome.Stored : RowOutcome.LeftOut("nothing of the levels changed");
    }

    /// <summary>Rows received at one instant are one message. A snapshot begins where is_snapshot becomes true.</summary>
    private RowOutcome StoreChange(in FeedCsvRow row)
    {
        if (_book.Deltas.IsBefore(row.Received)) return GoesBack();
        if (Wrong(row) is { } wrong) return RowOutcome.Refused(wrong);
        bool isNew = !_isOpen || _packet != (row.Received, 0, row.IsSnapshot);
        bool begins = row.IsSnapshot && (!_hasBook || !_packet.IsSnapshot);
        if (isNew) Begin(row, 0);
        if (begins) _book.Clear();
        if (row.IsSnapshot) _hasBook = true;
        if (!_hasBook && !BeginEmpty()) return RowOutcome.LeftOut("change before a snapshot (--depth-without-snapshot begins with an empty book)");
        return Set(row);
    }

    /// <summary>Rows of one last_update_id are one message; its numbers must follow those of the message before.</summary>
    private RowOutcome StoreUpdate(in FeedCsvRow row)
    {
        if (_book.Deltas.IsBefore(row.Received)) return GoesBack();
        if (Wrong(row) is { } wrong) return RowOutcome.Refused(wrong);
        bool isNew = !_isOpen || _packet != (row.Received, row.Id, row.IsSnapshot);
        if (isNew)
        {
            Begin(row, row.Id);
            if (row.IsSnapshot)
            {
                _book.Clear();
                _chain.Start(row.Id);
            }
            else _step = StepOf(row);
        }

        if (row.IsSnapshot) return Set(row);
        return _step switch
        {
            ChainStep.Next => Set(row),
            ChainStep.Old => RowOutcome.LeftOut("depth update that the snapshot holds already"),
            _ => RowOutcome.LeftOut("depth update without a snapshot (--depth-without-snapshot begins with an empty book)"),
        };
    }

    private ChainStep StepOf(in FeedCsvRow row)
    {
        bool wasFollowing = _chain.IsFollowing;
        ChainStep step = wasFollowing ? _chain.Next(row.FirstId, row.Id, row.PreviousId) : ChainStep.Gap;
        if (step != ChainStep.Gap) return step;
        if (wasFollowing) Account.Note("holes in the numbers of depth updates; the book is cleared there");
        if (wasFollowing || options.DepthWithoutSnapshot) _book.Clear();
        if (!options.DepthWithoutSnapshot) return step;
        Account.Note("books begun empty, without a snapshot");
        _chain.StartAt(row.Id);
        return ChainStep.Next;
    }

    private void Begin(in FeedCsvRow row, long id)
    {
        EndPacket();
        _packet = (row.Received, id, row.IsSnapshot);
        _isOpen = true;
        _book.Begin(row.Time, row.Received, id, row.IsSnapshot);
    }

    private void EndPacket()
    {
        if (_isOpen) _book.End();
        _isOpen = false;
    }

    private bool BeginEmpty()
    {
        if (!options.DepthWithoutSnapshot) return false;
        Account.Note("books begun empty, without a snapshot");
        _book.Clear();
        return _hasBook = true;
    }

    private RowOutcome Set(in FeedCsvRow row)
    {
        if (!_book.Set(row.BookSide, row.Price, row.Size)) Account.Note("levels taken away that the book did not show");
        return RowOutcome.Stored;
    }

    private static string? Wrong(in FeedCsvRow row)
    {
        if (row.BookSide == OrderSide.None) return "the side is neither bid nor ask";
        return row.Price <= 0 ? "the price is not above zero" : row.Size < 0 ? "the size is below zero" : null;
    }

    private static RowOutcome GoesBack() => RowOutcome.Refused("its time is before the row above");
}
