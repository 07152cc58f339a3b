using MiniTrader.Model;

namespace MiniTrader.Tests.Books;

/// <summary>Book deltas in short.</summary>
internal static class Deltas
{
    public static BookDelta Level(OrderSide side, long price, long size, BookAction action = BookAction.Modify) => Order(action, 0, side, price, size);

    public static BookDelta Add(long id, OrderSide side, long price, long size) => Order(BookAction.Add, id, side, price, size);

    public static BookDelta Execute(long id, long size) => Order(BookAction.Execute, id, OrderSide.None, 0, size);

    public static BookDelta Delete(long id) => Order(BookAction.Delete, id, OrderSide.None, 0, 0);

    public static BookDelta Clear(OrderSide side = OrderSide.None) => Order(BookAction.Clear, 0, side, 0, 0);

    public static BookDelta Order(BookAction action, long id, OrderSide side, long price, long size)
    {
        BookDelta delta = default;
        delta.Header.Kind = EventKind.BookDelta;
        delta.Header.Flags = EventFlags.ForBoth;
        delta.Action = action;
        delta.OrderId = id;
        delta.Side = side;
        delta.Price = new(price);
        delta.Size = new(size);
        return delta;
    }
}
