using MiniTrader.Books;
using MiniTrader.Model;

namespace MiniTrader.Exchange;

/// <summary>Orders that take from a book: level by level, each at its price and as far as its size goes, less what we took of it before.</summary>
internal sealed class BookTaking(Floor floor)
{
    private readonly OrderPool _pool = floor.Pool;
    private readonly bool _isConsumed = floor.Options.ConsumeLiquidity;

    /// <summary>True when <see cref="Take"/> would find a quantity in the levels up to a bound, as many of them as can be used up.</summary>
    public bool CanFill(Market market, OrderSide side, long quantity, bool isBounded, long bound)
    {
        MarketBook book = market.Book!;
        OrderSide opposite = side.Opposite();
        UsedLevels used = book.UsedOf(opposite);
        int sign = side.Sign(), count = book.Depth.LevelCount(opposite), room = used.Room;
        for (int depth = 0; depth < count && quantity > 0; depth++)
        {
            BookLevel level = book.Depth.LevelAt(opposite, depth);
            if (isBounded && sign * (bound - level.Price.Raw) < 0) break;
            long taken = _isConsumed ? used.At(level.Price.Raw) : 0, available = market.FloorToLot(level.Size.Raw - taken);
            if (available <= 0) continue;
            if (_isConsumed && taken == 0 && room-- == 0) break;
            quantity -= available;
        }

        return quantity <= 0;
    }

    /// <summary>Fills what the levels up to a bound hold; true when that completes the order.</summary>
    public bool Take(Market market, int index, bool isBounded, long bound)
    {
        MarketBook book = market.Book!;
        OrderSide opposite = _pool[index].Side.Opposite();
        int sign = _pool[index].Sign, count = book.Depth.LevelCount(opposite);
        for (int depth = 0; depth < count; depth++)
        {
            BookLevel level = book.Depth.LevelAt(opposite, depth);
            if (isBounded && sign * (bound - level.Price.Raw) < 0) return false;
            long available = market.FloorToLot(_isConsumed ? book.Remaining(opposite, level) : level.Size.Raw);
            long quantity = Math.Min(_pool[index].Leaves, available);
            if (quantity <= 0) continue;
            if (_isConsumed && !book.TryUse(opposite, level.Price, quantity)) return false;
            floor.CheckUsed(index, _isConsumed ? book.UsedOf(opposite).At(level.Price.Raw) : quantity, level.Size.Raw);
            if (floor.FillTaker(market, index, quantity, level.Price.Raw, FillCause.BookLevel, depth)) return true;
        }

        return false;
    }
}
