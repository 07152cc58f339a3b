using System.Buffers.Binary;
using MiniTrader.Model;

namespace MiniTrader.DataTools;

/// <summary>An instrument as a definition record describes it. What the record leaves undefined is null.</summary>
internal sealed record DbnDefinition
{
    private const long NanosecondsMax = 9_000_000_000L * Timestamp.NanosecondsPerSecond;

    public required string Symbol { get; init; }

    public required string Venue { get; init; }

    public required char Class { get; init; }

    public Currency? Currency { get; init; }

    public Price? Tick { get; init; }

    public Quantity? Lot { get; init; }

    public decimal? Multiplier { get; init; }

    public Timestamp? Expiry { get; init; }

    public Price? Strike { get; init; }

    public string? Underlying { get; init; }

    /// <summary>Reads a record of any version: its length says which.</summary>
    public static DbnDefinition Read(ReadOnlySpan<byte> record, string venue)
    {
        // Places of: amount of a tick, strike, smallest lot, currency, raw symbol and its bytes, underlying, class.
        (int amount, int strike, int lot, int currency, int symbol, int symbolBytes, int underlying, int kind) = record.Length switch
        {
            360 => (96, 328, 140, 186, 200, 22, 300, 325),
            400 => (96, 112, 148, 186, 200, 71, 349, 374),
            _ => (88, 104, 152, 224, 238, 71, 391, 487),
        };
        long tick = Long(record, 24);
        ulong expiration = BinaryPrimitives.ReadUInt64LittleEndian(record[40..]);
        int smallest = BinaryPrimitives.ReadInt32LittleEndian(record[lot..]);
        char instrumentClass = (char)record[kind];
        bool isOption = instrumentClass is 'C' or 'P';
        string under = DbnMetadata.Text(record.Slice(underlying, 21));
        return new()
        {
            Symbol = DbnMetadata.Text(record.Slice(symbol, symbolBytes)),
            Venue = venue,
            Class = instrumentClass,
            Currency = Model.Currency.TryParse(DbnMetadata.Text(record.Slice(currency, 4)), out Currency known) ? known : null,
            Tick = IsAbove(tick) ? new(tick) : null,
            Lot = smallest is > 0 and < DbnFormat.UndefinedInt ? Quantity.FromUnits(smallest) : null,
            Multiplier = MultiplierOf(tick, Long(record, amount), Long(record, record.Length == 520 ? 80 : 88)),
            Expiry = expiration is > 0 and < NanosecondsMax ? new Timestamp((long)expiration) : null,
            Strike = isOption && Long(record, strike) != DbnFormat.UndefinedPrice ? new Price(Long(record, strike)) : null,
            Underlying = under.Length > 0 ? under : null,
        };
    }

    public AssetClass AssetClass => Class switch
    {
        'F' or 'S' or 'M' => AssetClass.Future,
        'C' or 'P' or 'T' => AssetClass.Option,
        'X' => AssetClass.Forex,
        'B' => AssetClass.Bond,
        'K' => AssetClass.Equity,
        _ => DbnVenues.ClassOf(Venue),
    };

    /// <summary>
    /// What one point of price is worth: the amount of a tick over the tick where both are there (12.50 / 0.25 = 50 for ES), else
    /// the contract's size in its unit of measure.
    /// </summary>
    private static decimal? MultiplierOf(long tick, long amount, long size)
    {
        if (IsAbove(tick) && IsAbove(amount)) return FixedPoint.ToDecimal(amount) / FixedPoint.ToDecimal(tick);
        return IsAbove(size) ? FixedPoint.ToDecimal(size) : null;
    }

    private static bool IsAbove(long value) => value is > 0 and < DbnFormat.UndefinedPrice;

    private static long Long(ReadOnlySpan<byte> record, int at) => BinaryPrimitives.ReadInt64LittleEndian(record[at..]);
}
