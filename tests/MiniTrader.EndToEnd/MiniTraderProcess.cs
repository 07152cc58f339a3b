using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace MiniTrader.EndToEnd;

/// <summary>What a finished process left: its exit code and its two streams.</summary>
internal sealed record Finished(int ExitCode, string Output, string Error)
{
    public string LastLine => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).LastOrDefault() ?? "";

    public JsonElement Json => JsonDocument.Parse(LastLine).RootElement;
}

/// <summary>Starts <c>minitrader</c>, which is built beside these tests, in a folder of its own.</summary>
internal static class MiniTraderProcess
{
    private static readonly TimeSpan _limit = TimeSpan.FromMinutes(3);

    public static string Program { get; } = Path.Combine(AppContext.BaseDirectory, "minitrader.dll");

    public static Finished Run(string folder, params string[] arguments) => Finish(Start(folder, [Program, .. arguments]));

    /// <summary>Runs the dotnet command itself.</summary>
    public static Finished Dotnet(string folder, params string[] arguments) => Finish(Start(folder, arguments));

    public static Process Start(string folder, string[] arguments)
    {
        ProcessStartInfo start = new("dotnet", arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };

        // The test runner's own settings are no part of what a user has set.
        foreach (string name in start.Environment.Keys.Where(k => k.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase) || k.StartsWith("TESTINGPLATFORM", StringComparison.OrdinalIgnoreCase)).ToList())
            start.Environment.Remove(name);
        return Process.Start(start)!;
    }

    public static Finished Finish(Process process)
    {
        using (process)
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync();
            Task<string> error = process.StandardError.ReadToEndAsync();
            if (!process.WaitForExit(_limit))
            {
                process.Kill(entireProcessTree: true);
                throw new TimeoutException($"The process did not end within {_limit}.");
            }

            return new(process.ExitCode, output.Result, error.Result);
        }
    }
}
