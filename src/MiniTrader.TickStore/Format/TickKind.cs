using MiniTrader.Model;

namespace MiniTrader.TickStore;

/// <summary>
/// What a series of tick files holds: the kind of its events and, for bars, their interval. Its text is the <c>kind=</c> folder
/// of a catalog: <c>quotes</c>, <c>trades</c>, <c>bars-1m</c>, <c>bars-1d-bid</c>, <c>book</c>, <c>status</c>, <c>actions</c>, <c>signals</c>.
/// </summary>
public readonly record struct TickKind : IComparable<TickKind>
{
    private TickKind(EventKind eventKind, BarInterval interval)
    {
        Event = eventKind;
        Interval = interval;
    }

    public static TickKind Quotes => new(EventKind.Quote, default);

    public static TickKind Trades => new(EventKind.Trade, default);

    public static TickKind Book => new(EventKind.BookDelta, default);

    public static TickKind Status => new(EventKind.Status, default);

    /// <summary>Dividends, splits, funding, settlements.</summary>
    public static TickKind Actions => new(EventKind.CorporateAction, default);

    public static TickKind Signals => new(EventKind.Signal, default);

    public static TickKind Bars(BarInterval interval) => new(EventKind.Bar, interval);

    public EventKind Event { get; }

    /// <summary>The interval of bars; default for every other kind.</summary>
    public BarInterval Interval { get; }

    /// <summary>Bars of an hour and more, and corporate actions, are so few that a year of them shares one file.</summary>
    public bool IsCoarse => Event == EventKind.CorporateAction || (Event == EventKind.Bar && Interval.Nanoseconds >= Timestamp.NanosecondsPerHour);

    /// <summary>The kind of file an event belongs to.</summary>
    /// <exception cref="TickDataException">No tick file holds events of this kind.</exception>
    public static TickKind Of(in MarketEvent marketEvent) => marketEvent.Header.Kind switch
    {
        EventKind.Quote => Quotes,
        EventKind.Trade => Trades,
        EventKind.Bar => Bars(marketEvent.Bar.Interval),
        EventKind.BookDelta => Book,
        EventKind.Status => Status,
        EventKind.CorporateAction => Actions,
        EventKind.Signal => Signals,
        EventKind kind => throw new TickDataException($"Events of kind {kind} are not stored in tick files."),
    };

    /// <summary>Reads what <see cref="ToString"/> writes.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out TickKind kind)
    {
        kind = text switch
        {
            "quotes" => Quotes,
            "trades" => Trades,
            "book" => Book,
            "status" => Status,
            "actions" => Actions,
            "signals" => Signals,
            _ => default,
        };
        if (kind.Event != EventKind.None) return true;
        if (!text.StartsWith("bars-", StringComparison.Ordinal)) return false;

        text = text["bars-".Length..];
        int dash = text.IndexOf('-');
        BarSource? source = dash < 0 ? BarSource.Trade : text[(dash + 1)..] switch
        {
            "bid" => BarSource.Bid,
            "ask" => BarSource.Ask,
            "mid" => BarSource.Mid,
            _ => null,
        };
        if (source is null || !BarInterval.TryParse(dash < 0 ? text : text[..dash], out BarInterval interval)) return false;
        kind = Bars(interval.WithSource(source.Value));
        return true;
    }

    /// <summary>Quotes before trades before bars: the last key of the merge where all else is equal.</summary>
    public int CompareTo(TickKind other)
    {
        int order = Event.CompareTo(other.Event);
        return order != 0 ? order : Interval.Packed.CompareTo(other.Interval.Packed);
    }

    public static bool operator <(TickKind a, TickKind b) => a.CompareTo(b) < 0;

    public static bool operator >(TickKind a, TickKind b) => a.CompareTo(b) > 0;

    public static bool operator <=(TickKind a, TickKind b) => a.CompareTo(b) <= 0;

    public static bool operator >=(TickKind a, TickKind b) => a.CompareTo(b) >= 0;

    public override string ToString() => Event switch
    {
        EventKind.Quote => "quotes",
        EventKind.Trade => "trades",
        EventKind.Bar => $"bars-{Interval}",
        EventKind.BookDelta => "book",
        EventKind.Status => "status",
        EventKind.CorporateAction => "actions",
        EventKind.Signal => "signals",
        _ => "none",
    };
}
