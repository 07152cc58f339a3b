namespace MiniTrader.DataTools;

/// <summary>A day of ITCH messages to make up. The same options give the same bytes.</summary>
public sealed record ItchMarketOptions
{
    /// <summary>Messages that a stock needs beside its orders: directory, states, auctions.</summary>
    internal const int MessagesPerStock = 16;

    /// <summary>Messages that concern the market as a whole.</summary>
    internal const int MessagesOfMarket = 64;

    public const int MaxStocks = 10_000;

    /// <summary>Messages in the file, each of them counted.</summary>
    public long Rows { get; init; } = 1_000_000;

    public ulong Seed { get; init; } = 1;

    public int Stocks { get; init; } = 100;

    /// <summary>Orders in a stock's book around which it keeps.</summary>
    public int OrdersPerStock { get; init; } = 1_000;

    /// <exception cref="ImportException">A figure is out of range.</exception>
    public ItchMarketOptions Validated()
    {
        if (Stocks is < 1 or > MaxStocks) throw new ImportException($"--instruments must be 1 to {MaxStocks} for an ITCH file.");
        if (OrdersPerStock is < 16 or > 100_000) throw new ImportException("The orders of a stock must be 16 to 100000.");
        long least = MessagesOfMarket + ((long)MessagesPerStock * Stocks);
        return Rows >= least ? this : throw new ImportException($"An ITCH day of {Stocks} stocks has at least {least} messages; --rows {Rows} is less. Ask for more rows or fewer --instruments.");
    }
}
