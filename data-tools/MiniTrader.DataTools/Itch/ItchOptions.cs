namespace MiniTrader.DataTools;

/// <summary>How ITCH files are imported.</summary>
public sealed record ItchOptions
{
    public string Venue { get; init; } = "XNAS";

    /// <summary>The day in New York; null reads it from each file's name.</summary>
    public DateOnly? Date { get; init; }

    /// <summary>Symbols to import; empty for all.</summary>
    public IReadOnlyList<string> Symbols { get; init; } = [];

    /// <summary>The zone of the messages' midnight.</summary>
    public string Zone { get; init; } = "America/New_York";

    /// <summary>
    /// Stocks that are imported in one pass over a file. A file with more is read several times: each stock needs open files and
    /// buffers, and a day has more than ten thousand.
    /// </summary>
    public int StocksPerPass { get; init; } = 500;

    /// <summary>Rows that the open files of one pass may buffer, at about 60 bytes each.</summary>
    public long BufferedRowsPerPass { get; init; } = 16_000_000;

    /// <exception cref="ImportException">A setting makes no sense.</exception>
    public ItchOptions Validated()
    {
        if (StocksPerPass < 1 || BufferedRowsPerPass < 1) throw new ImportException("An import of ITCH files needs at least one stock and one row a pass.");
        return string.IsNullOrWhiteSpace(Venue) ? throw new ImportException("--venue must name a venue, such as XNAS.") : this;
    }
}
