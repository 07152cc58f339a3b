using System.CommandLine;
using System.Globalization;
using MiniTrader.Exchange;
using MiniTrader.Model;
using MiniTrader.Sessions;

namespace MiniTrader.Cli;

/// <summary>The options of a backtest and how they become its <see cref="RunConfig"/>: a flag overrides the config file, the file the defaults.</summary>
internal sealed class BacktestOptions(string? own)
{
    private static readonly RunConfig _defaults = new();

    private readonly Option<string[]> _strategy = new("--strategy", "-s")
    {
        HelpName = "NAME|FILE.dll[:NAME]",
        Description = (own is null ? "Strategy to run" : $"Strategy to run instead of {own}") + "; may be given more than once. 'strategies' lists the names.",
    };

    private readonly Option<string> _data = OptionForms.Text("--data", "DIR|generated[:k=v,…]", "Catalog folder, or a seeded synthetic market.", _defaults.Data, "-d");
    private readonly Option<string[]> _instruments = OptionForms.List("--instruments", "A,B", "Instruments by symbol or full name; all that the data has when left out.", "-i");
    private readonly Option<string[]> _kinds = OptionForms.List("--kinds", "quotes,trades,bars-1m", "Which prices and books are seen; all that there are when left out. Halts, splits, dividends and funding come with any (no-status and no-actions leave them out).");
    private readonly Option<string> _from = OptionForms.Text("--from", "TIME", "First instant (UTC), such as 2013-10-07 or 2013-10-07T14:30.");
    private readonly Option<string> _to = OptionForms.Text("--to", "TIME", "Last instant, exclusive.");
    private readonly Option<string[]> _set = OptionForms.List("--set", "k=v", "A strategy's setting, such as fast=10; Type.name=value for one of several strategies.");

    private readonly Option<string> _fees = OptionForms.Text("--fees", "MODEL", "none, maker=RATE,taker=RATE, per-share=AMOUNT[,min=AMOUNT|,rebate=AMOUNT], fixed=AMOUNT or tiers(VALUE:MAKER/TAKER,…); behind it buy=RATE, sell=RATE. [none]");
    private readonly Option<string> _latency = OptionForms.Text("--latency", "[LEG=]MODEL,…", "Delay between strategy and venue: 250us, 0.5ms..2ms, lognormal(median=250us,sigma=0.5), recorded(FILE) or spikes(base=…,chance=…,extra=…), for all legs or for entry=, new=, replace=, cancel=, response=, feed=. [1ms]");
    private readonly Option<string> _queue = OptionForms.Text("--queue", "MODEL", "How the queue ahead of a resting order shrinks: risk-averse, fifo, probabilistic:log, probabilistic:log2, probabilistic:power(K), probabilistic:power2(K) or probabilistic:power3(K). [risk-averse]");
    private readonly Option<string> _slippage = OptionForms.Text("--slippage", "MODEL", "none, ticks=N, bps=N, spread=FRACTION, volume(impact=N) or sqrt(y=N,sigma=FRACTION). [none]");
    private readonly Option<string> _feedLatency = OptionForms.Text("--feed-latency", "MODEL", "Delay from venue to strategy of data that has one time only, as feed= of --latency.", _defaults.FeedLatency);
    private readonly Option<string[]> _venue = OptionForms.List("--venue", "k=v", "Any other option of the simulated venue; a wrong name lists them all.");

    private readonly Option<string> _cash = OptionForms.Text("--cash", "AMOUNT", "Cash at the start.", _defaults.Cash.ToString(CultureInfo.InvariantCulture));
    private readonly Option<string> _currency = OptionForms.Text("--currency", "CODE", "Currency of the account.", _defaults.Currency);
    private readonly Option<string[]> _rate = OptionForms.List("--rate", "EUR=1.1", "What one unit of another currency is worth in the account's.");
    private readonly Option<string[]> _carry = OptionForms.List("--carry", "k=v", "What holding costs and how it ends, such as borrow=0.03 or roll=on, or margin-maintenance=0.25 with margin-initial=0.5; a wrong name lists them all.");
    private readonly Option<string[]> _risk = OptionForms.List("--risk", "k=v", "A limit before orders leave, such as max-position=1000; a wrong name lists them all.");

    private readonly Option<string> _config = OptionForms.Text("--config", "FILE", "Settings from a file, such as an earlier run's config.json; options given here override it.", null, "-c");
    private readonly Option<string> _out = OptionForms.Text("--out", "DIR", "Run folder to write; one below runs/ when left out.", null, "-o");
    private readonly Option<string> _seed = OptionForms.Text("--seed", "N", "Seed of random latencies, the venue's and the feed's; a generated market has its own, as in generated:seed=7.", _defaults.Seed.ToString(CultureInfo.InvariantCulture));
    private readonly Option<string> _equityInterval = OptionForms.Text("--equity-interval", "TIME", "Time between two samples of the equity.", _defaults.EquityInterval);
    private readonly Option<string> _journal = OptionForms.Text("--journal", "none|orders|full", "What is journaled: nothing, orders and reports, or every market event as well.", _defaults.Journal);
    private readonly Option<bool> _threaded = new("--threaded") { Description = "Decode the data on a thread of its own." };
    private readonly Option<string> _core = OptionForms.Text("--core", "N", "Pin the engine's thread to this core.");
    private readonly Option<bool> _verify = new("--verify") { Description = "Check every checksum of the data while it is read." };

    /// <summary>One JSON object instead of tables.</summary>
    public Option<bool> Json { get; } = new("--json") { Description = "Print the summary as one line of JSON, and nothing else on standard output." };

    /// <summary>Every option in the order of the help.</summary>
    public IEnumerable<Option> All =>
    [
        _strategy, _data, _instruments, _kinds, _from, _to, _set,
        _fees, _latency, _slippage, _queue, _feedLatency, _venue,
        _cash, _currency, _rate, _carry, _risk,
        _config, _out, _seed, _equityInterval, _journal, _threaded, _core, _verify, Json,
    ];

    /// <exception cref="ArgumentException">The config file cannot be read, or a pair or number is none.</exception>
    public RunConfig ToConfig(ParseResult parsed)
    {
        CheckValues(parsed);
        RunConfig config = parsed.GetValue(_config) is { } file ? RunConfig.Load(file) : _defaults;
        string[] strategies = parsed.GetValue(_strategy) is { Length: > 0 } named ? named : [.. config.Strategies];
        if (strategies.Length == 0 && own is not null) strategies = [own];

        Dictionary<string, string> venue = Pairs.Over([], parsed.GetValue(_venue), "--venue", "depth-levels=5");
        foreach ((string key, Option<string> option) in (ReadOnlySpan<(string, Option<string>)>)
            [("fees", _fees), ("latency", _latency), ("queue", _queue), ("slippage", _slippage)])
        {
            if (parsed.GetValue(option) is { } value) venue[key] = value;
        }

        venue = VenuePairs.Over(config.Venue, venue);
        venue.Remove(LatencyKeys.Feed, out string? feedLeg);
        return config with
        {
            Strategies = strategies,
            Settings = Pairs.Over(config.Settings, parsed.GetValue(_set), "--set", "fast=10"),
            Data = parsed.GetValue(_data) ?? config.Data,
            Instruments = OptionForms.Items(parsed.GetValue(_instruments)) ?? config.Instruments,
            Kinds = OptionForms.Items(parsed.GetValue(_kinds)) ?? config.Kinds,
            From = parsed.GetValue(_from) ?? config.From,
            To = parsed.GetValue(_to) ?? config.To,
            Cash = Number<decimal>(parsed, _cash, "an amount such as 250000.50") ?? config.Cash,
            Currency = parsed.GetValue(_currency) ?? config.Currency,
            Rates = Rates(config.Rates, parsed.GetValue(_rate)),
            Venue = venue,
            Carry = Pairs.Over(config.Carry, parsed.GetValue(_carry), "--carry", "borrow=0.03"),
            Risk = Pairs.Over(config.Risk, parsed.GetValue(_risk), "--risk", "max-position=1000"),
            FeedLatency = parsed.GetValue(_feedLatency) ?? feedLeg ?? config.FeedLatency,
            Seed = Number<ulong>(parsed, _seed, "a whole number, zero or above") ?? config.Seed,
            EquityInterval = parsed.GetValue(_equityInterval) ?? config.EquityInterval,
            Journal = parsed.GetValue(_journal) ?? config.Journal,
            Threaded = parsed.GetValue(_threaded) || config.Threaded,
            Core = Number<int>(parsed, _core, "the number of a core, from 0") ?? config.Core,
            Verify = parsed.GetValue(_verify) || config.Verify,

            // A config that a run wrote names that run's folder: running it again makes another.
            Out = parsed.GetValue(_out),
        };
    }

    /// <summary>What is wrong in an option's value is said of the option, as it was written: a session knows only its own words for it.</summary>
    private void CheckValues(ParseResult parsed)
    {
        Check(parsed, _from, text => Timestamp.Parse(text));
        Check(parsed, _to, text => Timestamp.Parse(text));
        Check(parsed, _equityInterval, text => Duration.Parse(text));
        Check(parsed, _feedLatency, text => LatencyModel.Parse(text));
        Check(parsed, _latency, text =>
        {
            foreach ((_, string leg) in LatencyKeys.Expand(LatencyKeys.All, text)) LatencyModel.Parse(leg);
            return text;
        });
        Check(parsed, _fees, text => FeeModel.Parse(text));
        Check(parsed, _queue, text => QueueModel.Parse(text));
        Check(parsed, _slippage, text => SlippageModel.Parse(text));
        Check(parsed, _currency, text => Currency.Parse(text));
    }

    private static void Check<T>(ParseResult parsed, Option<string> option, Func<string, T> parse)
    {
        if (parsed.GetValue(option) is not { } text) return;
        try
        {
            parse(text);
        }
        catch (Exception e) when (e is FormatException or ArgumentException or OverflowException)
        {
            throw new ArgumentException($"{option.Name}: {e.Message}", e);
        }
    }

    private static Dictionary<string, decimal> Rates(IReadOnlyDictionary<string, decimal> config, string[]? given)
    {
        Dictionary<string, decimal> rates = new(config, StringComparer.OrdinalIgnoreCase);
        foreach ((string currency, string text) in Pairs.Over([], given, "--rate", "EUR=1.1"))
        {
            rates[currency] = decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal rate) && rate > 0m
                ? rate
                : throw new ArgumentException($"'--rate {currency}={text}' has no number above zero behind the equals sign. Write it like --rate EUR=1.1.");
        }

        return rates;
    }

    // Numbers are options of text: an option of a number would be compiled anew at every start, once for each type of number.
    private static T? Number<T>(ParseResult parsed, Option<string> option, string kind)
        where T : struct, IParsable<T>
    {
        if (parsed.GetValue(option) is not { } text) return null;

        // The library would leave commas out: 1000,50 is no hundred thousand.
        return !text.Contains(',', StringComparison.Ordinal) && T.TryParse(text, CultureInfo.InvariantCulture, out T value) ? value : throw new ArgumentException($"'{option.Name} {text}' is not a number that fits: it takes {kind}.");
    }
}
