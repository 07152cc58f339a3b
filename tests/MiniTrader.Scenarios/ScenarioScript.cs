using System.Globalization;
using MiniTrader.Exchange;
using MiniTrader.Model;

namespace MiniTrader.Scenarios;

/// <summary>
/// Runs one scenario: reads its input lines in order, drains the venue before each as the engine does, and answers the script
/// as it should read: every input line followed by what the venue said before the next one.
/// </summary>
internal sealed class ScenarioScript
{
    /// <summary>Where the scenarios of the venue are.</summary>
    public static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Venue");

    private readonly List<string> _transcript = [];

    // Text between two inputs stands behind what the venue answered to the first.
    private readonly List<string> _prose = [];
    private readonly List<Instrument> _instruments = [];
    private VenueOptions _options = VenueOptions.Instant;
    private string? _list;
    private InstrumentTable? _table;
    private SimulatedVenue? _venue;
    private readonly Dictionary<ClientOrderId, Timestamp> _sent = [];
    private readonly Dictionary<ClientOrderId, long> _entry = [];
    private bool _explains;

    public static string Run(string script)
    {
        ScenarioScript run = new();
        try
        {
            ScriptLines.Read(script, run.Read);
        }
        catch (VenueInvariantException breach)
        {
            run._transcript.Add(Indented("> the run stops: " + breach.Message));
            run.FlushProse();
            return string.Join('\n', run._transcript) + "\n";
        }

        run.Drain(Timestamp.MaxValue);
        run.FlushProse();
        return string.Join('\n', run._transcript) + "\n";
    }

    private SimulatedVenue Venue => _venue ??= new SimulatedVenue(Table, _options);

    private InstrumentTable Table => _table ??= new InstrumentTable(_instruments);

    private void Read(string line)
    {
        string[] words = line.Split('#', 2)[0].Trim() is "" ? [] : line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        bool isTimed = words.Length > 0 && words[0].Contains(':', StringComparison.Ordinal) && char.IsAsciiDigit(words[0][0]);
        if (!isTimed)
        {
            if (words.Length > 0 && words[0] == "venue") _options = With(_options, line.Trim()["venue".Length..]);
            else if (words.Length > 0 && words[0] == "instrument") _instruments.Add(ScenarioReader.Instrument(words[1..]));
            else if (words.Length == 1 && words[0] == "explain") _explains = true;
            _prose.Add(line);
            return;
        }

        Timestamp time = ScenarioClock.Parse(words[0]);

        // The orders of a list are one message: nothing happens between them.
        string? list = words.FirstOrDefault(w => w.StartsWith("list=", StringComparison.Ordinal));
        if (list is null || list != _list) Drain(time);
        _list = list;
        FlushProse();
        _transcript.Add(line);
        Act(time, words[1], words[2..]);
    }

    private void Act(Timestamp time, string verb, string[] words)
    {
        switch (verb)
        {
            case "quote" or "trade" or "bar" or "status" or "split" or "dividend":
                MarketEvent marketEvent = ScenarioReader.MarketEvent(time, verb, words, Table);
                Venue.OnMarket(marketEvent);
                break;
            case "level" or "add" or "modify" or "delete" or "execute" or "clear":
                Venue.OnMarket(BookReader.Delta(time, verb, words, Table));
                break;
            case "buy" or "sell" or "replace" or "cancel" or "cancel-all":
                OrderCommand command = OrderReader.Read(time, verb, words, Table);
                _sent[command.ClientOrderId] = time;
                if (!Venue.Submit(command)) _transcript.Add(Indented("> refused, the venue's queue is full"));
                break;
            case "book":
                Drain(time);
                string[] lines = Venue.Draw(Table.Find(words[0])).TrimEnd('\n').Split('\n');
                _transcript.AddRange(lines.Select(l => Indented("| " + l)));
                break;
            case "wait":
                break;
            case "end":
                Venue.OnEnd(time);
                break;
            default:
                throw new FormatException($"'{verb}' is no verb of a scenario.");
        }
    }

    private void Drain(Timestamp now)
    {
        if (_instruments.Count == 0) return;
        while (Venue.TryTake(now, out ExecutionReport report)) _transcript.Add(Indented(Line(report)));
    }

    private string Line(in ExecutionReport report)
    {
        if (!_explains) return ReportLine.Format(report);
        bool isAnswer = report.Kind == ReportKind.Accepted || (report.Kind == ReportKind.Replaced && report.Reason == ReasonCode.None);
        if (isAnswer) _entry[report.ClientOrderId] = report.VenueTime - _sent[report.ClientOrderId];
        return ReportLine.Format(report, _entry.GetValueOrDefault(report.ClientOrderId, -1));
    }

    private void FlushProse()
    {
        _transcript.AddRange(_prose);
        _prose.Clear();
    }

    private static string Indented(string text) => "              " + text;

    /// <summary>Files that options name lie beside the scenarios.</summary>
    private static string Full(string option) => option.Replace("recorded(", $"recorded({Folder}{Path.DirectorySeparatorChar}", StringComparison.Ordinal);

    private static VenueOptions With(VenueOptions options, string text)
    {
        foreach (string pair in text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            string[] parts = pair.Split('=', 2);
            options = options.With(parts[0], Full(parts[1]));
        }

        return options;
    }
}
