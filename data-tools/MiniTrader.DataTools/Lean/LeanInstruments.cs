using MiniTrader.Model;

namespace MiniTrader.DataTools;

/// <summary>Makes the instrument of a LEAN file: from the symbol properties where they list it, else from its class and its data.</summary>
public sealed class LeanInstruments(SymbolPropertiesFile properties)
{
    private static readonly string[] _stableCoins = ["USDT", "USDC", "BUSD"];

    /// <param name="file">What the path says.</param>
    /// <param name="contract">The contract of a future or option.</param>
    /// <param name="finestDecimals">Decimals of the finest price in the data; sets the tick where nothing else does.</param>
    /// <param name="remark">A sentence about what was assumed.</param>
    public Instrument Create(LeanFile file, LeanContract? contract, int finestDecimals, out string remark)
    {
        SymbolProperties? listed = properties.Find(file);
        decimal tick = listed?.Tick ?? DefaultTick(file, finestDecimals);
        remark = listed is null
            ? $"{file.Symbol} at {file.Market}: tick {tick}, lot 1 and multiplier {DefaultMultiplier(file)} are assumed (no symbol properties)"
            : $"{file.Symbol} at {file.Market}: tick {tick}, lot {listed.Lot} and multiplier {listed.Multiplier} are from the symbol properties";
        return new Instrument
        {
            Symbol = contract?.Symbol ?? (file.Class == "cryptofuture" ? $"{file.Symbol}-PERP" : file.Symbol),
            Venue = file.Market.ToUpperInvariant(),
            AssetClass = ClassOf(file),
            Currency = Currency.TryParse(listed?.Currency ?? QuoteCurrency(file), out Currency currency) ? currency : Currency.Usd,
            TickSize = Price.FromDecimal(Math.Max(tick, 0.000_000_001m)),
            LotSize = Quantity.FromDecimal(Math.Max(LotOf(file, listed), 0.000_000_001m)),
            Multiplier = listed?.Multiplier ?? DefaultMultiplier(file),
            Expiry = contract?.Expiry is { } day ? Timestamp.FromDateTime(day.AddDays(1).ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc)) : null,
            Strike = contract?.Strike,
            Right = contract?.Right ?? OptionRight.None,
            Underlying = contract is null ? null : file.Symbol,
        }.Validated();
    }

    /// <summary>LEAN lists brokers' lots for FX (1,000 at FXCM); coins and currencies without a line trade in the smallest unit.</summary>
    private static decimal LotOf(LeanFile file, SymbolProperties? listed) =>
        listed?.Lot ?? (file.Class is "crypto" or "cryptofuture" ? 0.00000001m : 1m);

    private static decimal DefaultMultiplier(LeanFile file) => file.Class is "option" or "indexoption" ? 100m : 1m;

    private static decimal DefaultTick(LeanFile file, int finestDecimals)
    {
        if (file.HasScaledPrices) return 0.01m;
        decimal tick = 1m;
        for (int i = 0; i < finestDecimals; i++) tick /= 10m;
        return tick;
    }

    private static AssetClass ClassOf(LeanFile file) => file.Class switch
    {
        "forex" or "cfd" => AssetClass.Forex,
        "crypto" => AssetClass.Crypto,
        "cryptofuture" => AssetClass.PerpetualFuture,
        "future" => AssetClass.Future,
        "option" or "indexoption" or "futureoption" => AssetClass.Option,
        "index" => AssetClass.Index,
        _ => AssetClass.Equity,
    };

    /// <summary>The tail of a pair: <c>USD</c> of <c>EURUSD</c>, <c>USDT</c> of <c>BTCUSDT</c>.</summary>
    private static string QuoteCurrency(LeanFile file)
    {
        if (file.Class is not ("forex" or "crypto" or "cryptofuture")) return file.Market == "india" ? "INR" : "USD";
        string? stable = _stableCoins.FirstOrDefault(s => file.Symbol.EndsWith(s, StringComparison.Ordinal));
        return stable ?? (file.Symbol.Length > 3 ? file.Symbol[^3..] : "USD");
    }
}
