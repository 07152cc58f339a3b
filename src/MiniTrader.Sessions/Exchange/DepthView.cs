using MiniTrader.Books;
using MiniTrader.Model;

namespace MiniTrader.Sessions;

/// <summary>
/// The levels of a book that a subscriber of more than the best price was last shown, both sides, best first. Its subscription owns it; all memory is
/// taken when the request is.
/// </summary>
internal sealed class DepthView(int depth)
{
    /// <summary>The most levels of a side that are shown to anyone.</summary>
    public const int Most = 32;

    private readonly BookLevel[] _bids = new BookLevel[depth];
    private readonly BookLevel[] _asks = new BookLevel[depth];
    private int _bidCount;
    private int _askCount;

    /// <summary>Levels of a side.</summary>
    public int Depth => _bids.Length;

    public ReadOnlySpan<BookLevel> Shown(OrderSide side) => side == OrderSide.Buy ? _bids.AsSpan(0, _bidCount) : _asks.AsSpan(0, _askCount);

    /// <summary>The levels as the book has them now are what is shown.</summary>
    public void Take(DepthBook book)
    {
        _bidCount = book.CopyLevels(OrderSide.Buy, _bids);
        _askCount = book.CopyLevels(OrderSide.Sell, _asks);
    }
}
