using System.CommandLine;

namespace MiniTrader.DataTools;

/// <summary>The options of every import that say when its instruments trade.</summary>
internal sealed class SessionSettings
{
    private readonly Option<string?> _sessions = new("--sessions") { Description = "When the instruments trade, such as 09:30-16:00@America/New_York (Mon-Fri), Sun-Thu 18:00-17:00@America/Chicago, or none: without a break" };
    private readonly Option<string?> _holidays = new("--holidays") { Description = "Dates that differ, with commas between: 2024-12-25 (no session), 2024-07-03=13:00 (early close), 2024-07-05=/11:00 (late open), 2024-07-04=13:00/18:00 (closed between)" };

    public SessionSettings(Command command)
    {
        command.Add(_sessions);
        command.Add(_holidays);
    }

    public bool IsContinuous(ParseResult parsed) => parsed.GetValue(_sessions) == SessionText.Continuous;

    public TradingCalendar? Calendar(ParseResult parsed)
    {
        string? sessions = parsed.GetValue(_sessions), holidays = parsed.GetValue(_holidays);
        bool isSaid = sessions is not null and not SessionText.Continuous;
        if (holidays is not null && !isSaid) throw new ImportException("--holidays needs --sessions, whose days it takes out.");
        return isSaid ? SessionText.Parse(sessions!, holidays) : null;
    }
}
