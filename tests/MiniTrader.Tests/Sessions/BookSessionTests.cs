using MiniTrader.Books;
using MiniTrader.Model;
using MiniTrader.Sessions;
using MiniTrader.Strategies;
using MiniTrader.TickStore;
using Xunit;

namespace MiniTrader.Tests.Sessions;

/// <summary>A backtest from a catalog that has books and trades but no quotes, from the files to the run folder.</summary>
public sealed class BookSessionTests : IDisposable
{
    private const int Rows = 30_000;
    private readonly Runs _runs = new();

    public void Dispose() => _runs.Dispose();

    [Theory]
    [InlineData(false, "0")]
    [InlineData(true, "0")]
    [InlineData(true, "3ms")]
    public void A_backtest_runs_on_books_alone(bool isByOrder, string feedLatency)
    {
        string catalog = Write(isByOrder);
        RunConfig config = new()
        {
            Strategies = [nameof(Joiner)],
            Data = catalog,
            FeedLatency = feedLatency,
            Venue = new Dictionary<string, string> { ["queue"] = "probabilistic:power(2)", ["book-orders"] = "20000" },
            Risk = new Dictionary<string, string> { ["max-messages-per-second"] = "off" },
        };
        StrategyLibrary library = new StrategyLibrary(typeof(Joiner).Assembly);
        RunOutcome outcome = _runs.Run(config, library);
        Assert.True(outcome.Summary.Fills > 20, $"{outcome.Summary.Fills} fills of {outcome.Summary.Orders} orders. {string.Join(' ', outcome.Summary.Notes)}");
        Assert.True(outcome.Summary.AllocatedBytesPerEvent < 0.5, $"{outcome.Summary.AllocatedBytesPerEvent} bytes an event.");
        Assert.Contains(outcome.Summary.Notes, n => n.Contains("matched against the book", StringComparison.Ordinal));
        Assert.Equal(isByOrder, outcome.Summary.Notes.Any(n => n.Contains("1 UnknownOrder", StringComparison.Ordinal)));
        RunConfig stored = RunConfig.Load(Path.Combine(outcome.Folder, "config.json"));
        Assert.Equal(outcome.Summary.Hash, _runs.Run(stored with { Threaded = true }, library).Summary.Hash);
    }

    private string Write(bool isByOrder)
    {
        string folder = Path.Combine(_runs.Folder, $"catalog-{isByOrder}");
        Instrument instrument = new() { Symbol = "X", Venue = "XTST" };
        List<MarketEvent> deltas = [], trades = [];
        SeededRandom random = new(4);
        Queue<long> ids = [];
        Timestamp now = Timestamp.Parse("2024-01-02T14:30");
        long id = 0;
        for (int i = 0; i < Rows; i++)
        {
            now += 1_000_000;
            const long middle = 10_000;
            OrderSide side = i % 2 == 0 ? OrderSide.Buy : OrderSide.Sell;
            long price = side == OrderSide.Buy ? middle - 1 - random.NextInt64(4) : middle + 1 + random.NextInt64(4);
            MarketEvent e = default;
            e.Header.VenueTime = e.Header.ReceivedTime = now;
            e.Header.Flags = EventFlags.ForBoth;
            e.Header.Kind = EventKind.BookDelta;
            if (isByOrder && ids.Count > 200)
            {
                e.BookDelta.Action = i % 5 == 0 ? BookAction.Execute : BookAction.Delete;
                e.BookDelta.OrderId = i == Rows - 1 ? 999_999_999 : ids.Dequeue();
                e.BookDelta.Size = Quantity.FromUnits(10);
            }
            else
            {
                e.BookDelta.Action = isByOrder ? BookAction.Add : BookAction.Modify;
                e.BookDelta.OrderId = isByOrder ? ++id : 0;
                e.BookDelta.Side = side;
                e.BookDelta.Price = new(price * 10_000_000);
                e.BookDelta.Size = Quantity.FromUnits(isByOrder ? 10 : random.NextInt64(20));
                if (isByOrder) ids.Enqueue(id);
            }

            deltas.Add(e);
            if (i % 10 != 0) continue;
            MarketEvent trade = default;
            trade.Header = e.Header;
            trade.Header.Kind = EventKind.Trade;
            trade.Trade.Price = new((middle - 1) * 10_000_000);
            trade.Trade.Size = Quantity.FromUnits(15);
            trade.Trade.Aggressor = AggressorSide.Seller;
            trades.Add(trade);
        }

        using CatalogWriter writer = new(folder, new TickFileOptions());
        writer.Append(instrument, deltas.ToArray());
        writer.Append(instrument, trades.ToArray());
        writer.Complete();
        return folder;
    }
}

/// <summary>Joins the best bid with a small order, and sells what it has at the market.</summary>
public sealed class Joiner(InstrumentId instrument) : Strategy
{
    private ClientOrderId _bid;

    public override void OnBook(DepthBook book, in BookDelta last)
    {
        if (!book.HasBid || !book.HasAsk || book.IsCrossed) return;
        if (Portfolio[instrument].IsLong && !Orders.HasWorking(instrument)) Orders.Sell(instrument, Portfolio[instrument].Quantity);
        else if (!Orders.HasWorking(instrument)) _bid = Orders.BuyLimit(instrument, Quantity.FromUnits(5), book.BestBid);
        else if (Orders.TryGet(_bid, out MiniTrader.Portfolio.OrderRecord order) && order.IsWorking && order.LimitPrice < book.BestBid) Orders.Cancel(_bid);
    }
}
