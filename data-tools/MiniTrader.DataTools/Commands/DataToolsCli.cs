using System.CommandLine;
using MiniTrader.TickStore;

namespace MiniTrader.DataTools;

/// <summary>
/// The command line of <c>minitrader-data</c>: reads options, makes a job, runs it. Exit codes: 0 done, 1 the doctor found
/// errors, 2 bad usage or bad input, 130 stopped by a signal.
/// </summary>
public static class DataToolsCli
{
    public const int Done = 0;
    public const int FoundErrors = 1;
    public const int BadInput = 2;
    public const int Stopped = 130;

    public static int Run(IReadOnlyList<string> args) => Run(args, ToolConsole.System(default));

    public static int Run(IReadOnlyList<string> args, ToolConsole console)
    {
        ArgumentNullException.ThrowIfNull(console);
        RootCommand root = new("Brings market data into MiniTrader's catalogs, makes it up, checks it and takes it out again.")
        {
            ImportCommands.Create(console),
            GenerateCommand.Create(console),
            InspectCommands.Info(console),
            InspectCommands.Head(console),
            DoctorCommand.Create(console),
            ExportCommands.Create(console),
        };
        ParseResult parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (System.CommandLine.Parsing.ParseError error in parsed.Errors) console.Errors.WriteLine(error.Message);
            console.Errors.WriteLine("minitrader-data --help lists the commands; COMMAND --help lists the options of one.");
            return BadInput;
        }

        return parsed.Invoke(new() { Output = console.Output, Error = console.Errors, EnableDefaultExceptionHandler = false });
    }

    /// <summary>Runs a job; what is wrong with the input is one sentence on the error stream and exit code 2.</summary>
    internal static int Guard(ToolConsole console, Func<int> job)
    {
        try
        {
            return job();
        }
        catch (Exception e) when (e is ImportException or TickDataException or TickFileException or FormatException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            console.Errors.WriteLine(e.Message);
            return BadInput;
        }
        catch (OperationCanceledException)
        {
            console.Errors.WriteLine("Stopped by a signal. What was not finished is removed.");
            return Stopped;
        }
    }
}
