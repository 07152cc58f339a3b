using MiniTrader.Model;

namespace MiniTrader.TickStore;

/// <summary>What a turn of a merge works on, in one cache line. Every row of every stream has an event and, under the same number, a key.</summary>
internal unsafe struct MergeState
{
    public MergeStage* Stages;
    public MarketEvent* Events;
    public long* RowKeys;
    public long* Games;

    /// <summary>The streams' number, rounded up to a power of two, less one.</summary>
    public nint StreamMask;

    /// <summary>The key whose turn it is.</summary>
    public long Winner;
}
