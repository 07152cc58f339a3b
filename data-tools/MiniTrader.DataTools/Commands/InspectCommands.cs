using System.CommandLine;

namespace MiniTrader.DataTools;

/// <summary><c>info</c> and <c>head</c>.</summary>
internal static class InspectCommands
{
    private const int MaxRows = 1_000_000;

    public static Command Info(ToolConsole console)
    {
        Command command = new("info", "Lists the series of a catalog: files, rows, first and last time, size");
        ChoiceSettings choice = new(command, hasRange: false);
        Option<bool> json = new("--json") { Description = "One JSON document" };
        command.Add(json);
        HelpExamples.Add(command, "info --catalog ./catalog", "info --catalog ./catalog --kinds quotes,trades --json");
        command.SetAction(parsed => DataToolsCli.Guard(console, () =>
        {
            new InfoJob { Catalog = choice.Catalog(parsed), Choice = choice.Choice(parsed), Json = parsed.GetValue(json) }.Run(console);
            return DataToolsCli.Done;
        }));
        return command;
    }

    public static Command Head(ToolConsole console)
    {
        Command command = new("head", "Shows the first rows of series");
        ChoiceSettings choice = new(command);
        Option<int> rows = new("--rows") { Description = "Rows of each series", DefaultValueFactory = _ => 10 };
        Option<bool> csv = new("--csv") { Description = "Comma-separated lines" };
        command.Add(rows);
        command.Add(csv);
        HelpExamples.Add(command, "head --catalog ./catalog", "head --catalog ./catalog --instruments IBM --kinds trades --from 2013-10-07T14:30 --rows 20 --csv");
        command.SetAction(parsed => DataToolsCli.Guard(console, () =>
        {
            if (parsed.GetValue(rows) is < 1 or > MaxRows) throw new ImportException($"--rows must be 1 to {MaxRows}.");
            new HeadJob { Catalog = choice.Catalog(parsed), Choice = choice.Choice(parsed), Rows = parsed.GetValue(rows), Csv = parsed.GetValue(csv) }.Run(console);
            return DataToolsCli.Done;
        }));
        return command;
    }
}
