using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;

namespace MiniTrader.LoadTests;

/// <summary><c>start</c>: from the start of a <c>minitrader backtest</c> process to its first event, and to its end.</summary>
internal static class StartVerb
{
    private static readonly Option<string> _program = new("--program")
    {
        Description = "The minitrader program: the published executable, or minitrader.dll.",
        Required = true,
    };

    private static readonly Option<int> _runs = new("--runs") { Description = "Runs of which the median counts, after one that does not.", DefaultValueFactory = _ => 9 };

    public static Command Create()
    {
        Command command = new("start", "From process start to the first event of a backtest.") { _program, _runs };
        command.SetAction(parsed =>
        {
            Measure(parsed.GetValue(_program)!, parsed.GetValue(_runs)).Print(Console.Out, parsed.GetValue(ReportOptions.Json));
            return 0;
        });
        return command;
    }

    private static LoadTestReport Measure(string program, int runs)
    {
        List<double> first = [], whole = [];
        for (int run = 0; run <= runs; run++)
        {
            (double firstMilliseconds, double wholeMilliseconds) = RunOnce(program);
            if (run == 0) continue;
            first.Add(firstMilliseconds);
            whole.Add(wholeMilliseconds);
        }

        Console.WriteLine($"{"milliseconds",-24} {"median",9} {"least",9} {"most",9}");
        PrintLine("to the first event", first);
        PrintLine("to the end", whole);
        return new LoadTestReport
        {
            Test = "start",
            About = $"minitrader backtest of 10,000 generated events, {runs} runs on a warm machine.",
            MillisecondsToFirstEvent = Rate.Of("", first).Median,
        };
    }

    private static void PrintLine(string name, List<double> values)
    {
        Rate rate = Rate.Of(name, values);
        Console.WriteLine($"{name,-24} {rate.Median,9:F0} {rate.Slowest,9:F0} {rate.Fastest,9:F0}");
    }

    private static (double First, double Whole) RunOnce(string program)
    {
        string folder = Path.Combine(Path.GetTempPath(), $"minitrader-start-{Guid.NewGuid():N}");
        string[] arguments = ["backtest", "--strategy", "EmaCross", "--data", "generated:rows=10000,instruments=1", "--json", "--out", folder];
        ProcessStartInfo start = program.EndsWith(".dll", StringComparison.OrdinalIgnoreCase)
            ? new("dotnet", [program, .. arguments])
            : new(program, arguments);
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        long begin = Stopwatch.GetTimestamp();
        try
        {
            using Process process = Process.Start(start)!;
            Task<string> notes = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            double whole = Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
            if (process.ExitCode != 0) throw new InvalidOperationException($"{program} ended with {process.ExitCode}: {output}{notes.Result}");
            string last = output.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1];
            using JsonDocument json = JsonDocument.Parse(last);
            return (json.RootElement.GetProperty("millisecondsToFirstEvent").GetDouble(), whole);
        }
        finally
        {
            if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        }
    }
}
