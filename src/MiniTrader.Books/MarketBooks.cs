using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using MiniTrader.Model;

namespace MiniTrader.Books;

/// <summary>
/// The books of a session's instruments, as far as their data has any. A book takes its memory when it is opened: before the session where
/// somebody knows what the data holds, else at its first delta, which says whether it is a book of orders or of levels. All books of
/// orders share one store. One owner, one thread.
/// </summary>
public sealed class MarketBooks
{
    private readonly DepthBook?[] _books;
    private readonly InstrumentTable _instruments;
    private readonly BookOptions _options;
    private OrderStore? _store;

    public MarketBooks(InstrumentTable instruments, BookOptions options)
    {
        ArgumentNullException.ThrowIfNull(instruments);
        ArgumentNullException.ThrowIfNull(options);
        _instruments = instruments;
        _books = new DepthBook?[instruments.Count];
        _options = options.Validated();
    }

    /// <summary>An instrument's book; null while its data has shown none. Only its owner changes it.</summary>
    public DepthBook? this[InstrumentId instrument]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _books[instrument.Index];
    }

    /// <summary>True with the instrument's book, when its data has shown one.</summary>
    public bool TryGet(InstrumentId instrument, [NotNullWhen(true)] out DepthBook? book)
    {
        book = _books[instrument.Index];
        return book is not null;
    }

    /// <summary>Opens an empty book, unless there is one.</summary>
    public DepthBook Open(InstrumentId instrument, bool isByOrder) => _books[instrument.Index] ??= isByOrder
        ? new OrderBook(_store ??= new OrderStore(_options.OrderCapacity), _options.LevelCapacity, _instruments[instrument].MayBeNegative)
        : new LevelBook(_options.LevelCapacity, _instruments[instrument].MayBeNegative);

    /// <summary>Applies a delta to its instrument's book and answers that book; null while nothing tells what sort it is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public DepthBook? Apply(in BookDelta delta)
    {
        DepthBook? book = _books[delta.Header.Instrument.Index] ?? OpenFor(delta);
        if (book is LevelBook levels) levels.Apply(delta);
        else book?.Apply(delta);
        return book;
    }

    /// <summary>Where the books of orders keep them; null while there is none.</summary>
    public OrderStore? Orders => _store;

    /// <summary>How many deltas of all books ended like this.</summary>
    public long CountOf(BookResult result)
    {
        long sum = 0;
        foreach (DepthBook? book in _books) sum += book?.CountOf(result) ?? 0;
        return sum;
    }

    /// <summary>What a delta says about the sort of a book: null for one that either sort could have.</summary>
    public static bool? IsByOrder(in BookDelta delta) => delta.Action is BookAction.Clear or BookAction.None ? null : delta.OrderId != 0;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private DepthBook? OpenFor(in BookDelta delta) => IsByOrder(delta) is { } isByOrder ? Open(delta.Header.Instrument, isByOrder) : null;
}
