#:project ../../MiniTrader.Cli/MiniTrader.Cli.csproj
#:property PublishAot=false

// A trading program that brings its own models of the venue, each in a few lines. Run it from anywhere:
//
//     dotnet run OwnCosts.cs -- backtest --data generated
//     dotnet run OwnCosts.cs -- backtest --data ./catalog --instruments SPY --set size=200
//
// What the command line says of the venue holds where the code below says nothing. config.json of a run names the models, and the same
// program runs it again: dotnet run OwnCosts.cs -- backtest --config runs/NAME/config.json

using MiniTrader.Cli;
using MiniTrader.Exchange;
using MiniTrader.Model;
using MiniTrader.Portfolio;
using MiniTrader.Strategies;

return await TraderCli.RunAsync<BestBidder>(args, venue => venue with
{
    Fees = FeeModel.Custom(new CappedFees(perShare: 0.0035m, atLeast: 0.35m, atMostOfValue: 0.01m)),
    Slippage = SlippageModel.Custom(new SizeSlippage()),
    NewLatency = LatencyModel.Custom(new BusyOpen()),
    Queue = QueueModel.Custom(new HalfTheQueue()),
});

/// <summary>Bids at the best price and, once it holds shares, offers them at the best ask; an order that the market left follows it.</summary>
public sealed class BestBidder(InstrumentId instrument, Quantity size) : Strategy
{
    private ClientOrderId _order;

    public override void OnQuote(in QuoteTick quote)
    {
        if (!quote.IsTwoSided) return;
        bool isLong = Portfolio[instrument].IsLong;
        Price price = isLong ? quote.Ask : quote.Bid;
        if (!Orders.HasWorking(instrument)) _order = isLong ? Orders.SellLimit(instrument, Portfolio[instrument].Quantity, price) : Orders.BuyLimit(instrument, size, price);
        else if (Orders.TryGet(_order, out OrderRecord order) && order.LimitPrice != price) Orders.Cancel(_order);
    }
}

/// <summary>A broker's fee by the share, with a minimum for a fill and never above a part of its value.</summary>
public sealed class CappedFees(decimal perShare, decimal atLeast, decimal atMostOfValue) : CustomFees
{
    public override decimal Of(in FeeBasis fill) => Math.Min(Math.Max(fill.Quantity.ToDecimal() * perShare, atLeast), fill.Value * atMostOfValue);
}

/// <summary>A tick worse for each thousand that an order takes.</summary>
public sealed class SizeSlippage : CustomSlippage
{
    public override Price Distance(in SlippageBasis fill) => new((long)(fill.Tick.Raw * (fill.Quantity.ToDecimal() / 1_000m)));
}

/// <summary>2 ms in the first minutes of an hour in which everybody sends, 200 µs else, give or take a tenth.</summary>
public sealed class BusyOpen : CustomLatency
{
    public override LatencyDraw Draw(LatencyLeg leg, Timestamp at, ref SeededRandom random)
    {
        long usual = at.NanosecondsOfDay % Timestamp.NanosecondsPerHour < 5 * Timestamp.NanosecondsPerMinute ? 2_000_000 : 200_000;
        return new(usual - (usual / 10) + random.NextInt64(usual / 5));
    }
}

/// <summary>Whoever cancels stands behind us half of the time, wherever we are.</summary>
public sealed class HalfTheQueue : CustomQueue
{
    public override double ChanceBehind(double front, double behind) => 0.5;
}
