using MiniTrader.Model;

namespace MiniTrader.DataTools;

/// <summary>Instruments of Binance's symbols. Ticks and lots are the finest steps that the capture shows.</summary>
public sealed class BinanceInstruments(string? venue)
{
    private static readonly string[] _currencies = ["USDT", "USDC", "FDUSD", "BUSD", "USD", "BTC", "ETH", "BNB", "EUR", "TRY"];

    private readonly Dictionary<string, Instrument> _known = new(StringComparer.Ordinal);

    public Instrument Find(BinanceMessage message, BinanceProbe probe)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(probe);
        if (_known.TryGetValue(message.Symbol, out Instrument? known)) return known;
        bool isCoinMargined = message.HasPair || message.Symbol.EndsWith("_PERP", StringComparison.Ordinal);
        bool isFuture = isCoinMargined || message.HasTradeTime && message.VenueMilliseconds >= 0 && (message.Kind is "bookTicker" or "depthUpdate" or "snapshot" || message.TradeType.Length > 0);
        (int priceDecimals, int sizeDecimals) = probe.DecimalsOf(message.Symbol);
        string pair = message.Symbol.Split('_')[0];
        string currency = _currencies.FirstOrDefault(c => pair.Length > c.Length && pair.EndsWith(c, StringComparison.Ordinal)) ?? "USDT";
        Instrument made = new Instrument
        {
            Symbol = message.Symbol,
            Venue = venue ?? (isCoinMargined ? "BINANCE-COINM" : isFuture ? "BINANCE-USDM" : "BINANCE"),
            AssetClass = isFuture ? AssetClass.PerpetualFuture : AssetClass.Crypto,
            Currency = Currency.Parse(currency),
            TickSize = new(FixedPoint.PowerOfTen(FixedPoint.Decimals - priceDecimals)),
            LotSize = new(FixedPoint.PowerOfTen(FixedPoint.Decimals - sizeDecimals)),
            Underlying = isCoinMargined ? pair : null,
        }.Validated();
        return _known[message.Symbol] = made;
    }

    public static string Describe(Instrument instrument)
    {
        ArgumentNullException.ThrowIfNull(instrument);
        string inverse = instrument.Venue == "BINANCE-COINM" ? "; it is inverse (sizes are contracts of a fixed USD value, results in coin), which its multiplier of 1 does not say" : "";
        return $"{instrument.Name}: tick {instrument.TickSize} and lot {instrument.LotSize} are the finest steps in the capture{inverse}";
    }
}
