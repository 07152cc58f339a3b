#:project ../../MiniTrader.Cli/MiniTrader.Cli.csproj
#:property PublishAot=false

// A whole trading program in one file. Run it from anywhere:
//
//     dotnet run EmaCross.cs -- backtest --data generated
//     dotnet run EmaCross.cs -- backtest --data ./catalog --instruments SPY --set fast=10 --set slow=50
//     dotnet run EmaCross.cs -- backtest --help

using MiniTrader.Cli;
using MiniTrader.Model;
using MiniTrader.Portfolio;
using MiniTrader.Strategies;

return await TraderCli.RunAsync<EmaCross>(args);

/// <summary>Long while the fast average of the mid price is above the slow one, flat otherwise.</summary>
public sealed class EmaCross(InstrumentId instrument, Quantity size, int fast = 12, int slow = 26) : Strategy
{
    private Ema _fast = new(fast);
    private Ema _slow = new(slow);

    public override void OnQuote(in QuoteTick quote)
    {
        bool above = _fast.Update(quote.Mid) > _slow.Update(quote.Mid);
        if (!_slow.IsWarm || Orders.HasWorking(instrument)) return;

        ref readonly Position position = ref Portfolio[instrument];
        if (above && position.IsFlat) Orders.Buy(instrument, size);
        else if (!above && position.IsLong) Orders.Sell(instrument, position.Quantity);
    }
}
