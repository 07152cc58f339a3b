using MiniTrader.Model;

namespace MiniTrader.TickStore;

/// <summary>The columns of each kind of file, in file order.</summary>
internal static class ColumnLayout
{
    public const int VenueTimeOffset = 0;
    public const int ReceivedTimeOffset = 8;
    public const int FlagsOffset = 21;

    /// <summary>The flags of an event that a file keeps; the others say who sees it, which is the feed's business.</summary>
    public const EventFlags StoredFlags = EventFlags.Snapshot | EventFlags.Partial;

    private static readonly ColumnSpec[] _quotes = WithTimes(
        Price("bid", 24), Price("ask", 32), Size("bid_size", 40), Size("ask_size", 48), Sequence());

    private static readonly ColumnSpec[] _trades = WithTimes(
        Price("price", 24), Size("size", 32), new("aggressor", ColumnType.Int8, 48),
        new("trade_id", ColumnType.Int64, 40, Optional: TickColumns.TradeId), Sequence(),
        new("condition", ColumnType.Int8, 49, Optional: TickColumns.Condition));

    private static readonly ColumnSpec[] _bars = WithTimes(
        Price("open", 24), Price("high", 32), Price("low", 40), Price("close", 48), Size("volume", 56));

    private static readonly ColumnSpec[] _book = WithTimes(
        Price("price", 24), Size("size", 32), new("order_id", ColumnType.Int64, 40), new("action", ColumnType.Int8, 48),
        new("side", ColumnType.Int8, 49), new("flags", ColumnType.Int8, FlagsOffset, Optional: TickColumns.Flags), Sequence());

    private static readonly ColumnSpec[] _status = WithTimes(new ColumnSpec("status", ColumnType.Int8, 24));

    private static readonly ColumnSpec[] _actions = WithTimes(
        Price("amount", 24), Price("price", 32), new("new_units", ColumnType.Int64, 40), new("old_units", ColumnType.Int64, 48),
        new("action", ColumnType.Int8, 56));

    private static readonly ColumnSpec[] _signals = WithTimes(
        new ColumnSpec("value", ColumnType.Float64, 24), new ColumnSpec("channel", ColumnType.Int64, 32));

    public static ReadOnlySpan<ColumnSpec> Of(TickKind kind) => kind.Event switch
    {
        EventKind.Quote => _quotes,
        EventKind.Trade => _trades,
        EventKind.Bar => _bars,
        EventKind.BookDelta => _book,
        EventKind.Status => _status,
        EventKind.CorporateAction => _actions,
        EventKind.Signal => _signals,
        _ => throw new TickDataException($"No tick file holds events of kind {kind}."),
    };

    /// <summary>The optional columns that files of a kind can have.</summary>
    public static TickColumns OptionalOf(TickKind kind)
    {
        TickColumns columns = TickColumns.None;
        foreach (ColumnSpec spec in Of(kind)) columns |= spec.Optional;
        return columns;
    }

    private static ColumnSpec[] WithTimes(params ReadOnlySpan<ColumnSpec> payload) =>
    [
        new("venue_time", ColumnType.Time, VenueTimeOffset),
        new("received_time", ColumnType.Time, ReceivedTimeOffset, Optional: TickColumns.ReceivedTime),
        .. payload,
    ];

    private static ColumnSpec Price(string name, int offset) => new(name, ColumnType.Int64, offset, ColumnScale.Price);

    private static ColumnSpec Size(string name, int offset) => new(name, ColumnType.Int64, offset, ColumnScale.Size);

    private static ColumnSpec Sequence() => new("sequence", ColumnType.Int64, 56, Optional: TickColumns.Sequence);
}
