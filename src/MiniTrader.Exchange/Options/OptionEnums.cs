namespace MiniTrader.Exchange;

/// <summary>Which events of an instrument match its orders.</summary>
public enum MatchSource : byte
{
    /// <summary>The finest that the data has shown so far, in the order of those that follow.</summary>
    Auto,

    /// <summary>A book of single orders (L3).</summary>
    Orders,

    /// <summary>A book of price levels (L2).</summary>
    Levels,
    Quotes,
    Trades,
    Bars,
}

/// <summary>What a taker finds behind the displayed size of a market that shows only its best price.</summary>
public enum DepthModel : byte
{
    /// <summary>Each further level lies one tick worse and is assumed to hold as much as the best one displays.</summary>
    Ladder,

    /// <summary>Everything fills at the best price: optimistic.</summary>
    Top,

    /// <summary>Nothing: only the displayed size fills.</summary>
    Displayed,
}

/// <summary>What at-open and at-close orders trade in.</summary>
public enum AuctionSource : byte
{
    /// <summary>The data's auction print; where it has never shown one, the first and the last trade of the session.</summary>
    Approximate,

    /// <summary>The data's auction print only; without one the order expires.</summary>
    Print,
}

/// <summary>At which price of a bar a market order fills.</summary>
public enum BarFill : byte
{
    /// <summary>The open of the first bar that opens after the order was sent.</summary>
    NextOpen,

    /// <summary>The close of the bar on which the order was sent. Optimistic: nobody trades at a price that is already history.</summary>
    ThisClose,

    /// <summary>The close of the first bar that ends after the order arrived.</summary>
    NextClose,
}

/// <summary>In which order a bar's extremes are assumed to have come.</summary>
public enum BarPath : byte
{
    /// <summary>Open, high, low, close.</summary>
    OpenHighLowClose,

    /// <summary>The extreme nearer to the open first; the high when both are as near.</summary>
    Adaptive,
}
