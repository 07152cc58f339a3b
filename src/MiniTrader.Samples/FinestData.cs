using System.Runtime.CompilerServices;
using MiniTrader.Model;

namespace MiniTrader.Samples;

/// <summary>
/// Keeps a strategy to the finest data that an instrument has: its book before quotes, quotes before trades, trades before bars. What is coarser
/// is refused from the first finer event on, so that two views of one market never mix in an indicator. Part of a strategy; engine thread only.
/// </summary>
internal struct FinestData
{
    private EventKind _kind;

    /// <summary>True when nothing finer than <paramref name="kind"/> has come yet.</summary>
    public bool Takes(EventKind kind) => kind == _kind || TakesAnother(kind);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TakesAnother(EventKind kind)
    {
        if (_kind != EventKind.None && Coarseness(kind) > Coarseness(_kind)) return false;
        _kind = kind;
        return true;
    }

    // Quotes, trades and bars are numbered from fine to coarse; the book, which is finer than all, comes behind them.
    private static int Coarseness(EventKind kind) => kind == EventKind.BookDelta ? 0 : (int)kind;
}
