using System.Globalization;
using MiniTrader.Engine;
using MiniTrader.Exchange;
using MiniTrader.Model;
using MiniTrader.Portfolio;
using MiniTrader.Risk;

namespace MiniTrader.Scenarios;

/// <summary>
/// Runs a scenario of money: a whole engine with risk gate, books and account around the venue, whose strategy writes the orders of the script.
/// Answers the script as it should read: every input line followed by what was denied, reported and booked by then.
/// </summary>
internal sealed class AccountScript
{
    /// <summary>Where these scenarios are.</summary>
    public static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Account");

    private readonly List<string> _transcript = [];
    private readonly List<string> _heard = [];
    private readonly List<Instrument> _instruments = [];
    private readonly ScriptedTrader _trader = new();
    private readonly Dictionary<string, string> _risk = new() { ["collar-bps"] = "off", ["max-order-notional"] = "off", ["max-order-quantity"] = "off", ["max-position"] = "off" };
    private AccountOptions _account = new() { InitialCash = 100_000m };
    private CarryOptions _carry = new();
    private MarginOptions _margin = new();
    private VenueOptions _venue = VenueOptions.Instant with { Depth = DepthModel.Top, StaleAfterNanoseconds = 0 };
    private Ledger? _ledger;
    private TradingEngine<SimulatedVenuePort, AccountRecorder>? _engine;

    public static string Run(string script)
    {
        AccountScript run = new();
        ScriptLines.Read(script, run.Read);
        run._engine?.Finish();
        run.Tell();
        return string.Join('\n', run._transcript) + "\n";
    }

    private void Read(string line)
    {
        string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        _transcript.Add(line);
        if (words.Length > 1 && words[0].Contains(':', StringComparison.Ordinal) && char.IsAsciiDigit(words[0][0])) Act(ScenarioClock.Parse(words[0]), words[1], words[2..]);
        else if (words.Length > 0 && words[0] == "instrument") _instruments.Add(ScenarioReader.Instrument(words[1..]));
        else if (words.Length > 1 && words[0] is "venue" or "carry" or "risk" or "account" && words[1].Contains('=', StringComparison.Ordinal)) words[1..].ToList().ForEach(w => Set(words[0], w.Split('=', 2)));
    }

    private void Set(string what, string[] pair)
    {
        switch (what)
        {
            case "venue": _venue = _venue.With(pair[0], pair[1]); break;
            case "risk": _risk[pair[0]] = pair[1]; break;
            case "carry" when _margin.TryWith(pair[0], pair[1], out MarginOptions margin): _margin = margin; break;
            case "carry": _carry = _carry.With(pair[0], pair[1]); break;
            case "account" when pair[0] == "cash": _account = _account with { InitialCash = decimal.Parse(pair[1], CultureInfo.InvariantCulture) }; break;
            default: _account = _account with { Rates = new Dictionary<Currency, decimal>(_account.Rates) { [Currency.Parse(pair[0])] = decimal.Parse(pair[1], CultureInfo.InvariantCulture) } }; break;
        }
    }

    private void Act(Timestamp time, string verb, string[] words)
    {
        Begin();
        switch (verb)
        {
            case "buy" or "sell":
                _trader.Order(verb == "buy" ? OrderSide.Buy : OrderSide.Sell, Quantity.Parse(words[0]), _ledger!.Instruments.Find(words[1]), words.Length > 3 ? Price.Parse(words[3]) : null);
                Pass(time);
                Pass(time);
                break;
            case "money":
                Pass(time);
                Tell();
                _transcript.AddRange(AccountText.Lines(_ledger!));
                break;
            case "wait":
                Pass(time);
                break;
            default:
                MarketEvent marketEvent = ScenarioReader.MarketEvent(time, verb, words, _ledger!.Instruments);
                _engine!.Process([marketEvent]);
                Pass(time);
                break;
        }

        Tell();
    }

    private void Begin()
    {
        if (_engine is not null) return;
        InstrumentTable table = new(_instruments);
        _ledger = new Ledger(table, 1, _account with { Carry = _carry });
        _engine = new(
            new EngineOptions { EquityInterval = 0, Margin = _margin.Validated() }, _ledger, new RiskGate(_ledger, RiskLimits.Parse(string.Join(',', _risk.Select(r => $"{r.Key}={r.Value}")))), [new StrategySeat(_trader, [])],
            new SimulatedVenuePort(new SimulatedVenue(table, _venue)), new AccountRecorder(table, _heard));
    }

    /// <summary>Lets the engine come to an instant, at which the strategy writes what it was told.</summary>
    private void Pass(Timestamp time)
    {
        MarketEvent signal = default;
        signal.Header = new() { VenueTime = time, ReceivedTime = time, Kind = EventKind.Signal, Flags = EventFlags.ForBoth };
        _engine!.Process([signal]);
    }

    private void Tell()
    {
        _transcript.AddRange(_heard.Select(AccountText.Indented));
        _heard.Clear();
    }
}
