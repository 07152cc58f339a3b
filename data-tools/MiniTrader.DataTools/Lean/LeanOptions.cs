using MiniTrader.Model;

namespace MiniTrader.DataTools;

/// <summary>Which hours of the market hours database are sessions.</summary>
public enum LeanHours : byte
{
    /// <summary>All that it lists: before, in and after the regular market.</summary>
    Extended,

    /// <summary>The regular market alone.</summary>
    Regular,
}

/// <summary>How LEAN files are imported.</summary>
public sealed record LeanOptions
{
    /// <summary>Leaves rows out that are marked suspicious; they are stored and counted otherwise.</summary>
    public bool DropSuspicious { get; init; }

    /// <summary>The size of both sides of quotes that come without sizes, as FX does.</summary>
    public Quantity SizeOfUnsized { get; init; } = Quantity.FromUnits(1_000_000);

    /// <summary>The market hours database; null looks for it beside the data.</summary>
    public string? MarketHours { get; init; }

    public LeanHours Hours { get; init; }

    /// <summary>The symbol properties; null looks for them beside the data.</summary>
    public string? SymbolProperties { get; init; }
}
