namespace MiniTrader.Model;

/// <summary>What kind of thing an instrument is; decides how a fill moves cash.</summary>
public enum AssetClass : byte
{
    Equity,
    Forex,
    Crypto,

    /// <summary>Settled through margin: a fill moves only fees and realised result.</summary>
    Future,

    /// <summary>A future without expiry that pays funding.</summary>
    PerpetualFuture,
    Option,
    Index,
    Bond,
}
