using System.CommandLine;
using MiniTrader.TickStore;

namespace MiniTrader.DataTools;

/// <summary>
/// The command line of <c>minitrader-data</c>: reads options, makes a job, runs it. Exit codes: 0 done, 1 the doctor found
/// errors or a job failed, 2 bad usage or bad input, 130 stopped by a signal.
/// </summary>
public static class DataToolsCli
{
    public const int Done = 0;
    public const int FoundErrors = 1;

    /// <summary>Nothing that the input could be blamed for.</summary>
    public const int Failed = 1;

    public const int BadInput = 2;
    public const int Stopped = 130;

    public static int Run(IReadOnlyList<string> args) => Run(args, ToolConsole.System(default));

    public static int Run(IReadOnlyList<string> args, ToolConsole console)
    {
        ArgumentNullException.ThrowIfNull(console);
        ParseResult parsed = Create(console).Parse(args.Count > 0 ? args : ["--help"]);
        string[] faults = [.. OptionText.Faults(parsed)];
        if (faults.Length > 0)
        {
            foreach (string fault in faults) console.Errors.WriteLine(fault);
            console.Errors.WriteLine("minitrader-data --help lists the commands; COMMAND --help lists the options of one.");
            return BadInput;
        }

        int code = parsed.Invoke(new() { Output = console.Output, Error = console.Errors, EnableDefaultExceptionHandler = false });
        return args.Count > 0 ? code : BadInput;
    }

    internal static RootCommand Create(ToolConsole console)
    {
        RootCommand root = new("Brings market data into MiniTrader's catalogs, makes it up, checks it and takes it out again.")
        {
            ImportCommands.Create(console),
            GenerateCommand.Create(console),
            InspectCommands.Info(console),
            InspectCommands.Head(console),
            DoctorCommand.Create(console),
            ExportCommands.Create(console),
        };
        HelpExamples.Add(
            root,
            "generate --catalog ./catalog --rows 1M",
            "import lean ./data/equity/usa/tick/ibm --catalog ./catalog",
            "info --catalog ./catalog",
            "doctor --catalog ./catalog",
            "export csv --catalog ./catalog --out ./tables");
        return root;
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
            string text = e is ArgumentException { ParamName: { } name } ? e.Message.Replace($" (Parameter '{name}')", "", StringComparison.Ordinal) : e.Message;
            console.Errors.WriteLine(e is UnauthorizedAccessException ? $"{text} Give this user the right to it, or name another place." : text);
            return BadInput;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Exception cause = e is AggregateException { InnerException: { } inner } ? inner : e;
            console.Errors.WriteLine($"The job failed ({cause.GetType().Name}): {cause.Message}");
            return Failed;
        }
        catch (OperationCanceledException)
        {
            console.Errors.WriteLine("Stopped by a signal. What was not finished is removed.");
            return Stopped;
        }
    }
}
