using MiniTrader.Feeds;
using MiniTrader.Model;

namespace MiniTrader.DataTools;

/// <summary>
/// A made-up day of an exchange in ITCH: directory, orders before the opening, opening auction, a session that is busy at both ends, a
/// pause of one stock, closing auction. Consistent throughout: no message names an order that is not there. One thread.
/// </summary>
public sealed class MadeUpDay
{
    private const long Second = Timestamp.NanosecondsPerSecond;
    private const long Opening = 34_200 * Second;
    private const long HalfHour = 1_800 * Second;
    private const int PickBits = 16;

    /// <summary>Of ten thousand messages, how many add an order: before the opening the book fills, after the closing it empties.</summary>
    private const int AddsBefore = 7_500;
    private const int AddsAfter = 1_500;

    private const int ProgressRows = 1 << 16;

    /// <summary>A stock of few messages has a small book, which they can move.</summary>
    private const int MessagesPerOrder = 25;
    private const int FewestOrders = 16;

    /// <summary>How busy each half hour of the session is.</summary>
    private static readonly int[] _activity = [22, 15, 12, 10, 9, 8, 7, 7, 8, 9, 10, 13, 24];

    private readonly ItchMarketOptions _options;
    private readonly MadeUpStock[] _stocks;
    private readonly ushort[] _picks = new ushort[1 << PickBits];
    private SeededRandom _random;

    public MadeUpDay(ItchMarketOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options.Validated();
        _random = new(options.Seed);
        _stocks = new MadeUpStock[options.Stocks];
        double weights = Enumerable.Range(0, options.Stocks).Sum(Weight);
        for (int i = 0; i < _stocks.Length; i++)
        {
            // Between 25 and 125 dollars, so that the window of prices lies above zero.
            long ticks = 2_500 + _random.NextInt64(10_000);
            double messages = Math.Max(1, options.Rows * Weight(i) / weights);
            MadeUpPrice worth = new(ticks, messages, deviation: 0.005 + (_random.NextInt64(10_000) * 1e-6));
            int orders = (int)Math.Clamp(messages / MessagesPerOrder, Math.Min(FewestOrders, options.OrdersPerStock), options.OrdersPerStock);
            _stocks[i] = new((ushort)(i + 1), ItchSymbol.Of($"GEN{i + 1}"), orders, (uint)(100 * ticks), worth);
        }

        FillPicks();
    }

    /// <summary>Writes the whole day, once; the second argument is told of orders written, now and then.</summary>
    public void Write(ItchOutput output, Action<long> report)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(report);
        WriteMorning(output);
        long rest = _options.Rows - output.Messages - AfterOrders();
        long early = rest / 20;
        WriteOrders(output, early, 14_400 * Second, Opening - Second, AddsBefore, report);
        WriteCross(output, Opening, (byte)'O', (byte)'Q');
        rest = _options.Rows - output.Messages - AfterSession();
        long done = 0;
        for (int i = 0, weight = 0; i < _activity.Length; i++)
        {
            weight += _activity[i];
            long until = rest * weight / _activity.Sum();
            long start = Opening + (i * HalfHour);
            if (i == _activity.Length / 2) WritePause(output, start);
            WriteOrders(output, until - done, start, start + HalfHour - Second, MadeUpStock.AddsInSession, report);
            done = until;
        }

        WriteCross(output, Opening + (_activity.Length * HalfHour), (byte)'C', (byte)'M');
        long last = _options.Rows - output.Messages - 2;
        WriteOrders(output, last, 57_700 * Second, 71_000 * Second, AddsAfter, report);
        WriteSystem(output, 72_000 * Second, (byte)'E');
        WriteSystem(output, 72_300 * Second, (byte)'C');
        output.Flush();
    }

    /// <summary>A bound of what is still to come behind the orders before the opening; what is not used becomes orders.</summary>
    private long AfterOrders() => (ItchMarketOptions.MessagesPerStock - 4L) * _stocks.Length + ItchMarketOptions.MessagesOfMarket - 16;

    private long AfterSession() => (5L * _stocks.Length) + 32;

    /// <summary>Few stocks have most of the messages.</summary>
    private static double Weight(int stock) => 1.0 / (stock + 2);

    private void FillPicks()
    {
        double sum = Enumerable.Range(0, _stocks.Length).Sum(Weight), passed = 0;
        int stock = -1;
        for (int i = 0; i < _picks.Length; i++)
        {
            while (stock < 0 || (passed < (double)i / _picks.Length && stock < _stocks.Length - 1)) passed += Weight(++stock) / sum;
            _picks[i] = (ushort)stock;
        }
    }

    private void WriteMorning(ItchOutput output)
    {
        WriteSystem(output, 11_000 * Second, (byte)'O');
        foreach (MadeUpStock stock in _stocks)
        {
            output.AdvanceTo(output.Time + 1_000);
            output.Write(new ItchStockDirectory
            {
                Header = output.Header(ItchMessageType.StockDirectory, stock.Locate),
                Stock = stock.Symbol,
                MarketCategory = (byte)'Q',
                FinancialStatus = (byte)'N',
                RoundLot = 100,
                RoundLotsOnly = (byte)'N',
                IssueClass = (byte)'C',
                IssueSubType = ('Z' << 8) | ' ',
                Authenticity = (byte)'P',
                ShortSaleThreshold = (byte)'N',
                IpoFlag = (byte)'N',
                PriceBandTier = (byte)'1',
                EtpFlag = (byte)'N',
                Inverse = (byte)'N',
            });
            WriteAction(output, stock, (byte)'T');
            output.WriteBare(ItchMessageType.RegShoRestriction, stock.Locate, stock.Symbol);
        }

        output.WriteBare(ItchMessageType.CircuitBreakerDeclineLevel, 0, default);
        WriteSystem(output, 14_400 * Second, (byte)'S');
    }

    private void WriteOrders(ItchOutput output, long rows, long start, long end, int adds, Action<long> report)
    {
        output.AdvanceTo(start);
        long mean = rows > 0 ? Math.Max(1, (end - start) / rows) : 1;
        for (long row = 1; row <= rows; row++)
        {
            ulong dice = _random.NextUInt64();

            // Messages come in bursts: three of four follow at once, the fourth after a pause of up to eight times the mean.
            long gap = (dice & 3) != 0 ? (long)((dice >> 2) & 0x3FF) * mean >> 14 : (long)Math.BigMul(dice, (ulong)(8 * mean), out _);
            output.AdvanceTo(Math.Min(output.Time + gap, end));
            _stocks[_picks[(dice >> 16) & ((1 << PickBits) - 1)]].Step(output, ref _random, adds);
            if (row % ProgressRows == 0) report(ProgressRows);
        }
    }

    /// <summary>The market event, then each stock's imbalance, its executions inside the auction, and the print of it all.</summary>
    private void WriteCross(ItchOutput output, long time, byte cross, byte marketEvent)
    {
        output.AdvanceTo(time - (Second / 2));
        foreach (MadeUpStock stock in _stocks) WriteImbalance(output, stock, cross);
        WriteSystem(output, time, marketEvent);
        foreach (MadeUpStock stock in _stocks)
        {
            output.AdvanceTo(output.Time + 5_000);
            bool isTraded = stock.CanCross;
            uint price = stock.Price;
            if (isTraded)
            {
                stock.ExecuteInCross(output, isBid: true);
                stock.ExecuteInCross(output, isBid: false);
            }

            WritePrint(output, stock, cross, isTraded ? 100 * (ulong)(10 + _random.NextInt64(500)) : 0, isTraded ? price : 0);
        }
    }

    /// <summary>One stock pauses and comes back with an auction; one trade is broken; the rarer messages appear.</summary>
    private void WritePause(ItchOutput output, long time)
    {
        output.AdvanceTo(time);
        MadeUpStock stock = _stocks[0];
        WriteAction(output, stock, (byte)'P');
        WriteImbalance(output, stock, (byte)'H');
        output.WriteBare(ItchMessageType.PriceCollar, stock.Locate, stock.Symbol);
        WriteAction(output, stock, (byte)'Q');
        output.AdvanceTo(time + Second);
        WritePrint(output, stock, (byte)'H', 1_000, stock.Price);
        WriteAction(output, stock, (byte)'T');
        output.Write(new ItchBrokenTrade { Header = output.Header(ItchMessageType.BrokenTrade, stock.Locate), Match = 1 });
        output.WriteBare(ItchMessageType.RetailPriceImprovement, stock.Locate, stock.Symbol);
    }

    private static void WriteSystem(ItchOutput output, long time, byte code)
    {
        output.AdvanceTo(time);
        output.Write(new ItchSystemEvent { Header = output.Header(ItchMessageType.SystemEvent), Event = code });
    }

    private static void WriteAction(ItchOutput output, MadeUpStock stock, byte state) =>
        output.Write(new ItchTradingAction { Header = output.Header(ItchMessageType.TradingAction, stock.Locate), Stock = stock.Symbol, State = state, Reserved = (byte)' ', Reason = 0x20202020 });

    private static void WriteImbalance(ItchOutput output, MadeUpStock stock, byte cross) => output.Write(new ItchNetOrderImbalance
    {
        Header = output.Header(ItchMessageType.NetOrderImbalance, stock.Locate),
        Paired = 1_000,
        Imbalance = 100,
        Direction = (byte)'B',
        Stock = stock.Symbol,
        FarPrice = stock.Price,
        NearPrice = stock.Price,
        ReferencePrice = stock.Price,
        Cross = cross,
        Variation = (byte)'L',
    });

    private static void WritePrint(ItchOutput output, MadeUpStock stock, byte cross, ulong shares, uint price) => output.Write(new ItchCrossTrade
    {
        Header = output.Header(ItchMessageType.CrossTrade, stock.Locate),
        Shares = shares,
        Stock = stock.Symbol,
        Price = price,
        Match = output.NextMatch(),
        Cross = cross,
    });
}
