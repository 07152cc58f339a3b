using System.CommandLine;
using System.Globalization;
using MiniTrader.Exchange;
using MiniTrader.Model;
using MiniTrader.Ring;
using MiniTrader.Sessions;

namespace MiniTrader.Cli;

/// <summary><c>exchange</c>: opens the simulated venue as a FIX acceptor, says where it listens, and closes it when it is told to or the time is up.</summary>
internal sealed class ExchangeCommand
{
    private static readonly ExchangeOptions _standard = new();

    private readonly Option<string> _port = OptionForms.Text("--port", "N", "Port to listen on; 0 lets the system choose and says which. [9878]", null, "-p");
    private readonly Option<string> _host = OptionForms.Text("--host", "ADDRESS", $"Interface to listen on, 0.0.0.0 or :: for all. [{_standard.Host}]");
    private readonly Option<string> _name = OptionForms.Text("--name", "COMPID", $"The exchange's own CompID; clients log on under any other. [{_standard.CompId}]");
    private readonly Option<string> _dropCopy = OptionForms.Text("--drop-copy", "COMPID", $"CompID of the session that hears every execution of all clients. [{_standard.DropCopy}]");
    private readonly Option<string> _settings = OptionForms.Text("--settings", "FILE", "QuickFIX session settings of acceptors, instead of host, port and names.");
    private readonly Option<string> _store = OptionForms.Text("--store", "DIR", "Keep messages and sequence numbers in files there; in memory when left out.");
    private readonly Option<string> _clients = OptionForms.Text("--clients", "N", $"Most clients. [{_standard.ClientCapacity}]");
    private readonly Option<string> _data = OptionForms.Text("--data", "DIR|generated[:k=v,…]", "Catalog folder, or a seeded synthetic market. [generated]", null, "-d");
    private readonly Option<string[]> _instruments = OptionForms.List("--instruments", "A,B", "Instruments by symbol or full name; all that the data has when left out.", "-i");
    private readonly Option<string[]> _kinds = OptionForms.List("--kinds", "quotes,trades", "Which prices and books are seen; all that there are when left out. Halts, splits, dividends and funding come with any (no-status and no-actions leave them out).");
    private readonly Option<string> _from = OptionForms.Text("--from", "TIME", "First instant (UTC), such as 2013-10-07T14:30.");
    private readonly Option<string> _to = OptionForms.Text("--to", "TIME", "Last instant, exclusive.");
    private readonly Option<string> _speed = OptionForms.Text("--speed", "X|max", "Seconds of the market in one second; max is as fast as it can be read. [1]");
    private readonly Option<string> _maxGap = OptionForms.Text("--max-gap", "TIME", "Longer silences of the data, such as nights, are left out. [10s]");
    private readonly Option<string[]> _venue = OptionForms.List("--venue", "k=v", "An option of the simulated venue, such as latency=250us or queue=risk-averse; a wrong name lists them all.");
    private readonly Option<string> _seconds = OptionForms.Text("--seconds", "S", "End after this long; without it Ctrl-C ends it.");
    private readonly Option<bool> _json = new("--json") { Description = "Say where it listens, and at the end what it did, as lines of JSON." };

    public static Command Create()
    {
        ExchangeCommand options = new();
        Command command = new("exchange", "Opens the simulated venue as a FIX 4.2 and 4.4 acceptor over replayed or generated market data.")
        {
            options._port, options._host, options._name, options._dropCopy, options._settings, options._store, options._clients, options._data,
            options._instruments, options._kinds, options._from, options._to, options._speed, options._maxGap, options._venue, options._seconds, options._json,
        };
        command.SetAction(options.Run);
        HelpExamples.Add(command,
            ("A generated market at real time", "exchange --port 9878"),
            ("Recorded data, ten times as fast, with a delay on every message", "exchange --data ./catalog --instruments SPY --speed 10 --venue latency=250us"),
            ("For two seconds, on any free port", "exchange --port 0 --seconds 2"));
        return command;
    }

    private int Run(ParseResult parsed)
    {
        RunConfig data = new()
        {
            Data = parsed.GetValue(_data) ?? "generated",
            Instruments = OptionForms.Items(parsed.GetValue(_instruments)) ?? [],
            Kinds = OptionForms.Items(parsed.GetValue(_kinds)) ?? [],
            From = parsed.GetValue(_from),
            To = parsed.GetValue(_to),
        };
        TimeSpan? limit = parsed.GetValue(_seconds) is { } seconds ? TimeSpan.FromSeconds(Number(seconds, "--seconds", 0.001, 1e9)) : null;
        bool isJson = parsed.GetValue(_json);
        using ExchangeSession exchange = ExchangeSession.Open(data, ToOptions(parsed));
        foreach (string note in exchange.Notes) Console.Error.WriteLine(note);
        using StopSignal stop = new();
        exchange.Start();
        ExchangeText.WriteOpen(exchange, isJson);
        Wait(exchange, limit, stop.Token);
        exchange.Stop();
        ExchangeText.WriteClosed(exchange.Counts, isJson);
        return ExitCode.Done;
    }

    // A thread that has failed ends the wait; Stop throws what ended it.
    private static void Wait(ExchangeSession exchange, TimeSpan? limit, CancellationToken stop)
    {
        long end = limit is { } time ? Environment.TickCount64 + (long)time.TotalMilliseconds : long.MaxValue;
        while (exchange.Fault is null && Environment.TickCount64 < end && !stop.WaitHandle.WaitOne(50))
        {
        }
    }

    private ExchangeOptions ToOptions(ParseResult parsed)
    {
        VenueOptions venue = ExchangeOptions.StandardVenue;
        foreach ((string key, string value) in VenuePairs.Over([], Pairs.Over([], parsed.GetValue(_venue), "--venue", "latency=250us"))) venue = venue.With(key, value);
        return _standard with
        {
            Host = parsed.GetValue(_host) ?? _standard.Host,
            Port = (int)Number(parsed.GetValue(_port) ?? "9878", "--port", 0, 65_535, isWhole: true),
            CompId = parsed.GetValue(_name) ?? _standard.CompId,
            DropCopy = parsed.GetValue(_dropCopy) ?? _standard.DropCopy,
            SettingsFile = parsed.GetValue(_settings),
            StorePath = parsed.GetValue(_store),
            ClientCapacity = parsed.GetValue(_clients) is { } clients ? (int)Number(clients, "--clients", 1, 4_096, isWhole: true) : _standard.ClientCapacity,
            Speed = parsed.GetValue(_speed) switch { null => 1, "max" => double.PositiveInfinity, { } speed => Number(speed, "--speed", 1e-6, 1e9) },
            MaxGapNanoseconds = parsed.GetValue(_maxGap) is { } gap ? Length(gap, "--max-gap") : _standard.MaxGapNanoseconds,
            Venue = venue,
        };
    }

    private static double Number(string text, string option, double low, double high, bool isWhole = false) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value >= low && value <= high && (!isWhole || value == Math.Floor(value))
            ? value
            : throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"'{option} {text}' must be a {(isWhole ? "whole " : "")}number from {low:0.######} to {high:0.######}."));

    private static long Length(string text, string option)
    {
        try
        {
            return Duration.Parse(text).Nanoseconds;
        }
        catch (FormatException e)
        {
            throw new ArgumentException($"{option}: {e.Message}", e);
        }
    }
}
