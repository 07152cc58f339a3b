namespace MiniTrader.Model;

/// <summary>
/// Reference data of one tradable thing. Immutable; owned by the session's <see cref="InstrumentTable"/>, where its place is
/// its <see cref="InstrumentId"/>.
/// </summary>
public sealed record Instrument
{
    /// <summary>The symbol as its venue writes it, such as <c>SPY</c> or <c>GC-20131226</c>.</summary>
    public required string Symbol { get; init; }

    /// <summary>A market identifier code or another short name of the venue, such as <c>XNAS</c>.</summary>
    public required string Venue { get; init; }

    public AssetClass AssetClass { get; init; } = AssetClass.Equity;

    /// <summary>The currency in which price times quantity times multiplier is paid.</summary>
    public Currency Currency { get; init; } = Currency.Usd;

    /// <summary>Smallest price step; every limit and stop price is a multiple.</summary>
    public Price TickSize { get; init; } = new(10_000_000);

    /// <summary>Smallest quantity step; every order quantity is a multiple.</summary>
    public Quantity LotSize { get; init; } = new(FixedPoint.One);

    /// <summary>Units of the underlying in one contract; 1 for shares and coins.</summary>
    public decimal Multiplier { get; init; } = 1m;

    /// <summary>Last moment of trading, for futures and options.</summary>
    public Timestamp? Expiry { get; init; }

    public Price? Strike { get; init; }

    public OptionRight Right { get; init; }

    public string? Underlying { get; init; }

    /// <summary>When the venue trades this instrument; continuous when null.</summary>
    public TradingSessions? Sessions { get; init; }

    /// <summary>
    /// True where a price may be zero or below: futures and the spreads that trade as futures have traded there, as oil did, and indices and
    /// bonds may. Nothing else can; whoever meets such a price of it refuses it.
    /// </summary>
    public bool MayBeNegative => AssetClass is AssetClass.Future or AssetClass.Index or AssetClass.Bond;

    /// <summary>Margin-settled: a fill moves no principal, only fees and realised result.</summary>
    public bool IsMarginSettled => AssetClass is AssetClass.Future or AssetClass.PerpetualFuture;

    /// <summary>Symbol and venue, unique in a session: <c>SPY.XNAS</c>.</summary>
    public string Name => $"{Symbol}.{Venue}";

    /// <summary>Throws an <see cref="ArgumentException"/> that names the instrument and the wrong field.</summary>
    public Instrument Validated()
    {
        if (string.IsNullOrWhiteSpace(Symbol)) throw new ArgumentException("An instrument has no symbol.");
        if (string.IsNullOrWhiteSpace(Venue)) throw new ArgumentException($"Instrument {Symbol} has no venue.");
        if (TickSize.Raw <= 0) throw new ArgumentException($"Instrument {Name}: the tick size {TickSize} must be above zero.");
        if (LotSize.Raw <= 0) throw new ArgumentException($"Instrument {Name}: the lot size {LotSize} must be above zero.");
        if (Multiplier <= 0) throw new ArgumentException($"Instrument {Name}: the multiplier {Multiplier} must be above zero.");
        if (Currency.IsNone) throw new ArgumentException($"Instrument {Name} has no currency.");
        return this;
    }

    public override string ToString() => Name;
}
