using System.Runtime.CompilerServices;
using MiniTrader.Books;
using MiniTrader.DataTools;

namespace MiniTrader.LoadTests;

/// <summary>Runs ahead over the same records, and tells the store of the orders to come.</summary>
internal ref struct MboLookahead
{
    private readonly OrderStore _store;
    private DbnMboCursor _ahead;
    private int _count;
    private Ids _ids;

    public MboLookahead(ReadOnlySpan<byte> records, OrderStore store)
    {
        _store = store;
        _ahead = new(records);
        for (int i = 0; i < OrderStore.FarAhead; i++) Advance();
    }

    /// <summary>One record further.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Advance()
    {
        if (!_ahead.MoveNext()) return;
        ulong id = _ahead.Current.OrderId;

        // What was asked for so many records ago is as many nearer now.
        ref ulong near = ref _ids[_count++ & (OrderStore.FarAhead - OrderStore.NearAhead - 1)];
        _store.PrefetchLinks((long)near);
        _store.Prefetch((long)id);
        near = id;
    }

    [InlineArray(OrderStore.FarAhead - OrderStore.NearAhead)]
    private struct Ids
    {
        private ulong _first;
    }
}
