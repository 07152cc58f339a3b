namespace MiniTrader.Model;

/// <summary>What the payload of a <see cref="MarketEvent"/> is.</summary>
public enum EventKind : byte
{
    None,
    Quote,
    Trade,
    Bar,

    /// <summary>A change of one price level or of one order in the book.</summary>
    BookDelta,

    /// <summary>Halt, resume, open, close, auction.</summary>
    Status,

    /// <summary>Dividend, split, funding or settlement.</summary>
    CorporateAction,

    /// <summary>A number of the user's own, from a file or another process.</summary>
    Signal,
}
