using System.CommandLine;
using MiniTrader.Exchange;
using MiniTrader.Ring;
using MiniTrader.Sessions;

namespace MiniTrader.Cli;

/// <summary><c>backtest</c>: options to a <see cref="RunConfig"/>, the session, the outcome to the console.</summary>
internal static class BacktestCommand
{
    public static Command Create(Func<StrategyLibrary> library, string? own, Func<VenueOptions, VenueOptions>? models, ProcessGuard guard)
    {
        BacktestOptions options = new(own);
        Command command = new("backtest", "Runs strategies over recorded or generated market data and writes a run folder.");
        foreach (Option option in options.All) command.Options.Add(option);
        command.SetAction(parsed => Run(options.ToConfig(parsed), library(), models, guard, parsed.GetValue(options.Json)));

        string strategy = own is null ? " --strategy EmaCross" : "";
        HelpExamples.Add(command,
            ("A generated market, no data needed", $"backtest{strategy}"),
            ("A longer one with another seed", $"backtest{strategy} --data generated:seed=7,rows=5000000"),
            ("Recorded data, one week, other settings", $"backtest{strategy} --data ./catalog --instruments SPY --from 2013-10-07 --to 2013-10-14 --set fast=10 --set slow=50"),
            ("Costs and delays", $"backtest{strategy} --fees maker=-0.0001,taker=0.0005 --latency 250us --slippage ticks=1"),
            ("A strategy of your own, built into a library", "backtest --strategy ./MyStrategies.dll:Breakout --data ./catalog"),
            ("The same run again", "backtest --config runs/NAME/config.json"),
            ("For a script", $"backtest{strategy} --json | tail -1"));
        return command;
    }

    private static int Run(RunConfig config, StrategyLibrary library, Func<VenueOptions, VenueOptions>? models, ProcessGuard guard, bool json)
    {
        IRunView view = RunView.Choose(json);
        using StopSignal stop = new();
        RunOutcome outcome;
        try
        {
            outcome = view.Watch(progress => BacktestSession.Run(config, library, progress, start =>
            {
                guard.UnfinishedRun = start.WorkFolder;
                view.Begin(start);
            }, models, stop.Token));
        }
        finally
        {
            guard.UnfinishedRun = null;
        }

        view.Show(outcome);

        // A run that was stopped has closed its folder like any other, and its notes say how far it came.
        return stop.Token.IsCancellationRequested ? ExitCode.Failed : ExitCode.Done;
    }
}
