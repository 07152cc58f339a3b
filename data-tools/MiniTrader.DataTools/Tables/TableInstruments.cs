using MiniTrader.Model;

namespace MiniTrader.DataTools;

/// <summary>The instruments of a table: one symbol for all rows, or one for each symbol that its rows name.</summary>
public sealed class TableInstruments(TableOptions options, ImportRun run)
{
    private readonly Dictionary<string, Instrument> _known = new(StringComparer.Ordinal);

    /// <param name="symbol">The symbol.</param>
    /// <param name="priceDecimals">Decimals of the finest price seen, for the tick size.</param>
    /// <param name="sizeDecimals">Decimals of the finest size seen, for the lot size.</param>
    public Instrument Find(string symbol, int priceDecimals, int sizeDecimals)
    {
        if (_known.TryGetValue(symbol, out Instrument? known)) return known;
        Instrument made = new Instrument
        {
            Symbol = symbol,
            Venue = options.Venue,
            AssetClass = options.AssetClass,
            Currency = options.Currency ?? Currency.Usd,
            TickSize = options.TickSize ?? new(StepOf(priceDecimals)),
            LotSize = options.LotSize ?? new(StepOf(sizeDecimals)),
            Multiplier = options.Multiplier,
        }.Validated();
        run.Sink.Register(made);
        if (options.Currency is null) run.Remark($"{made.Name}: no currency was said; prices are taken to be in {made.Currency} (--currency sets it)");
        if (options.TickSize is null || options.LotSize is null)
            run.Remark($"{made.Name}: tick {made.TickSize} and lot {made.LotSize}; what was not given is the finest step in the first rows (--tick and --lot set them)");
        return _known[symbol] = made;
    }

    private static long StepOf(int decimals) => FixedPoint.PowerOfTen(FixedPoint.Decimals - Math.Min(decimals, FixedPoint.Decimals));
}
