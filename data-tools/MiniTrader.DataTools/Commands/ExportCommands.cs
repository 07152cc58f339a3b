using System.CommandLine;

namespace MiniTrader.DataTools;

/// <summary><c>export csv|parquet</c>: one file for each series.</summary>
internal static class ExportCommands
{
    public static Command Create(ToolConsole console)
    {
        Command command = new("export", "Writes series as tables; quotes, trades and bars import back to the same rows")
        {
            Format(console, ExportFormat.Csv, "Comma-separated text"),
            Format(console, ExportFormat.Parquet, "Parquet: times as nanoseconds since 1970, prices and sizes as decimals"),
        };
        HelpExamples.Add(command, "export csv --catalog ./catalog --out ./tables", "export parquet --catalog ./catalog --out ./tables");
        return command;
    }

    private static Command Format(ToolConsole console, ExportFormat format, string description)
    {
        Command command = new(format.ToString().ToLowerInvariant(), description);
        ChoiceSettings choice = new(command);
        Option<string> target = new("--out") { Description = "The folder for the files", Required = true };
        Option<bool> unix = new("--unix-time") { Description = "Times as nanoseconds since 1970 instead of ISO 8601" };
        Option<bool> overwrite = new("--overwrite") { Description = "Replace files that are already there" };
        command.Add(target);
        if (format == ExportFormat.Csv) command.Add(unix);
        command.Add(overwrite);
        HelpExamples.Add(
            command,
            $"export {command.Name} --catalog ./catalog --out ./tables",
            $"export {command.Name} --catalog ./catalog --instruments IBM --kinds trades --from 2013-10-07 --to 2013-10-08 --out ./tables");
        command.SetAction(parsed => DataToolsCli.Guard(console, () =>
        {
            new ExportJob
            {
                Catalog = choice.Catalog(parsed),
                Choice = choice.Choice(parsed),
                Folder = parsed.GetRequiredValue(target),
                Format = format,
                UnixTime = parsed.GetValue(unix),
                Overwrite = parsed.GetValue(overwrite),
            }.Run(console);
            return DataToolsCli.Done;
        }));
        return command;
    }
}
