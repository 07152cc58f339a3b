using MiniTrader.Model;

namespace MiniTrader.DataTools;

/// <summary>Reads the cells of rows by a layout. One thread.</summary>
internal sealed class FeedCsvReader(FeedCsvLayout layout, FileAccount account)
{
    /// <summary>Counts from here on are microseconds, below it milliseconds: the year 5138 in the latter.</summary>
    private const long FirstMicrosecond = 100_000_000_000_000;

    /// <summary>The year 2200.</summary>
    private const long MaxTime = 7_258_118_400L * Timestamp.NanosecondsPerSecond;

    private readonly RowFields _fields = new();
    private readonly List<(OrderSide Side, long Price, long Size)> _levels = [];

    /// <summary>Splits a row; null, or what is wrong.</summary>
    public string? Split(ReadOnlySpan<byte> line)
    {
        if (!_fields.TrySplit(line)) return "a quote is not closed, or there are too many columns";
        return _fields.Count < layout.Columns ? $"it has {_fields.Count} columns where {layout.Columns} are needed" : null;
    }

    /// <summary>A cell of the row that was split; empty where the layout has no such column.</summary>
    public ReadOnlySpan<byte> Cell(ReadOnlySpan<byte> line, int place) => place < 0 ? default : _fields.Of(line, place);

    /// <summary>Reads the row that was split; null, or what is wrong.</summary>
    public string? Read(ReadOnlySpan<byte> line, out FeedCsvRow row)
    {
        row = default;
        row.Levels = _levels;
        if (!TryReadTime(Cell(line, layout.Time), out row.Time)) return "the time is not a count of milliseconds or microseconds";
        row.Received = row.Time;
        if (layout.Received >= 0 && !TryReadTime(Cell(line, layout.Received), out row.Received)) return "the received time is not a count of milliseconds or microseconds";
        return layout.Kind switch
        {
            FeedCsvKind.Quotes => ReadQuote(line, ref row),
            FeedCsvKind.TardisDepth => ReadDepth(line),
            FeedCsvKind.Trades => ReadTrade(line, ref row),
            _ => ReadLevel(line, ref row),
        };
    }

    private string? ReadQuote(ReadOnlySpan<byte> line, ref FeedCsvRow row)
    {
        row.HasBid = !Cell(line, layout.Bid).IsEmpty;
        row.HasAsk = !Cell(line, layout.Ask).IsEmpty;
        return (row.HasBid ? Number(line, layout.Bid, "bid", out row.Bid) ?? Number(line, layout.BidSize, "bid's size", out row.BidSize) : null)
            ?? (row.HasAsk ? Number(line, layout.Ask, "ask", out row.Ask) ?? Number(line, layout.AskSize, "ask's size", out row.AskSize) : null)
            ?? ReadId(line, ref row);
    }

    private string? ReadTrade(ReadOnlySpan<byte> line, ref FeedCsvRow row)
    {
        if (layout.IsBuyerMaker >= 0)
        {
            if (ReadFlag(Cell(line, layout.IsBuyerMaker)) is not { } isBuyerMaker) return "is_buyer_maker is neither true nor false";
            row.Aggressor = isBuyerMaker ? AggressorSide.Seller : AggressorSide.Buyer;
        }
        else if (!SideText.TryParse(Cell(line, layout.Side), out row.Aggressor)) return "the side is neither buy, sell nor unknown";

        return Number(line, layout.Price, "price", out row.Price) ?? Number(line, layout.Size, "size", out row.Size) ?? ReadId(line, ref row);
    }

    private string? ReadLevel(ReadOnlySpan<byte> line, ref FeedCsvRow row)
    {
        ReadOnlySpan<byte> side = Cell(line, layout.Side);
        row.BookSide = side.SequenceEqual("bid"u8) || side.SequenceEqual("b"u8) ? OrderSide.Buy : side.SequenceEqual("ask"u8) || side.SequenceEqual("a"u8) ? OrderSide.Sell : OrderSide.None;
        ReadOnlySpan<byte> snapshot = Cell(line, layout.Snapshot);
        bool? isSnapshot = layout.Kind == FeedCsvKind.TardisChanges ? ReadFlag(snapshot) : snapshot.SequenceEqual("snap"u8) ? true : snapshot.IsEmpty ? null : false;
        if (isSnapshot is null) return "it does not say whether it is part of a snapshot";
        row.IsSnapshot = isSnapshot.Value;
        if (layout.Kind == FeedCsvKind.BinanceDepth)
        {
            if (!NumberText.TryParseWhole(Cell(line, layout.FirstId), out row.FirstId) || !NumberText.TryParseWhole(Cell(line, layout.Id), out row.Id)) return "its update ids are not whole numbers";
            if (!Cell(line, layout.PreviousId).IsEmpty)
            {
                if (!NumberText.TryParseWhole(Cell(line, layout.PreviousId), out long previous)) return "its pu is not a whole number";
                row.PreviousId = previous;
            }
        }

        return Number(line, layout.Price, "price", out row.Price) ?? Number(line, layout.Size, "size", out row.Size);
    }

    private string? ReadDepth(ReadOnlySpan<byte> line)
    {
        _levels.Clear();
        foreach ((int bidPrice, int bidSize, int askPrice, int askSize) in layout.Levels)
        {
            if (ReadLevelOf(line, OrderSide.Buy, bidPrice, bidSize) is { } wrong) return wrong;
            if (ReadLevelOf(line, OrderSide.Sell, askPrice, askSize) is { } bad) return bad;
        }

        return null;
    }

    /// <summary>An empty price is a level that the book does not have.</summary>
    private string? ReadLevelOf(ReadOnlySpan<byte> line, OrderSide side, int pricePlace, int sizePlace)
    {
        if (Cell(line, pricePlace).IsEmpty) return null;
        if (Number(line, pricePlace, "level's price", out long price) is { } wrongPrice) return wrongPrice;
        if (Number(line, sizePlace, "level's size", out long size) is { } wrongSize) return wrongSize;
        _levels.Add((side, price, size));
        return null;
    }

    /// <summary>Ids that are not numbers, such as UUIDs, are not kept; that is no fault of the row.</summary>
    private string? ReadId(ReadOnlySpan<byte> line, ref FeedCsvRow row)
    {
        if (layout.Id >= 0 && !NumberText.TryParseWhole(Cell(line, layout.Id), out row.Id)) account.Note("ids that are not whole numbers, not kept");
        return null;
    }

    private string? Number(ReadOnlySpan<byte> line, int place, string what, out long raw)
    {
        switch (NumberText.TryParse(Cell(line, place), out raw))
        {
            case FixedPointStatus.Ok: return null;
            case FixedPointStatus.TooPrecise: account.Note($"{what} rounded to 9 decimals"); return null;
            case FixedPointStatus.TooLarge: return $"the {what} is beyond 9.2 billion";
            default: return $"the {what} is not a number";
        }
    }

    private bool TryReadTime(ReadOnlySpan<byte> text, out Timestamp time)
    {
        time = default;
        if (!NumberText.TryParseWhole(text, out long count) || count <= 0) return false;
        long unit = layout.TimeUnit > 0 ? layout.TimeUnit : count < FirstMicrosecond ? Timestamp.NanosecondsPerMillisecond : Timestamp.NanosecondsPerMicrosecond;
        if (count > MaxTime / unit) return false;
        time = new(count * unit);
        return true;
    }

    private static bool? ReadFlag(ReadOnlySpan<byte> text) =>
        System.Text.Ascii.EqualsIgnoreCase(text, "true"u8) ? true : System.Text.Ascii.EqualsIgnoreCase(text, "false"u8) ? false : null;
}
