using System.Runtime.CompilerServices;
using MiniTrader.Books;
using MiniTrader.DataTools;

namespace MiniTrader.LoadTests;

/// <summary>Runs ahead over the same records, and tells the store of the orders to come.</summary>
internal ref struct MboLookahead
{
    private readonly OrderStore _store;
    private DbnMboCursor _ahead;

    public MboLookahead(ReadOnlySpan<byte> records, OrderStore store)
    {
        _store = store;
        _ahead = new(records);
        for (int i = 0; i < OrderStore.Ahead; i++) Advance();
    }

    /// <summary>One record further.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Advance()
    {
        if (_ahead.MoveNext()) _store.Prefetch((long)_ahead.Current.OrderId);
    }
}
