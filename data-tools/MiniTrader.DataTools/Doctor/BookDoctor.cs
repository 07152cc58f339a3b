using MiniTrader.Books;
using MiniTrader.Model;

namespace MiniTrader.DataTools;

/// <summary>Takes a finding about the row in hand.</summary>
internal delegate void BookFinding(Severity severity, string check, in EventHeader header, string text);

/// <summary>Builds the book that a series of deltas describes and says what in them cannot be. One thread.</summary>
internal sealed class BookDoctor(Instrument instrument, BookFinding add)
{
    private static readonly BookOptions _room = new() { OrderCapacity = 1 << 20, LevelCapacity = 1 << 16 };

    private DepthBook? _book;
    private bool _wasCrossed;
    private bool _wasFull;

    public void Look(in BookDelta delta)
    {
        // The first delta that is not a Clear tells whether the series is of orders or of levels.
        if (_book is null && delta.Action == BookAction.Clear) return;
        _book ??= delta.OrderId != 0
            ? new OrderBook(new OrderStore(_room.OrderCapacity), _room.LevelCapacity, instrument.MayBeNegative)
            : new LevelBook(_room.LevelCapacity, instrument.MayBeNegative);
        Explain(_book.Apply(delta), delta);

        // In the middle of a packet a book may be anything.
        if ((delta.Header.Flags & EventFlags.Partial) != 0) return;
        if (_book.IsCrossed && !_wasCrossed) add(Severity.Warning, "crossed", delta.Header, $"bid {_book.BestBid} is not below ask {_book.BestAsk}");
        _wasCrossed = _book.IsCrossed;
    }

    private void Explain(BookResult result, in BookDelta delta)
    {
        switch (result)
        {
            case BookResult.Applied or BookResult.Crossed: break;
            case BookResult.Full:
                if (!_wasFull) add(Severity.Info, "book-too-large", delta.Header, "the book has more orders or levels than the doctor keeps; findings behind this row may be its fault");
                _wasFull = true;
                break;
            case BookResult.UnknownOrder: add(Severity.Warning, "unknown-order", delta.Header, $"{delta.Action} of order {delta.OrderId}, which is not in the book"); break;
            case BookResult.UnknownLevel: add(Severity.Info, "unknown-level", delta.Header, $"delete of a level at {delta.Price}, which is not in the book"); break;
            case BookResult.OverExecuted: add(Severity.Warning, "over-executed", delta.Header, $"{delta.Size} of order {delta.OrderId} traded, more than was left"); break;
            case BookResult.DuplicateOrder: add(Severity.Error, "duplicate-order", delta.Header, $"order {delta.OrderId} is in the book already"); break;
            case BookResult.NegativeSize: add(Severity.Error, "negative-size", delta.Header, $"{delta.Size}"); break;
            case BookResult.ZeroSize: add(Severity.Warning, "zero-size", delta.Header, $"{delta.Action} of nothing at {delta.Price}"); break;
            case BookResult.WrongPrice: add(Severity.Error, "bad-price", delta.Header, $"{delta.Price} is not above zero"); break;
            case BookResult.WrongDepth: add(Severity.Error, "mixed-depth", delta.Header, "a delta of an order among those of levels, or the other way round"); break;
            default: add(Severity.Error, "bad-delta", delta.Header, $"{result}: {delta.Action} {delta.Side} {delta.Size} at {delta.Price}, order {delta.OrderId}"); break;
        }
    }
}
