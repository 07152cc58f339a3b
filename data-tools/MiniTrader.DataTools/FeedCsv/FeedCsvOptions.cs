using MiniTrader.Model;

namespace MiniTrader.DataTools;

/// <summary>How the CSV files of Tardis.dev and of Binance's public data are imported.</summary>
public sealed record FeedCsvOptions
{
    /// <summary>The venue's name; null takes the exchange column (Tardis), or BINANCE.</summary>
    public string? Venue { get; init; }

    /// <summary>The symbol of rows that name none; null takes the file's name up to its first dash.</summary>
    public string? Symbol { get; init; }

    public AssetClass AssetClass { get; init; } = AssetClass.Crypto;

    /// <summary>The currency of prices; null takes the end of the symbol where it is a known one, else USD.</summary>
    public Currency? Currency { get; init; }

    /// <summary>Begin a book empty where no snapshot comes first; otherwise its changes are left out until one does.</summary>
    public bool DepthWithoutSnapshot { get; init; }
}
