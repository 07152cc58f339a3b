using MiniTrader.Model;

namespace MiniTrader.Fix;

/// <summary>What an order session over FIX is told beside its session settings.</summary>
public sealed record FixVenueOptions
{
    public required FixDialect Dialect { get; init; }

    public required WireInstruments Instruments { get; init; }

    /// <summary>What our order names begin with; different in every run. <see cref="ClOrdIdText.PrefixOf"/> makes one.</summary>
    public required string OrderPrefix { get; init; }

    /// <summary>Tag 1, empty for none.</summary>
    public string Account { get; init; } = "";

    /// <summary>Slots of the order table; as many as the engine's.</summary>
    public int Orders { get; init; } = 65_536;

    /// <summary>Executions remembered against repeats.</summary>
    public int Executions { get; init; } = 1 << 17;

    /// <summary>Slots of the rings of commands and reports; a power of two.</summary>
    public int RingSlots { get; init; } = 4_096;

    internal FixVenueOptions Validated()
    {
        Dialect.Validated();
        if (Account.Contains('\u0001', StringComparison.Ordinal)) throw new ArgumentException("The account holds the FIX delimiter.");
        return this;
    }
}
