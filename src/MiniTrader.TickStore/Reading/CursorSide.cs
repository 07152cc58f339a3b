using MiniTrader.Model;

namespace MiniTrader.TickStore;

/// <summary>Whom a cursor's events are for, which decides their due time and thereby their order.</summary>
internal enum CursorSide : byte
{
    /// <summary>Venue and strategy at one instant.</summary>
    Both,

    /// <summary>The venue, at venue times that never go back.</summary>
    Venue,

    /// <summary>The strategy, at received times.</summary>
    Strategy,

    /// <summary>A tool: each row once, in file order, with the times that are stored.</summary>
    File,
}

/// <summary>What a cursor over one series emits.</summary>
internal sealed record CursorSettings
{
    /// <summary>Most bytes of a file's mapping that stay resident behind a cursor.</summary>
    public const long DefaultWindowBytes = 32 << 20;

    public required InstrumentId Instrument { get; init; }

    public CursorSide Side { get; init; } = CursorSide.File;

    public long LatencyNanoseconds { get; init; }

    public long From { get; init; } = long.MinValue;

    public long To { get; init; } = long.MaxValue;

    public bool Verify { get; init; }

    public long WindowBytes { get; init; } = DefaultWindowBytes;

    public EventFlags Flags => Side switch
    {
        CursorSide.Venue => EventFlags.ForVenue,
        CursorSide.Strategy => EventFlags.ForStrategy,
        _ => EventFlags.ForBoth,
    };
}
