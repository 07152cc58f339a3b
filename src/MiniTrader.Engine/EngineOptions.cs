using MiniTrader.Books;
using MiniTrader.Model;
using MiniTrader.Portfolio;
using MiniTrader.Risk;

namespace MiniTrader.Engine;

/// <summary>What an engine can be told.</summary>
public sealed record EngineOptions
{
    /// <summary>Nanoseconds of session time between two samples of the equity; zero takes none.</summary>
    public long EquityInterval { get; init; } = Timestamp.NanosecondsPerMinute;

    /// <summary>When the account is called for margin, and how far it is liquidated.</summary>
    public MarginOptions Margin { get; init; } = new();

    /// <summary>Room of the books that strategies see.</summary>
    public BookOptions Books { get; init; } = new();

    public EngineOptions Validated()
    {
        Margin.Validated();
        Books.Validated();
        if (EquityInterval < 0) throw new ArgumentException($"The equity interval of {EquityInterval} ns is negative; use 0 for no samples.");
        return this;
    }
}
