using System.CommandLine;
using MiniTrader.Feeds;

namespace MiniTrader.DataTools;

/// <summary><c>generate</c>: a synthetic market into a catalog.</summary>
internal static class GenerateCommand
{
    private static readonly (string Key, string Help)[] _keys =
    [
        ("seed", "The same seed gives the same events (1)"),
        ("rows", "Quotes and trades of all instruments together, such as 20M (1M)"),
        ("instruments", "Number of instruments, GEN1 and so on (2)"),
        ("start", "First trading day (2024-01-02)"),
        ("days", "Trading days that share the rows (derived from the rows)"),
        ("trades", "Share of trades among the events (0.2)"),
        ("volatility", "Standard deviation of a day's return (0.015)"),
        ("correlation", "Share of the variance that is common to all instruments (0.7)"),
    ];

    public static Command Create(ToolConsole console)
    {
        Command command = new("generate", "Makes a seeded market: quotes and trades with intraday volume, spreads, volatility clusters, correlated instruments");
        Argument<string?> text = new("MARKET") { Description = "All of it as text: generated:seed=7,rows=2M,instruments=2", Arity = ArgumentArity.ZeroOrOne };
        command.Add(text);
        Option<string>[] options = [.. _keys.Select(k => new Option<string>("--" + k.Key) { Description = k.Help })];
        foreach (Option<string> option in options) command.Add(option);
        CatalogSettings catalog = new(command);
        command.SetAction(parsed => DataToolsCli.Guard(console, () =>
        {
            IEnumerable<string> keys = options.Where(o => parsed.GetValue(o) is not null).Select(o => $"{o.Name[2..]}={parsed.GetValue(o)}");
            string market = parsed.GetValue(text) ?? GeneratedMarketOptions.Prefix;
            if (!market.Contains(':', StringComparison.Ordinal) && !market.Contains('=', StringComparison.Ordinal)) market += ":";
            string[] parts = [market, .. keys];
            new GenerateJob
            {
                Catalog = catalog.Catalog(parsed),
                FileOptions = catalog.Files(parsed),
                Market = GeneratedMarketOptions.Parse(string.Join(',', parts)),
            }.Run(console);
            return DataToolsCli.Done;
        }));
        return command;
    }
}
