using MiniTrader.Model;

namespace MiniTrader.TickStore;

/// <summary>Where one stream of a merge stands in the rows that are staged for it, in 32 bytes.</summary>
internal unsafe struct MergeStage
{
    /// <summary>The row whose turn is next.</summary>
    public nint Row;

    /// <summary>The key of the row behind it, or of the mark.</summary>
    public long NextKey;

    /// <summary>Behind the last row.</summary>
    public nint End;

    /// <summary>Which of an event's times its turn goes by, in bytes from its start.</summary>
    public nint DueOffset;

    public readonly long DueOf(MarketEvent* slot) => *(long*)((byte*)slot + DueOffset);
}
