using MiniTrader.Model;

namespace MiniTrader.Fix;

/// <summary>What a market data session over FIX is told beside its session settings.</summary>
public sealed record FixFeedOptions
{
    public required FixDialect Dialect { get; init; }

    public required WireInstruments Instruments { get; init; }

    /// <summary>The instruments whose data is asked for.</summary>
    public required IReadOnlyList<InstrumentId> Subscribed { get; init; }

    /// <summary>Slots of the ring of events, a power of two; a message with more events than this is not taken.</summary>
    public int RingSlots { get; init; } = 16_384;

    /// <summary>Asks for the venue's list of instruments after a logon.</summary>
    public bool AsksSecurityList { get; init; }

    /// <summary>Asks for the state of the trading session after a logon.</summary>
    public bool AsksTradingStatus { get; init; }

    internal FixFeedOptions Validated()
    {
        Dialect.Validated();
        foreach (InstrumentId id in Subscribed)
        {
            if (Instruments.NameOf(id).IsEmpty) throw new ArgumentException($"Instrument {id} is subscribed to, and the venue has no name for it.");
        }

        return this;
    }
}
