namespace MiniTrader.DataTools;

/// <summary>Which columns of which source a file has.</summary>
internal enum FeedCsvKind : byte
{
    TardisChanges,
    TardisDepth,
    Quotes,
    Trades,
    BinanceDepth,
}

/// <summary>The columns of one file: places from 0, −1 where there is none. Times count <see cref="TimeUnit"/> nanoseconds.</summary>
internal sealed record FeedCsvLayout
{
    /// <summary>Binance's spot files have no header: id, price, quantity, quote quantity, time, buyer is maker, …</summary>
    private const int SpotTradeColumns = 7;

    /// <summary>Aggregate trades without a header: id, price, quantity, first id, last id, time, buyer is maker, best match.</summary>
    private const int SpotAggregateColumns = 8;

    private const int Microsecond = 1_000, Millisecond = 1_000_000;

    public required FeedCsvKind Kind { get; init; }

    public bool HasHeader { get; init; } = true;

    /// <summary>Nanoseconds of one count; 0 finds it in each value: Binance's spot files went from milliseconds to microseconds in 2025.</summary>
    public long TimeUnit { get; init; }

    public int Symbol { get; init; } = -1;

    public int Exchange { get; init; } = -1;

    public int Time { get; init; } = -1;

    public int Received { get; init; } = -1;

    public int Price { get; init; } = -1;

    public int Size { get; init; } = -1;

    public int Side { get; init; } = -1;

    public int Id { get; init; } = -1;

    public int Bid { get; init; } = -1;

    public int BidSize { get; init; } = -1;

    public int Ask { get; init; } = -1;

    public int AskSize { get; init; } = -1;

    public int IsBuyerMaker { get; init; } = -1;

    /// <summary>Tardis's is_snapshot, Binance's update_type.</summary>
    public int Snapshot { get; init; } = -1;

    public int FirstId { get; init; } = -1;

    public int PreviousId { get; init; } = -1;

    /// <summary>Levels of a depth snapshot: places of price and size of each side, best first.</summary>
    public IReadOnlyList<(int BidPrice, int BidSize, int AskPrice, int AskSize)> Levels { get; init; } = [];

    /// <summary>Columns that a row must have.</summary>
    public int Columns { get; init; }

    /// <summary>Recognises a file by its first row.</summary>
    /// <exception cref="ImportException">It is of none of the known shapes; the sentence lists the columns.</exception>
    public static FeedCsvLayout Of(IReadOnlyList<string> first, string name)
    {
        int Find(params string[] names)
        {
            foreach (string one in names)
            {
                for (int i = 0; i < first.Count; i++)
                {
                    if (string.Equals(first[i].Trim(), one, StringComparison.OrdinalIgnoreCase)) return i;
                }
            }

            return -1;
        }

        bool Has(params string[] names) => names.All(n => Find(n) >= 0);
        FeedCsvLayout tardis = new()
        {
            Kind = FeedCsvKind.Trades,
            TimeUnit = Microsecond,
            Exchange = Find("exchange"),
            Symbol = Find("symbol"),
            Time = Find("timestamp"),
            Received = Find("local_timestamp"),
            Columns = first.Count,
        };
        if (Has("exchange", "symbol", "timestamp", "local_timestamp"))
        {
            if (Has("is_snapshot", "side", "price", "amount"))
                return tardis with { Kind = FeedCsvKind.TardisChanges, Snapshot = Find("is_snapshot"), Side = Find("side"), Price = Find("price"), Size = Find("amount") };
            if (Has("asks[0].price", "bids[0].price")) return tardis with { Kind = FeedCsvKind.TardisDepth, Levels = LevelsOf(Find) };
            if (Has("ask_amount", "ask_price", "bid_price", "bid_amount"))
                return tardis with { Kind = FeedCsvKind.Quotes, Bid = Find("bid_price"), BidSize = Find("bid_amount"), Ask = Find("ask_price"), AskSize = Find("ask_amount") };
            if (Has("id", "side", "price", "amount"))
                return tardis with { Id = Find("id"), Side = Find("side"), Price = Find("price"), Size = Find("amount") };
        }

        if (Has("first_update_id", "last_update_id", "side", "update_type", "price", "qty"))
        {
            return new()
            {
                Kind = FeedCsvKind.BinanceDepth,
                Columns = first.Count,
                Symbol = Find("symbol"),
                Time = Find("timestamp"),
                Id = Find("last_update_id"),
                FirstId = Find("first_update_id"),
                PreviousId = Find("pu"),
                Side = Find("side"),
                Snapshot = Find("update_type"),
                Price = Find("price"),
                Size = Find("qty"),
            };
        }

        if (Has("best_bid_price", "best_bid_qty", "best_ask_price", "best_ask_qty") && Find("transaction_time", "event_time") >= 0)
        {
            return new()
            {
                Kind = FeedCsvKind.Quotes,
                Columns = first.Count,
                Time = Find("transaction_time", "event_time"),
                Received = Find("event_time"),
                Id = Find("update_id"),
                Bid = Find("best_bid_price"),
                BidSize = Find("best_bid_qty"),
                Ask = Find("best_ask_price"),
                AskSize = Find("best_ask_qty"),
            };
        }

        if (Find("qty", "quantity") >= 0 && Has("price", "is_buyer_maker") && Find("time", "transact_time") >= 0)
        {
            return new()
            {
                Kind = FeedCsvKind.Trades,
                Columns = first.Count,
                Time = Find("time", "transact_time"),
                Price = Find("price"),
                Size = Find("qty", "quantity"),
                Id = Find("id", "agg_trade_id"),
                IsBuyerMaker = Find("is_buyer_maker"),
            };
        }

        bool isNumbers = first.Count is SpotTradeColumns or SpotAggregateColumns && first.Take(first.Count - 2).All(c => decimal.TryParse(c, System.Globalization.CultureInfo.InvariantCulture, out _));
        if (isNumbers)
        {
            int time = first.Count == SpotTradeColumns ? 4 : 5;
            return new() { Kind = FeedCsvKind.Trades, HasHeader = false, Columns = first.Count, Id = 0, Price = 1, Size = 2, Time = time, IsBuyerMaker = time + 1 };
        }

        string why = Has("percentage", "depth") ? " Binance's bookDepth holds sums within some percent of the price, which are no levels of a book." : "";
        throw new ImportException(
            $"{name}: its columns are none that are known ({string.Join(", ", first.Take(12))}).{why} Known are Tardis.dev's incremental_book_L2, book_snapshot_N, quotes and trades,"
            + " and Binance's bookTicker, trades, aggTrades and T_DEPTH.");
    }

    private static List<(int, int, int, int)> LevelsOf(Func<string[], int> find)
    {
        List<(int, int, int, int)> levels = [];
        for (int i = 0; find([$"asks[{i}].price"]) >= 0 || find([$"bids[{i}].price"]) >= 0; i++)
            levels.Add((find([$"bids[{i}].price"]), find([$"bids[{i}].amount"]), find([$"asks[{i}].price"]), find([$"asks[{i}].amount"])));
        return levels;
    }
}
