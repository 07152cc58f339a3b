using MiniTrader.Exchange;
using MiniTrader.Samples;
using MiniTrader.Sessions;
using MiniTrader.Strategies;

namespace MiniTrader.Cli;

/// <summary>
/// The whole command line as one call: <c>minitrader</c> itself, and any program of a user's own that hands over its arguments.
/// Exit codes: 0 done, 1 the run failed or was stopped, 2 bad usage or bad input.
/// </summary>
public static class TraderCli
{
    /// <summary>Runs the command line over the sample strategies.</summary>
    public static Task<int> RunAsync(string[] args) =>
        Task.FromResult(CommandTree.Run(args, () => new StrategyLibrary(typeof(EmaCross).Assembly), own: null));

    /// <summary>
    /// Runs the command line over the strategies of a program; <typeparamref name="TStrategy"/> is the one that runs when
    /// <c>--strategy</c> names none.
    /// </summary>
    /// <param name="args">Arguments as the process got them.</param>
    /// <param name="models">
    /// Puts models of the program's own code over the venue's options of a backtest, such as <c>venue => venue with { Fees = FeeModel.Custom(new MyFees()) }</c>;
    /// called once a run. Null leaves what the arguments say.
    /// </param>
    public static Task<int> RunAsync<TStrategy>(string[] args, Func<VenueOptions, VenueOptions>? models = null)
        where TStrategy : Strategy =>
        Task.FromResult(CommandTree.Run(args, () => new StrategyLibrary(typeof(TStrategy).Assembly).With(typeof(TStrategy)), typeof(TStrategy).Name, models));
}
