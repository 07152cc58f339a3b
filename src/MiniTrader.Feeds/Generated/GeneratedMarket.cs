using MiniTrader.Model;

namespace MiniTrader.Feeds;

/// <summary>
/// A synthetic market: its instruments and its trading days. Immutable after construction, so any thread may open feeds on it;
/// each feed starts at the first event.
/// </summary>
public sealed class GeneratedMarket
{
    /// <summary>The venue of every generated instrument.</summary>
    public const string Venue = "XGEN";

    /// <summary>The open of every day after midnight UTC: 14:30, as New York opens in winter.</summary>
    public const long OpenNanoseconds = (14 * Timestamp.NanosecondsPerHour) + (30 * Timestamp.NanosecondsPerMinute);

    /// <summary>Minutes of a session: 6.5 hours.</summary>
    public const int SessionMinutes = 390;

    private readonly Timestamp[] _opens;

    public GeneratedMarket(GeneratedMarketOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Options = options.Validated();
        _opens = Weekdays(options.Start, options.EffectiveDays);
        TradingSessions sessions = new(_opens.Select(o => (o, o + (SessionMinutes * Timestamp.NanosecondsPerMinute))).ToArray());
        Instruments = new(Enumerable.Range(1, options.Instruments).Select(i => new Instrument
        {
            Symbol = $"GEN{i}",
            Venue = Venue,
            TickSize = new(GeneratedFeed.TickRaw),
            Sessions = sessions,
        }));
    }

    public GeneratedMarketOptions Options { get; }

    /// <summary><c>GEN1.XGEN</c>, <c>GEN2.XGEN</c> and so on: shares with a tick of 0.01 and a lot of 1.</summary>
    public InstrumentTable Instruments { get; }

    /// <summary>Trading days.</summary>
    public int Days => _opens.Length;

    /// <summary>Opening instant of a day, 0 to <see cref="Days"/> − 1.</summary>
    public Timestamp OpenOf(int day) => _opens[day];

    /// <summary>Events of a day; the days' counts differ by at most one and sum to the rows of the options.</summary>
    public long RowsOf(int day) => RowsBefore(day + 1) - RowsBefore(day);

    /// <summary>A new stream of all events, from the first.</summary>
    public GeneratedFeed OpenFeed() => new(this);

    private long RowsBefore(int day) => (long)((Int128)Options.Rows * day / Days);

    private static Timestamp[] Weekdays(DateOnly start, int count)
    {
        Timestamp[] opens = new Timestamp[count];
        DateOnly date = start;
        for (int i = 0; i < count; date = date.AddDays(1))
        {
            if (date.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday) continue;
            opens[i++] = Timestamp.FromDateTime(date.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc)) + OpenNanoseconds;
        }

        return opens;
    }
}
