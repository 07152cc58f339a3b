using System.CommandLine;
using MiniTrader.Feeds;

namespace MiniTrader.DataTools;

/// <summary><c>generate</c>: a synthetic market into a catalog, or a day of an exchange's messages into a file.</summary>
internal static class GenerateCommand
{
    private static readonly (string Key, string Help)[] _keys =
    [
        ("seed", "The same seed gives the same events [default: 1]"),
        ("rows", "Quotes and trades of all instruments together, such as 20M [default: 1M]"),
        ("instruments", "Number of instruments [default: 2, GEN1 and GEN2; with --format itch 100 stocks]"),
        ("start", "First trading day [default: 2024-01-02]"),
        ("days", "Trading days that share the rows [default: derived from the rows]"),
        ("trades", "Share of trades among the events [default: 0.2]"),
        ("volatility", "Standard deviation of a day's return [default: 0.015]"),
        ("correlation", "Share of the variance that is common to all instruments [default: 0.7]"),
    ];

    public static Command Create(ToolConsole console)
    {
        Command command = new("generate", "Makes a seeded market: quotes and trades with intraday volume, spreads, volatility clusters, correlated instruments");
        Argument<string?> text = new("MARKET") { Description = "All of it as text: generated:seed=7,rows=2M,instruments=2", Arity = ArgumentArity.ZeroOrOne };
        command.Add(text);
        Option<string>[] options = [.. _keys.Select(k => new Option<string>("--" + k.Key) { Description = k.Help })];
        foreach (Option<string> option in options) command.Add(option);
        CatalogSettings catalog = new(command, isRequired: false);
        Option<string> format = new("--format") { Description = "catalog: quotes and trades into --catalog; itch: NASDAQ ITCH 5.0 messages of one day into --out", DefaultValueFactory = _ => "catalog" };
        format.AcceptOnlyFromAmong("catalog", "itch");
        Option<string?> target = new("--out") { Description = "The file to write with --format itch; packed when it ends in .gz" };
        command.Add(format);
        command.Add(target);
        HelpExamples.Add(
            command,
            "generate --catalog ./catalog --rows 20M --instruments 4 --seed 7",
            "generate generated:rows=2M,days=5 --catalog ./catalog --compression lz4",
            "generate --format itch --rows 1M --instruments 20 --out 20240105.itch.gz");
        command.SetAction(parsed => DataToolsCli.Guard(console, () =>
        {
            if (parsed.GetValue(format) == "itch")
            {
                new ItchGenerateJob
                {
                    Path = parsed.GetValue(target) ?? throw new ImportException("--format itch writes one file: name it with --out."),
                    Market = ItchMarket(options.Where(o => parsed.GetValue(o) is not null).ToDictionary(o => o.Name[2..], o => parsed.GetValue(o)!)),
                    Overwrite = catalog.IsOverwriting(parsed),
                }.Run(console);
                return DataToolsCli.Done;
            }

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

    /// <summary>An ITCH day takes rows, seed and instruments; the other settings shape a catalog's market.</summary>
    private static ItchMarketOptions ItchMarket(Dictionary<string, string> given)
    {
        if (given.Keys.FirstOrDefault(k => k is not ("rows" or "seed" or "instruments")) is { } other) throw new ImportException($"--{other} means nothing to --format itch; it takes --rows, --seed and --instruments.");
        GeneratedMarketOptions numbers = GeneratedMarketOptions.Parse($"{GeneratedMarketOptions.Prefix}:{string.Join(',', given.Where(g => g.Key != "instruments").Select(g => $"{g.Key}={g.Value}"))}");
        ItchMarketOptions market = new() { Rows = numbers.Rows, Seed = numbers.Seed };
        if (!given.TryGetValue("instruments", out string? text)) return market;
        return int.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out int stocks)
            ? market with { Stocks = stocks }
            : throw new ImportException($"--instruments {text} is not a number.");
    }
}
