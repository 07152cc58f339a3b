using MiniTrader.Model;

namespace MiniTrader.Books;

/// <summary>One order of a market as a book knows it.</summary>
/// <param name="Id">As the data names it.</param>
/// <param name="Side">Never none.</param>
/// <param name="Price">Its limit.</param>
/// <param name="Size">What is left of it.</param>
/// <param name="Rank">Grows along the queue at one price; two ranks of one queue compare with <see cref="OrderBook.IsAhead"/>.</param>
public readonly record struct RestingOrder(long Id, OrderSide Side, Price Price, Quantity Size, uint Rank);
