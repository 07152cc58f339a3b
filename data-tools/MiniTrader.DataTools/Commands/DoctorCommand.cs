using System.CommandLine;

namespace MiniTrader.DataTools;

/// <summary><c>doctor</c>: exit code 1 when it finds errors.</summary>
internal static class DoctorCommand
{
    public static Command Create(ToolConsole console)
    {
        Command command = new("doctor", "Checks files and rows: damage, disorder, crossed quotes, duplicates, gaps, outliers, zero sizes, session breaks");
        ChoiceSettings choice = new(command, hasRange: false);
        Option<double> gap = new("--gap-minutes") { Description = "Silence inside a session that counts as a gap; for bars at least 5 intervals", DefaultValueFactory = _ => 15 };
        Option<double> pause = new("--break-minutes") { Description = "Silence that is taken for the end of a session", DefaultValueFactory = _ => 180 };
        Option<double> outlier = new("--outlier") { Description = "Relative move between two rows that counts as an outlier", DefaultValueFactory = _ => 0.1 };
        Option<int> examples = new("--examples") { Description = "Findings of each check that are shown with file, batch, row and time", DefaultValueFactory = _ => 3 };
        Option<bool> json = new("--json") { Description = "One JSON document" };
        command.Add(gap);
        command.Add(pause);
        command.Add(outlier);
        command.Add(examples);
        command.Add(json);
        HelpExamples.Add(command, "doctor --catalog ./catalog", "doctor --catalog ./catalog --kinds quotes --gap-minutes 5 --examples 10");
        command.SetAction(parsed => DataToolsCli.Guard(console, () =>
        {
            DoctorJob job = new()
            {
                Catalog = choice.Catalog(parsed),
                Choice = choice.Choice(parsed),
                Limits = new DoctorLimits
                {
                    GapMinutes = parsed.GetValue(gap),
                    BreakMinutes = parsed.GetValue(pause),
                    Outlier = parsed.GetValue(outlier),
                    Examples = parsed.GetValue(examples),
                }.Validated(),
                Json = parsed.GetValue(json),
            };
            return job.Run(console) ? DataToolsCli.Done : DataToolsCli.FoundErrors;
        }));
        return command;
    }
}
