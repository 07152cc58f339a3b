using System.CommandLine;
using MiniTrader.Exchange;
using MiniTrader.Sessions;

namespace MiniTrader.Cli;

/// <summary>The verbs, and the way from arguments to an exit code.</summary>
internal static class CommandTree
{
    /// <param name="args">Arguments as the process got them.</param>
    /// <param name="library">Makes the library of strategies, for the verbs that need it.</param>
    /// <param name="own">The strategy that runs when none is named; null when one must be.</param>
    /// <param name="models">What the program puts over the venue's options; null for nothing.</param>
    public static int Run(string[] args, Func<StrategyLibrary> library, string? own, Func<VenueOptions, VenueOptions>? models = null)
    {
        using ProcessGuard guard = new();
        try
        {
            ParseResult parsed = Create(library, own, models, guard).Parse(args.Length > 0 ? args : ["--help"]);
            if (parsed.Errors.Count > 0) return Failure.Show(Explain(parsed), ExitCode.BadInput);
            if (EmptyValues.Explain(parsed) is { } empty) return Failure.Show(empty, ExitCode.BadInput);
            int code = parsed.Invoke(new() { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
            return args.Length > 0 ? code : ExitCode.BadInput;
        }
        catch (Exception e)
        {
            return Failure.Show(e);
        }
    }

    private static string Explain(ParseResult parsed)
    {
        string program = parsed.RootCommandResult.Command.Name;
        string verb = parsed.CommandResult.Command is RootCommand ? "" : parsed.CommandResult.Command.Name + " ";
        string fault = parsed.UnmatchedTokens.Count == 0
            ? parsed.Errors[0].Message
            : verb.Length == 0 ? $"There is no verb '{parsed.UnmatchedTokens[0]}'."
            : parsed.UnmatchedTokens[0].StartsWith('-') ? $"'{parsed.UnmatchedTokens[0]}' is no option of {verb.TrimEnd()}."
            : parsed.CommandResult.Command.Arguments is [var only] ? $"'{parsed.UnmatchedTokens[0]}' is one too many: {verb}takes one {only.Name}."
            : $"'{parsed.UnmatchedTokens[0]}' stands behind no option of {verb.TrimEnd()}.";
        return $"{fault} Run '{program} {verb}--help' to see what there is.";
    }

    private static RootCommand Create(Func<StrategyLibrary> library, string? own, Func<VenueOptions, VenueOptions>? models, ProcessGuard guard)
    {
        RootCommand root = new("Runs trading strategies over tick data and reports what came of it.")
        {
            BacktestCommand.Create(library, own, models, guard),
            ReportCommand.Create(),
            JournalCommand.Create(),
            StrategiesCommand.Create(library),
            ExchangeCommand.Create(),
        };
        HelpExamples.Add(root,
            ("Run a sample over a generated market", "backtest --strategy EmaCross"),
            ("See every option of a verb", "backtest --help"));
        return root;
    }
}
